package site

import (
	"strings"

	"annals/generator/form"
)

// across prints the rows side by side: their labels become headings over
// groups of columns, and all values stand in one line.
func (b *tabler) across(t *form.Table) {
	levels := max(1, groupDepth(t.Body))
	columns := 0
	for _, r := range t.Rows {
		columns += len(r.Columns)
	}
	b.table.Layout, b.table.Width = "across", columns
	b.table.Head = make([][]Head, levels+1)
	row := Row{}
	for _, g := range t.Body {
		b.side(&row, g, 0, levels, "")
	}
	b.table.Bodies = []Body{{Rows: []Row{row}}}
}

func (b *tabler) side(row *Row, g *form.Group, level, levels int, above string) int {
	id := b.id()
	if g.Row != nil && rowID(g.Row) != "" {
		id = rowID(g.Row) // no <tr> has the row's id, so its heading does
	}
	ids := strings.TrimSpace(above + " " + id)
	at := len(b.table.Head[level])
	b.table.Head[level] = append(b.table.Head[level], Head{ID: id, Text: g.Label.In(b.tag), Scope: "colgroup", Rowspan: 1})
	head := func() *Head { return &b.table.Head[level][at] }
	if g.Row == nil {
		n := 0
		for _, u := range g.Under {
			n += b.side(row, u, level+1, levels, ids)
		}
		head().Colspan = n
		return n
	}
	head().Rowspan = levels - level
	for i, c := range g.Row.Columns {
		col := b.id()
		b.table.Head[levels] = append(b.table.Head[levels], Head{ID: col, Text: c.Label.In(b.tag), Scope: "col", Colspan: 1, Rowspan: 1})
		row.Cells = append(row.Cells, Slot{ID: cellID(g.Row, i), Headers: ids + " " + col, Colspan: 1, Number: g.Row.First + i})
	}
	head().Colspan = len(g.Row.Columns)
	return len(g.Row.Columns)
}

// groupDepth is how many levels groups have.
func groupDepth(list []*form.Group) int {
	deepest := 0
	for _, g := range list {
		deepest = max(deepest, groupDepth(g.Under)+1)
	}
	return deepest
}

func headDepth(list []*form.Heading) int {
	deepest := 0
	for _, h := range list {
		deepest = max(deepest, headDepth(h.Under)+1)
	}
	return deepest
}

func leaves(g *form.Group) int {
	if g.Row != nil {
		return 1
	}
	n := 0
	for _, u := range g.Under {
		n += leaves(u)
	}
	return n
}

// cellID is the id of a cell: the row's path, with the column's id where the
// row has several.
func cellID(r *form.Row, i int) string {
	if len(r.Columns) == 1 {
		return r.Path
	}
	return r.Path + "." + r.Columns[i].ID
}

// rowID is the id of a printed row; a row of one cell leaves it to the cell.
func rowID(r *form.Row) string {
	if len(r.Columns) == 1 {
		return ""
	}
	return r.Path
}
