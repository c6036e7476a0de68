package site

import (
	"strings"

	"annals/generator/form"
	"annals/generator/lang"
)

// Derived tells for each cell of a form whether it is the total of its row:
// the cell that a relation which runs along rows computes from the others.
func Derived(f *form.Form) []bool {
	total := make([]bool, len(f.Cells))
	for _, r := range f.Relations {
		if !r.ByRow || r.Scope != form.InReport {
			continue
		}
		for _, e := range r.Equations {
			if e.Derived >= 0 {
				total[e.Derived] = true
			}
		}
	}
	return total
}

// CellLabel is the name of a cell in lists: its row's, and its column's where
// the row has several and the cell is not their total.
func CellLabel(f *form.Form, cell int, total bool, tag lang.Tag) string {
	c := f.Cells[cell]
	label := Unnumbered(c.Row.Label.In(tag))
	if len(c.Row.Columns) == 1 || total {
		return label
	}
	return label + " · " + c.Column.Label.In(tag)
}

// Unnumbered takes the number off the start of an official label: 一、,
// （七）, 3. and the like serve the printed table only.
func Unnumbered(label string) string {
	const digits = "一二三四五六七八九十0123456789"
	rest := strings.TrimPrefix(label, "（")
	body := strings.TrimLeft(rest, digits)
	if body == rest {
		return label
	}
	for _, mark := range [...]string{"、", "）", ".", "．"} {
		if after, ok := strings.CutPrefix(body, mark); ok && after != "" {
			return strings.TrimSpace(after)
		}
	}
	return label
}
