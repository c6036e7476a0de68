package form

import (
	"crypto/sha256"

	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/locale"
	"annals/generator/source"
)

// Form is one edition of the report's format.
type Form struct {
	ID       string
	Sum      [sha256.Size]byte // of the file it was read from
	Title    lang.Text
	Official lang.Text      // the document that prescribes it, as cited
	Language *locale.Locale // of the reports' prose and of the labels that documents print
	From, To int            // first and last report year; 0 is open
	// Free means that the form prescribes neither headings nor tables: prose
	// and tables of any shape, as before there was a unified format.
	Free bool
	// Parent is the form that this one is a variant of, or nil: see variant.go.
	Parent *Form
	// ReportTitle is the title of a report whose file gives none; {agency} and
	// {year} in it stand for the agency's name and the report's year.
	ReportTitle lang.Text

	// Preface is what may stand before the first of the Sections, without a
	// heading; it is nil where the form is Free.
	Preface   *Section
	Sections  []*Section
	Tables    []*Table
	Rows      []*Row // of all tables, in order
	Cells     []Cell // of all rows, in order
	Relations []*Relation
	Figures   []int // cells that summaries show, most important first
	Ratios    []*Ratio
	Charts    []*Chart
	Review    *Review   // nil: the rules that need it say nothing
	Mentions  *Mentions // nil where the form says nothing of its prose

	parts     [][]int                // of a variant, by cell: the parent's cells whose sum it is
	partOf    []int                  // of a variant, by cell of the parent: the cell that holds it, or -1
	shared    []int                  // the same, but -1 where that holds others too
	continues map[string]Concordance // by the id of an earlier form
	rows      map[string]*Row        // by path
	cells     map[string]int         // by id
	levels    map[string]*level      // by path of a table or group, and "" for the tables
	headings  map[string]heading     // sections by their words, as written and normalised
}

// Covers reports whether the form is meant for reports of the year.
func (f *Form) Covers(year int) bool {
	return (f.From == 0 || year >= f.From) && (f.To == 0 || year <= f.To)
}

// PrefaceID is the id of every form's preface, which no section may have.
const PrefaceID = "preface"

// Section is one numbered part of the report.
type Section struct {
	ID       string
	Number   string // as printed: 一
	Label    lang.Text
	Heading  lang.Text // number and label: 一、总体情况; 1. Overview
	Aliases  []string
	Table    *Table // nil for a section of prose
	Optional bool
}

// Layout is the way in which a table is printed.
type Layout uint8

const (
	// Grid is an ordinary table: rows below a head of columns.
	Grid Layout = iota
	// Blocks is a stack of small tables of one width, each with a title and
	// a head of its own.
	Blocks
	// Across prints the rows side by side as groups of columns, with a single
	// line of values.
	Across
)

// Table is one official table.
type Table struct {
	ID       string
	Label    lang.Text // caption: its own, or its section's label
	Corner   lang.Text // text of the top left cell, or the row-heading column's head
	Layout   Layout
	Head     []*Heading // the columns as a tree, for Grid and Across
	Blocks   []*Block   // for Blocks
	Body     []*Group   // the rows as a tree
	Rows     []*Row     // the rows of values, in order
	Optional bool       // a report may leave the whole table out
}

// Heading is a column, or a group of columns under one heading.
type Heading struct {
	Label  lang.Text
	Column *Column    // nil for a group
	Under  []*Heading // nil for a column
}

// Group is a row, or a group of rows under one heading. A group with an ID is
// a key in the report's front matter; a group without one is only printed.
type Group struct {
	ID      string
	Label   lang.Text
	Aliases []string
	Row     *Row // nil for a group
	Under   []*Group
}

// Block is one stretch of a Blocks table.
type Block struct {
	Title   lang.Text
	Corner  lang.Text // head of the label column: 信息内容
	Columns []*Column
	Rows    []*Row
}

// Type is the kind of number a column takes.
type Type uint8

const (
	Count  Type = iota // a whole number from 0 to 999,999,999,999,999
	Amount             // a decimal from 0, with up to 6 decimals, exact
	Change             // a whole number that may be negative
)

var typeNames = [...]string{"count", "amount", "change"}

// Name is the word for the type in files.
func (t Type) Name() string { return typeNames[t] }

// Scale is what the stored value of an Amount is multiplied by: 6 decimals.
const Scale = 1_000_000

// Holds reports whether a document can state the value.
func (t Type) Holds(n int64) bool {
	most := int64(1e15 - 1)
	if t == Amount {
		most = 1e18 - 1
	}
	return n <= most && (n >= 0 || t == Change && n >= -most)
}

// Column is one column of a table or block.
type Column struct {
	ID      string
	Label   lang.Text
	Aliases []string
	Type    Type
	Unit    lang.Text // 件, 万元; "" where the form gives none
}

// Row is one row of values.
type Row struct {
	Path    string // table id, group ids and row id: requests.results.granted
	Table   *Table
	Label   lang.Text
	Full    lang.Text // the label with the labels of its groups
	Aliases []string
	Columns []*Column
	Ordinal int // index in Form.Rows
	First   int // number of its first cell
}

// Cell is one number of the form.
type Cell struct {
	// ID is the row's path and the column's id (requests.new.total), or the
	// row's path alone where the row has a single column (proactive.permits).
	ID       string
	Row      *Row
	Column   *Column
	Additive bool // a government's figure includes those of its children
	// Label names the cell in full: the row's full label and, where the row has
	// several columns, the column's. Short is for lists of figures: without
	// groups and numbering, and a total by what it sums up.
	Label, Short lang.Text
	Total        bool // of its row: what a relation along rows computes from the others
}

// Scope says which reports a relation uses.
type Scope uint8

const (
	InReport   Scope = iota // one report
	InYears                 // a report and the one of the year before
	InAgencies              // a report and those of the agency's children
)

// From says which report a term's cell is taken from.
type From uint8

const (
	This     From = iota
	Previous      // the same agency's report of the year before
	Children      // the sum over the agency's children, same year
)

// Relation is a rule that a form states as an equation.
type Relation struct {
	ID       string
	Severity diag.Severity
	About    diag.About
	diag.Commencement
	Limits  diag.Limits
	Scope   Scope
	Label   lang.Text
	Formula lang.Text // in official words: 一 + 二 = 三（七） + 四
	Explain lang.Text
	Basis   lang.Text // legal basis
	// Message is the text of the diagnostic if the relation fails. Placeholders:
	// {left} {right} the two sides' numbers, {where} the failing rows or columns,
	// {row} the row's label, {year} the report's year, {previous} the year before.
	Message   lang.Text
	Equations []Equation
	// ByRow means that there is one equation for each row, whose operands are
	// columns. Otherwise there is one for each column, and all failing columns
	// are reported in one diagnostic.
	ByRow    bool
	restated bool         // by a variant itself
	Place    source.Place // in the form's file
}

// Equation is a relation for one row, column or cell.
type Equation struct {
	Left, Right []Term
	AtLeast     bool      // Left ≥ Right; otherwise Left = Right
	WhenFull    bool      // can be judged only if every child of the agency has reported
	Derived     int       // the cell that is computed from the others, or -1
	At          int       // the cell at which a failure is reported
	Along       lang.Text // the label of the row, column or cell that it is for
}

// Term is a cell with a sign.
type Term struct {
	Cell  int
	Minus bool
	From  From
}

// Ratio is a figure computed from cells: the sum of Over divided by the sum of Under.
type Ratio struct {
	ID          string
	Label       lang.Text
	Formula     lang.Text
	Over, Under []int
	Few         int // a ratio with fewer cases than this below the line is marked
}

// Chart is a picture of a report: named parts, each the sum of some cells.
type Chart struct {
	ID    string
	Label lang.Text
	Parts []Part
}

// Part is one bar of a Chart.
type Part struct {
	Label lang.Text
	Cells []int
}

// Cell returns the number of the cell with the id; "row.column" is accepted
// for rows with a single column too.
func (f *Form) Cell(id string) (int, bool) {
	n, ok := f.cells[id]
	return n, ok
}

// Row returns the row with the path.
func (f *Form) Row(path string) (*Row, bool) {
	r, ok := f.rows[path]
	return r, ok
}

// Concordance says, by cell of a form, which cells of an earlier form it
// continues: one that means the same, or several whose sum it is, as where a
// variant has one row for several. It is empty where the series breaks.
type Concordance [][]int

// Continues maps the cells of f to those of an earlier form. It returns nil
// where no cell continues, and the identity if earlier is f.
func (f *Form) Continues(earlier *Form) Concordance {
	return f.continues[earlier.ID]
}
