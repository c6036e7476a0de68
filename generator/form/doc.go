// Package form reads the official formats of the yearly report. A form is
// data: one YAML file gives its years, sections, tables, labels, relations
// and figures, and this package turns it into the shape that reading,
// checking, rendering and importing work on. No other package knows the name
// of a table, a row or a column.
//
// Everything about a form that is looked up per report is an index. The cells
// of a form are numbered once, in the order in which the form prints them, and
// a report is then a plain slice of facts by that number; an equation is a
// list of signed cell numbers. The words around them are found from the number.
//
// # A form file
//
// A label is {zh: …, en: …}; a text alone is in the form's language. An id is made
// of small letters, digits and underscores; that of a form, a relation, a
// ratio or a chart has hyphens instead. The keys are
//
//	id         cn-2021: what a report's form key names
//	title      the name of the form
//	official   the document that prescribes it, as cited
//	language   zh or en: of the reports' prose, and of labels given in one
//	             language; that of the title unless given
//	report_title  what a report is called that gives no title of its own:
//	             {agency} and {year} stand for the name and the year
//	years      2021-, 2019-2020, -2018 or 2020: the report years
//	free       true: neither headings nor tables are prescribed
//	sections   the parts of a report in their order:
//	             id, number (一), label, aliases, table (an id), optional
//	tables     id, label (that of its section unless given), layout, corner,
//	           optional, additive, and columns and rows, or blocks
//	relations  the equations; see below
//	figures    cells for summaries, the most important first
//	ratios     id, label, formula, over and under (cells), few (a number)
//	charts     id, label, parts: [{label, cells}]
//	mentions   how prose speaks of the cells; docs/forms.md has its keys
//	continues  by earlier form: same: [rows, cells or group.*],
//	           renamed: {what it is here: what it was there}
//
// The layout is grid, an ordinary table; across, the rows side by side over a
// single line of values; or blocks, a stack of small tables, each with title,
// corner, columns and rows of its own.
//
// Columns are a tree: a group has a label and columns, a column has id, label,
// aliases, type (count, amount, change) and unit. Rows are a tree too: a row
// has id, label and aliases, a group has rows besides. A group with an id is a
// key of a report's front matter; one without is only printed. A label or an
// alias may stand for the id there, in any spelling that Normalise makes equal.
//
// # Variants
//
// A form with variant_of is a variant of the form that it names: for documents
// that mix editions. Its other keys are id, title, official, years, tables,
// relations and continues, and what it does not say is its parent's. It lists
// the tables that differ, and restates the relations whose cells it lacks. Rows
// and columns of a parent's id need no label; a group that is only named is the
// parent's with all its rows. merges, of a row or a column, lists those of the
// parent whose sum it is.
//
// # Cells
//
// additive says that a government's figures include those of the agencies
// below it; a column can say otherwise than its table.
//
// A cell is named by its row's path and its column, requests.new.total, or by
// the path alone where the row has one column. In ratios, charts and figures
// group.*.column is that column in every row below the group.
//
// # Relations
//
// A relation has id, label, formula, explain, basis, message, severity (error
// unless given), about (arithmetic unless given), what limits it (assumes, silent,
// false_alarms), from when on it is in force (since, effective, added; always,
// unless given: diag.Commencement) and an equation:
//
//	each: column   operands are rows of the table; one equation a column
//	  new + carried_in = results.total + carried_out
//	  results.total = results.granted + results.refused.*
//	each: row      operands are columns; one equation a row, or, with
//	               rows: […], for each of these
//	  in_force = previous.in_force + issued - repealed
//	each: cell     one equation a cell, of the table or of the form
//	  cell >= children.cell
//
// x.* is every row below the group x; previous. is last year's report and
// children. the sum over the agencies below. when_full is a second equation,
// which holds only where all agencies below have reported. derives names the
// left side where it is computed from the right one, as a total is; at names
// the row or column at which a failure is reported, the left side's first
// unless given. The message may use {left} {right} {where} {row} {year} {previous}.
package form
