package form

import (
	"annals/generator/keys"
	"annals/generator/lang"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// tableReader reads one table. Rows are numbered as they are met, which is
// the order in which the form prints them.
type tableReader struct {
	*reader
	table    *Table
	additive bool
	exempt   map[*Column]bool // columns that say additive: false
}

func (r *reader) table(n *yamlpos.Node) {
	m := r.Fields(n)
	if m == nil {
		return
	}
	t := &tableReader{reader: r, table: &Table{}, exempt: map[*Column]bool{}}
	var usable bool
	if t.table.ID, usable = r.id(m, keyID, r.tables); !usable {
		defer r.aside()()
	}
	t.table.Label = r.label(m.Get("label"))
	t.table.Corner = r.label(m.Get("corner"))
	t.table.Layout = Layout(r.word(m.Get("layout"), "grid", "blocks", "across"))
	t.table.Optional = r.flag(m.Get("optional"), false)
	t.additive = r.flag(m.Get("additive"), false)

	if t.table.Layout == Blocks {
		if blocks := m.Need("blocks"); blocks != nil {
			t.blocks(blocks)
		}
	} else {
		columns, rows := m.Need("columns"), m.Need("rows")
		if columns != nil && rows != nil {
			var list []*Column
			t.table.Head = t.headings(columns, map[string]source.Span{}, &list)
			t.table.Body = t.groups(rows, list, trail{path: t.table.ID}, map[string]source.Span{})
		}
	}
	m.Close()
	r.form.Tables = append(r.form.Tables, t.table)
}

// aside makes the reader report mistakes without numbering rows, until the
// returned function is called. It is used for a table whose id is taken
// already.
func (r *reader) aside() (back func()) {
	form := r.form
	r.form = newForm()
	r.form.Language = form.Language
	return func() { r.form = form }
}

// blocks reads the blocks of a Blocks table. Their rows are keys of the same map, so
// that an id must be unique in the whole table.
func (t *tableReader) blocks(n *yamlpos.Node) {
	seen := map[string]source.Span{}
	for _, item := range t.list(n) {
		m := t.Fields(item)
		if m == nil {
			continue
		}
		b := &Block{Title: t.label(m.Get("title")), Corner: t.label(m.Get("corner"))}
		columns, rows := m.Need("columns"), m.Need("rows")
		if columns != nil && rows != nil {
			t.headings(columns, map[string]source.Span{}, &b.Columns)
			groups := t.groups(rows, b.Columns, trail{path: t.table.ID}, seen)
			for _, g := range groups {
				b.Rows = g.appendRows(b.Rows)
			}
			t.table.Body = append(t.table.Body, groups...)
		}
		m.Close()
		t.table.Blocks = append(t.table.Blocks, b)
	}
}

func (g *Group) appendRows(rows []*Row) []*Row {
	if g.Row != nil {
		return append(rows, g.Row)
	}
	for _, under := range g.Under {
		rows = under.appendRows(rows)
	}
	return rows
}

// headings reads columns, and groups of columns, and collects the columns.
func (t *tableReader) headings(n *yamlpos.Node, seen map[string]source.Span, list *[]*Column) []*Heading {
	var heads []*Heading
	items := t.list(n)
	if len(items) == 0 && n.Kind == yamlpos.List {
		t.report("items", n.Span)
	}
	for _, item := range items {
		m := t.Fields(item)
		if m == nil {
			continue
		}
		h := &Heading{Label: t.label(m.Need("label"))}
		if under := m.Get("columns"); under != nil {
			h.Under = t.headings(under, seen, list)
		} else if c := t.column(m, h.Label, seen); c != nil {
			h.Column = c
			*list = append(*list, c)
		}
		m.Close()
		if h.Column != nil || len(h.Under) > 0 {
			heads = append(heads, h)
		}
	}
	return heads
}

// column reads the rest of a column; nil where it has no usable id.
func (t *tableReader) column(m *keys.Fields, label lang.Text, seen map[string]source.Span) *Column {
	c := &Column{Label: label}
	var usable bool
	c.ID, usable = t.id(m, keyID, seen)
	c.Aliases = t.lines(m.Get("aliases"))
	c.Type = Type(t.word(m.Get("type"), typeNames[:]...))
	c.Unit = t.label(m.Get("unit"))
	t.mergedColumns(m, c)
	t.exempt[c] = !t.flag(m.Get("additive"), t.additive)
	if !usable {
		return nil
	}
	return c
}

// trail is the path and the labels of the groups above a row.
type trail struct {
	path string
	full lang.Text
}

func (above trail) add(id string, label lang.Text) trail {
	if id != "" {
		above.path += "." + id
	}
	above.full = chain(above.full, label)
	return above
}

// groups reads rows, and groups of rows. seen holds the keys of one level of
// the front matter: a group without an id opens no level of its own.
func (t *tableReader) groups(n *yamlpos.Node, columns []*Column, above trail, seen map[string]source.Span) []*Group {
	var groups []*Group
	items := t.list(n)
	if len(items) == 0 && n.Kind == yamlpos.List {
		t.report("items", n.Span)
	}
	for _, item := range items {
		if g := t.group(item, columns, above, seen); g != nil {
			groups = append(groups, g)
		}
	}
	return groups
}

func (t *tableReader) group(n *yamlpos.Node, columns []*Column, above trail, seen map[string]source.Span) *Group {
	m := t.Fields(n)
	if m == nil {
		return nil
	}
	defer m.Close()
	g := &Group{Label: t.label(m.Need("label")), Aliases: t.lines(m.Get("aliases"))}
	id, under := m.Get("id"), m.Get("rows")
	var merges *yamlpos.Node
	if t.parent != nil && under == nil {
		merges = m.Get("merges")
	}
	usable := true
	if id != nil {
		g.ID, usable = t.name(id, keyID)
		usable = usable && t.unique(seen, g.ID, id.Span)
		if usable {
			t.reader.rows[above.path+"."+g.ID] = id.Span
		} else {
			defer t.aside()()
		}
	}
	switch {
	case under != nil:
		level := seen
		if id != nil {
			level = map[string]source.Span{}
		}
		g.Under = t.groups(under, columns, above.add(g.ID, g.Label), level)
		if !usable || len(g.Under) == 0 {
			return nil
		}
	case id == nil:
		t.add(yamlpos.MissingKey(t.File, n, "id"))
		return nil
	case !usable:
		return nil
	default:
		if g.Row = t.row(g, columns, above, id.Span); g.Row == nil {
			return nil
		}
		if merges != nil {
			t.merges[g.Row] = merges
		}
	}
	return g
}

// row numbers a row and its cells; it returns nil where the form would exceed
// maxCells.
func (t *tableReader) row(g *Group, columns []*Column, above trail, at source.Span) *Row {
	f := t.form
	if len(f.Cells)+len(columns) > maxCells {
		if !t.crowded {
			t.crowded = true
			t.report("cells", at, "limit", maxCells)
		}
		return nil
	}
	here := above.add(g.ID, g.Label)
	row := &Row{
		Path: here.path, Table: t.table, Label: g.Label, Full: here.full, Aliases: g.Aliases,
		Columns: columns, Ordinal: len(f.Rows), First: len(f.Cells),
	}
	for i, c := range columns {
		id := row.Path + "." + c.ID
		f.cells[id] = row.First + i
		if len(columns) == 1 {
			id = row.Path
			f.cells[id] = row.First
		}
		f.Cells = append(f.Cells, Cell{ID: id, Row: row, Column: c, Additive: !t.exempt[c]})
	}
	f.Rows = append(f.Rows, row)
	t.table.Rows = append(t.table.Rows, row)
	f.rows[row.Path] = row
	return row
}
