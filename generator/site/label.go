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
// the row has several and the cell is not their total. A row that sums up its
// group has the group's name.
func CellLabel(f *form.Form, cell int, total bool, tag lang.Tag) string {
	c := f.Cells[cell]
	label := Unnumbered(c.Row.Label.In(tag))
	if g := totalled(f, cell); g != nil {
		label = Unnumbered(g.Label.In(tag))
	}
	if len(c.Row.Columns) == 1 || total {
		return label
	}
	return label + " · " + c.Column.Label.In(tag)
}

// totalled returns the group of rows whose sum the cell's row is, by a
// relation that runs along columns, or nil.
func totalled(f *form.Form, cell int) *form.Group {
	for _, r := range f.Relations {
		if r.ByRow || r.Scope != form.InReport {
			continue
		}
		for _, e := range r.Equations {
			if e.Derived == cell {
				return groupOf(f.Cells[cell].Row.Table.Body, f.Cells[cell].Row)
			}
		}
	}
	return nil
}

func groupOf(list []*form.Group, row *form.Row) *form.Group {
	for _, g := range list {
		for _, u := range g.Under {
			if u.Row == row {
				return g
			}
		}
		if found := groupOf(g.Under, row); found != nil {
			return found
		}
	}
	return nil
}

// Unnumbered takes off an official label what serves the printed table only:
// the number at its start (一、, （七）, 3.) and a remark in brackets at its end.
func Unnumbered(label string) string {
	for _, open := range [...]string{"（", " ("} {
		if i := strings.LastIndex(label, open); i > 0 && (strings.HasSuffix(label, "）") || strings.HasSuffix(label, ")")) {
			label = strings.TrimSpace(label[:i])
		}
	}
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
