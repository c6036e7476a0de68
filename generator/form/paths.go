package form

import (
	"slices"
	"strconv"
	"strings"

	"annals/generator/lang"
)

// Below returns the rows at and below a path, in the form's order.
func (f *Form) Below(path string) []*Row {
	var rows []*Row
	for _, row := range f.Rows {
		if row.Path == path || strings.HasPrefix(row.Path, path+".") {
			rows = append(rows, row)
		}
	}
	return rows
}

// Table returns the table with the id, or nil.
func (f *Form) Table(id string) *Table {
	i := slices.IndexFunc(f.Tables, func(t *Table) bool { return t.ID == id })
	if i < 0 {
		return nil
	}
	return f.Tables[i]
}

// Part returns the part of a report with the id, or nil.
func (f *Form) Part(id string) *Section {
	for _, s := range append(f.Sections[:len(f.Sections):len(f.Sections)], f.Preface) {
		if s != nil && s.ID == id {
			return s
		}
	}
	return nil
}

// Optional reports whether a report may leave out what stands at the path.
func (f *Form) Optional(path string) bool {
	t := f.Table(path)
	return t != nil && t.Optional
}

// Label returns the official words for a table, a group or a row.
func (f *Form) Label(path string) lang.Text {
	if row, ok := f.Row(path); ok {
		return row.Full
	}
	for _, t := range f.Tables {
		if t.ID == path {
			return t.Label
		}
		if label, ok := groupLabel(t.ID, t.Body, path); ok {
			return label
		}
	}
	return lang.Same(path)
}

// Whole returns the official words for cells that are one column of all rows of a
// group: （三）不予公开·总计.
func (f *Form) Whole(cells []int) (label lang.Text, ok bool) {
	if len(cells) < 2 {
		return label, false
	}
	first := &f.Cells[cells[0]]
	group := first.Row.Path[:max(0, strings.LastIndexByte(first.Row.Path, '.'))]
	rows := f.Below(group)
	if len(rows) != len(cells) {
		return label, false
	}
	for i, row := range rows {
		c := &f.Cells[cells[i]]
		if c.Row != row || c.Column != first.Column {
			return label, false
		}
	}
	if label = f.Label(group); len(first.Row.Columns) > 1 {
		label = chain(label, first.Column.Label)
	}
	return label, true
}

func groupLabel(prefix string, groups []*Group, path string) (lang.Text, bool) {
	for _, g := range groups {
		here := prefix
		if g.ID != "" {
			here += "." + g.ID
		}
		if g.ID != "" && here == path {
			return g.Label, true
		}
		if label, ok := groupLabel(here, g.Under, path); ok {
			return label, true
		}
	}
	return lang.Text{}, false
}

// Years writes the years that the form covers: 2021–, 2019–2020.
func (f *Form) Years() string {
	year := func(y int) string {
		if y == 0 {
			return ""
		}
		return strconv.Itoa(y)
	}
	if f.From == f.To {
		return year(f.From)
	}
	return year(f.From) + "–" + year(f.To)
}
