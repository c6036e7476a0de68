package site

import (
	"strconv"
	"strings"

	"annals/generator/form"
	"annals/generator/lang"
)

// Table is an official table as it is printed: heads with their spans, and
// cells with the heads they stand under. It is the same for every report of
// the form; the values are put in afterwards.
type Table struct {
	ID      string // the table's id in the form
	Caption string
	Layout  string // grid, blocks, across
	Labels  int    // columns that hold row labels
	Width   int    // columns in all
	Columns int    // columns of values: Width without Labels
	Note    string // what the top left corner says about the table
	Head    [][]Head
	Bodies  []Body
	Compare []Compared
}

// Head is a heading of columns or rows.
type Head struct {
	ID               string
	Text             string
	Scope            string // col, colgroup, row, rowgroup
	Colspan, Rowspan int    // 1 where it does not span
	Corner           bool   // the top left cell: text about the table, heading of nothing
}

// Body is a stretch of rows, in a blocks table with heads of its own.
type Body struct {
	Head [][]Head
	Rows []Row
}

// Row is a printed row.
type Row struct {
	ID    string // the row's path, where no cell has it as its id
	Heads []Head
	Cells []Slot
}

// Slot is a place for a value.
type Slot struct {
	ID      string // cell id: requests.new.total
	Headers string // ids of its heads
	Colspan int
	Number  int    // cell number in the form
	Value   string // filled when the table's layout is compiled
}

// Compared is a line of the comparison with the year before.
type Compared struct {
	Label     string
	Unit      string
	Cell      int
	ID        string
	This      string // filled when the layout is compiled
	Last      string
	Change    string
	Equations string
}

// headPrefix begins the ids of a table's heads. Every cell names four to six
// of them, so that a letter fewer is a kilobyte of a page; no id of a form has
// a capital.
func headPrefix(table int) string {
	if table < 26 {
		return string(rune('A' + table))
	}
	return "T" + strconv.Itoa(table) + "-"
}

// NewTables lays out the tables of a form.
func NewTables(f *form.Form, tag lang.Tag) []*Table {
	list := make([]*Table, len(f.Tables))
	for i, t := range f.Tables {
		b := &tabler{tag: tag, prefix: headPrefix(i), table: &Table{ID: t.ID, Caption: t.Label.In(tag)}}
		switch t.Layout {
		case form.Grid:
			b.grid(t)
		case form.Blocks:
			b.blocks(t)
		case form.Across:
			b.across(t)
		}
		b.table.Columns = b.table.Width - b.table.Labels
		for _, r := range t.Rows {
			b.compare(f, r)
		}
		list[i] = b.table
	}
	return list
}

type tabler struct {
	tag    lang.Tag
	prefix string
	table  *Table
	heads  int
}

func (b *tabler) id() string {
	b.heads++
	return b.prefix + strconv.Itoa(b.heads)
}

// compare lists what the comparison shows of a row: its total, or all its
// columns where it has none.
func (b *tabler) compare(f *form.Form, r *form.Row) {
	var cells []int
	for i := range r.Columns {
		if f.Cells[r.First+i].Total {
			cells = append(cells, r.First+i)
		}
	}
	if cells == nil {
		for i := range r.Columns {
			cells = append(cells, r.First+i)
		}
	}
	for _, c := range cells {
		label := r.Full.In(b.tag)
		if len(cells) > 1 {
			label = f.Cells[c].Label.In(b.tag)
		}
		b.table.Compare = append(b.table.Compare, Compared{Label: label, Unit: f.Cells[c].Column.Unit.In(b.tag), Cell: c, ID: f.Cells[c].ID})
	}
}

func (b *tabler) grid(t *form.Table) {
	depth, levels := max(1, groupDepth(t.Body)), max(1, headDepth(t.Head))
	b.table.Layout, b.table.Labels, b.table.Note = "grid", depth, t.Corner.In(b.tag)
	b.table.Head = make([][]Head, levels)
	b.table.Head[0] = append(b.table.Head[0], Head{Text: b.table.Note, Colspan: depth, Rowspan: levels, Corner: true})
	var columns []string // of each column, the ids of its heads
	for _, h := range t.Head {
		columns = append(columns, b.columns(h, 0, levels, "")...)
	}
	b.table.Width = depth + len(columns)
	body := Body{}
	for _, g := range t.Body {
		b.rows(&body, g, 0, depth, nil, "", columns)
	}
	b.table.Bodies = []Body{body}
}

// columns lays out a heading and those under it, and returns for each column
// the ids of the headings above it.
func (b *tabler) columns(h *form.Heading, level, levels int, above string) []string {
	id := b.id()
	ids := strings.TrimSpace(above + " " + id)
	if h.Column != nil {
		b.table.Head[level] = append(b.table.Head[level], Head{ID: id, Text: h.Label.In(b.tag), Scope: "col", Colspan: 1, Rowspan: levels - level})
		return []string{ids}
	}
	at := len(b.table.Head[level])
	b.table.Head[level] = append(b.table.Head[level], Head{})
	var list []string
	for _, u := range h.Under {
		list = append(list, b.columns(u, level+1, levels, ids)...)
	}
	b.table.Head[level][at] = Head{ID: id, Text: h.Label.In(b.tag), Scope: "colgroup", Colspan: len(list), Rowspan: 1}
	return list
}

// rows lays out a group of rows. A group's heading is printed in the first row
// of the group, so the headings that are not printed yet are passed down.
func (b *tabler) rows(body *Body, g *form.Group, level, depth int, waiting []Head, above string, columns []string) []Head {
	id := b.id()
	ids := strings.TrimSpace(above + " " + id)
	if g.Row == nil {
		waiting = append(waiting, Head{ID: id, Text: g.Label.In(b.tag), Scope: "rowgroup", Colspan: 1, Rowspan: leaves(g)})
		for _, u := range g.Under {
			waiting = b.rows(body, u, level+1, depth, waiting, ids, columns)
		}
		return waiting
	}
	row := Row{ID: rowID(g.Row), Heads: append(waiting, Head{ID: id, Text: g.Label.In(b.tag), Scope: "row", Colspan: depth - level, Rowspan: 1})}
	for i := range g.Row.Columns {
		row.Cells = append(row.Cells, Slot{ID: cellID(g.Row, i), Headers: ids + " " + columns[i], Colspan: 1, Number: g.Row.First + i})
	}
	body.Rows = append(body.Rows, row)
	return nil
}

func (b *tabler) blocks(t *form.Table) {
	widest := 1
	for _, x := range t.Blocks {
		widest = max(widest, len(x.Columns))
	}
	b.table.Layout, b.table.Labels, b.table.Width = "blocks", 1, widest+1
	for _, x := range t.Blocks {
		title, corner := b.id(), b.id()
		heads := []Head{{ID: corner, Text: x.Corner.In(b.tag), Scope: "col", Colspan: 1, Rowspan: 1}}
		ids := make([]string, len(x.Columns))
		for i, c := range x.Columns {
			ids[i] = b.id()
			heads = append(heads, Head{ID: ids[i], Text: c.Label.In(b.tag), Scope: "col", Colspan: last(i, len(ids), widest), Rowspan: 1})
		}
		body := Body{Head: [][]Head{{{ID: title, Text: x.Title.In(b.tag), Scope: "rowgroup", Colspan: widest + 1, Rowspan: 1}}, heads}}
		for _, r := range x.Rows {
			id := b.id()
			row := Row{ID: rowID(r), Heads: []Head{{ID: id, Text: r.Label.In(b.tag), Scope: "row", Colspan: 1, Rowspan: 1}}}
			for i := range r.Columns {
				row.Cells = append(row.Cells, Slot{ID: cellID(r, i), Headers: title + " " + id + " " + ids[i],
					Colspan: last(i, len(ids), widest), Number: r.First + i})
			}
			body.Rows = append(body.Rows, row)
		}
		b.table.Bodies = append(b.table.Bodies, body)
	}
}

// last returns the colspan of column i: the last column of a block that is
// narrower than the widest spans the rest of the width.
func last(i, columns, widest int) int {
	if i == columns-1 {
		return widest - columns + 1
	}
	return 1
}
