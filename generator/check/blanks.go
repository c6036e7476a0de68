package check

import (
	"strings"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
)

// blanks warns of cells that were printed without a number, and names the
// relations that cannot be judged because of them. There is one warning for each
// row, or one for the table if more than maxNamed of its rows have such cells.
func blanks(s *sheet) []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, table := range s.f.Tables {
		var rows []*form.Row
		for _, row := range table.Rows {
			if len(s.blank(row)) > 0 {
				rows = append(rows, row)
			}
		}
		if len(rows) > maxNamed {
			found = append(found, s.blankTable(table, rows))
			continue
		}
		for _, row := range rows {
			found = append(found, s.blankRow(row))
		}
	}
	return found
}

// maxNamed is the largest number of rows that a message about a table names.
const maxNamed = 3

// blank returns the numbers of a row's cells that were printed without a number.
func (s *sheet) blank(row *form.Row) []int {
	var cells []int
	for i := range row.Columns {
		switch s.r.Facts[row.First+i].Status {
		case archive.Blank, archive.NotApplicable:
			cells = append(cells, row.First+i)
		}
	}
	return cells
}

func (s *sheet) blankRow(row *form.Row) diag.Diagnostic {
	cells := s.blank(row)
	columns := make([]lang.Text, len(cells))
	for i, c := range cells {
		columns[i] = s.f.Cells[c].Column.Label
	}
	args := []any{"n", len(cells), "columns", columns}
	key := "blank-cell"
	if rules := s.unassessed(cells); rules != "" {
		key, args = "blank-cell/unassessed", append(args, "rules", rules)
	}
	id := row.Path
	if len(cells) == 1 {
		id = s.f.Cells[cells[0]].ID
	}
	d := diag.New(key, s.r.Facts[cells[0]].Span.In(s.r.File), args...).OnCell(id)
	d.Related = s.blankCells(cells[1:])
	return d
}

func (s *sheet) blankTable(table *form.Table, rows []*form.Row) diag.Diagnostic {
	var cells []int
	labels := make([]lang.Text, len(rows))
	for i, row := range rows {
		cells = append(cells, s.blank(row)...)
		labels[i] = row.Label
	}
	args := []any{"table", table.Label, "n", len(cells), "rows", len(rows), "list", labels[:maxNamed]}
	key := "blank-cell/rows"
	if rules := s.unassessed(cells); rules != "" {
		key, args = "blank-cell/rows-unassessed", append(args, "rules", rules)
	}
	d := diag.New(key, s.r.Facts[cells[0]].Span.In(s.r.File), args...).OnCell(table.ID)
	d.Related = s.blankCells(cells[1:])
	return d
}

func (s *sheet) blankCells(cells []int) []diag.Related {
	var list []diag.Related
	for _, c := range cells {
		list = append(list, diag.Related{
			Place:   s.r.Facts[c].Span.In(s.r.File),
			Message: diag.Say("blank-cell/cell", "cell", s.f.Cells[c].Label, "text", s.r.Facts[c].Text),
		})
	}
	return list
}

// unassessed returns the ids of the relations, except those about agencies below,
// that have an equation with one of the cells.
func (s *sheet) unassessed(cells []int) string {
	in := map[int]bool{}
	for _, c := range cells {
		in[c] = true
	}
	var rules []string
	for _, rel := range s.f.Relations {
		if rel.Scope == form.InAgencies {
			continue
		}
		if touches(rel, in) {
			rules = append(rules, rel.ID)
		}
	}
	return strings.Join(rules, ", ")
}

func touches(rel *form.Relation, in map[int]bool) bool {
	for i := range rel.Equations {
		for _, t := range terms(&rel.Equations[i]) {
			if t.From == form.This && in[t.Cell] {
				return true
			}
		}
	}
	return false
}
