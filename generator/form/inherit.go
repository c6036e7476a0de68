package form

import (
	"cmp"
	"slices"
	"strings"

	"annals/generator/keys"
	"annals/generator/lang"
	"annals/generator/locale"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// become reads the rest of a variant, once the forms are known that are none.
// A variant whose parent cannot be found has neither tables nor parts, or those
// of the form that was likely meant.
func (r *reader) become(forms map[string]*reader, mine []*reader) {
	if r.of == nil {
		return
	}
	if x := forms[r.form.ID]; x != nil && x.of == nil {
		r.report("variant-id", r.idSpan, "id", r.form.ID)
	}
	if parent := r.findParent(forms, mine); parent != nil {
		r.complete(parent)
		return
	}
	r.form.Language, r.form.Free = locale.For(lang.ZH), true
	r.form.name()
}

func (r *reader) findParent(forms map[string]*reader, mine []*reader) *reader {
	id, ok := r.line(r.of)
	if !ok {
		return nil
	}
	found := forms[id]
	if i := slices.IndexFunc(mine, func(x *reader) bool { return x.form.ID == id && x.of != nil }); i >= 0 {
		found = mine[i]
	}
	switch {
	case found == nil:
		var known []string
		for id, x := range forms {
			if x.of == nil && len(x.form.Tables) > 0 {
				known = append(known, id)
			}
		}
		slices.Sort(known)
		r.suggest("variant-of", r.of.Span, id, known)
		like, _ := yamlpos.Suggest(id, known)
		return forms[like]
	case found.of != nil:
		r.report("variant-nested", r.of.Span, "id", id, "parent", found.of.Text)
		if parent := forms[found.of.Text]; parent != nil && parent.of == nil {
			return parent
		}
		return nil
	case len(found.form.Tables) == 0:
		r.report("variant-free", r.of.Span, "id", id)
		return nil
	}
	return found
}

// complete makes the variant a whole form. What it does not say is read from
// the parent's file; mistakes in it are reported there.
func (r *reader) complete(parent *reader) {
	f, p, m := r.form, parent.form, r.head
	f.Parent, r.parent = p, parent
	f.Language, f.Official, f.ReportTitle, f.From, f.To = p.Language, p.Official, p.ReportTitle, p.From, p.To
	r.merges, r.mergedCols = map[*Row]*yamlpos.Node{}, map[*Column][]string{}
	r.quiet = len(parent.diags) > 0
	f.Title = r.label(m.Need("title"))
	f.Official = cmp.Or(r.label(m.Get("official")), f.Official)
	if n := m.Get("years"); n != nil {
		r.years(n)
	}
	for _, key := range []string{"language", "report_title", "free", "sections", "figures", "ratios", "charts", "review", "mentions"} {
		if n := m.Get(key); n != nil {
			r.report("variant-key", n.KeySpan, "key", key)
		}
	}
	r.theirTables(m.Need("tables"))
	r.index()
	for _, n := range r.inherited("sections") {
		r.silently(func() { r.section(n) })
	}
	r.stand()
	r.theirRelations(r.list(m.Get("relations")))
	f.pictures(p)
	if n := parent.root.Get("review"); n != nil {
		r.silently(func() { r.review(placed(n, r.of.Span)) })
	}
	r.continues(m.Get("continues"))
	m.Close()
	f.name()
}

// silently reads what is the parent's.
func (r *reader) silently(read func()) {
	quiet := r.quiet
	r.quiet = true
	read()
	r.quiet = quiet
}

// inherited lists the items of a list in the parent's file, as if they stood
// where this file names the parent.
func (r *reader) inherited(key string) []*yamlpos.Node {
	n := r.parent.root.Get(key)
	if n == nil || n.Kind != yamlpos.List {
		return nil
	}
	return nodes(placed(n, r.of.Span))
}

// placed copies a value to a place in another file.
func placed(n *yamlpos.Node, at source.Span) *yamlpos.Node {
	c := *n
	c.Span, c.KeySpan = at, at
	c.Items = make([]yamlpos.Node, len(n.Items))
	for i := range n.Items {
		c.Items[i] = *placed(&n.Items[i], at)
	}
	return &c
}

// text is the text of a map's item, or "".
func text(n *yamlpos.Node, key string) string {
	if item := n.Get(key); item != nil {
		return item.Text
	}
	return ""
}

// theirTables reads the parent's tables in their order, or what the variant has
// in the place of one.
func (r *reader) theirTables(n *yamlpos.Node) {
	list := r.list(n)
	known := make([]string, len(r.parent.form.Tables))
	for i, t := range r.parent.form.Tables {
		known[i] = t.ID
	}
	if n != nil && n.Kind == yamlpos.List && len(list) == 0 {
		r.report("items", n.Span)
	}
	for _, item := range list {
		if id := item.Get("id"); id != nil && id.Text != "" && !slices.Contains(known, id.Text) {
			r.suggest("variant-table", id.Span, id.Text, known)
		} else if id == nil {
			r.table(item) // which reports what is missing
		}
	}
	for _, theirs := range r.inherited("tables") {
		differs := false
		for _, item := range list {
			id := text(item, "id")
			switch {
			case id == "" || id != text(theirs, "id"):
			case differs:
				r.unique(r.tables, id, item.Get("id").Span)
			default:
				r.table(r.filled(item, theirs))
				differs = true
			}
		}
		if !differs {
			r.silently(func() { r.table(theirs) })
		}
	}
}

// theirRelations reads the parent's relations in their order, or what the
// variant has in the place of one. Of the parent's, only those equations go on
// whose cells are all there.
func (r *reader) theirRelations(own []*yamlpos.Node) {
	taken := map[*yamlpos.Node]bool{}
	for _, theirs := range r.inherited("relations") {
		restated := false
		for _, n := range own {
			if id := text(n, "id"); id != "" && id == text(theirs, "id") {
				r.relation(withKeys(n, theirs, "table", "each", "rows", "derives", "at", "severity", "label", "formula", "explain", "basis", "message",
					"about", "since", "effective", "added", "assumes", "silent", "false_alarms"))
				taken[n], restated = true, true
			}
		}
		if restated {
			continue
		}
		r.silently(func() { r.relation(theirs) })
		if n := len(r.form.Relations); n > 0 && len(r.form.Relations[n-1].Equations) == 0 {
			r.form.Relations = r.form.Relations[:n-1]
		}
	}
	for _, n := range own {
		if !taken[n] {
			r.relation(n)
		}
	}
}

// withKeys adds the keys to a map that only the other map has.
func withKeys(own, theirs *yamlpos.Node, list ...string) *yamlpos.Node {
	c := *own
	at := own.Span
	if id := own.Get("id"); id != nil {
		at = id.Span
	}
	c.Items = slices.Clone(own.Items)
	for _, key := range list {
		if n := theirs.Get(key); n != nil && own.Get(key) == nil {
			c.Items = append(c.Items, *placed(n, at))
		}
	}
	return &c
}

// filler gives the rows and columns of a variant's table what the parent's of
// the same id have besides.
type filler struct {
	rows    map[string]*yamlpos.Node // by path
	columns map[string]*yamlpos.Node
}

// filled completes a table of the variant by the parent's.
func (r *reader) filled(own, theirs *yamlpos.Node) *yamlpos.Node {
	if own.Kind != yamlpos.Map {
		return own
	}
	x := filler{map[string]*yamlpos.Node{}, map[string]*yamlpos.Node{}}
	x.index(theirs)
	for _, b := range nodes(theirs.Get("blocks")) {
		x.index(b)
	}
	list := []string{"label", "corner", "layout", "optional", "additive", "columns", "rows", "blocks"}
	if own.Get("layout") != nil && text(own, "layout") != text(theirs, "layout") {
		list = list[:5] // another shape: its columns and rows are its own
	}
	t := withKeys(own, theirs, list...)
	x.table(t)
	for _, b := range nodes(t.Get("blocks")) {
		x.table(b)
	}
	return t
}

func nodes(n *yamlpos.Node) (list []*yamlpos.Node) {
	if n != nil && n.Kind != yamlpos.Scalar {
		for i := range n.Items {
			list = append(list, &n.Items[i])
		}
	}
	return list
}

func (x filler) index(table *yamlpos.Node) {
	x.indexColumns(table.Get("columns"))
	x.indexRows(table.Get("rows"), "")
}

func (x filler) indexColumns(n *yamlpos.Node) {
	for _, item := range nodes(n) {
		if id := text(item, "id"); id != "" && x.columns[id] == nil {
			x.columns[id] = item
		}
		x.indexColumns(item.Get("columns"))
	}
}

func (x filler) indexRows(n *yamlpos.Node, path string) {
	for _, item := range nodes(n) {
		here := below(path, text(item, "id"))
		if here != path {
			x.rows[here] = item
		}
		x.indexRows(item.Get("rows"), here)
	}
}

// below adds an id to a path; a heading without one adds nothing.
func below(path, id string) string {
	return strings.TrimPrefix(strings.TrimSuffix(path+"."+id, "."), ".")
}

// table completes the columns and rows of a table or block, which withKeys has
// copied.
func (x filler) table(t *yamlpos.Node) {
	if t.Kind != yamlpos.Map {
		return
	}
	x.each(t, "columns", func(item *yamlpos.Node) *yamlpos.Node { return x.column(item) })
	x.each(t, "rows", func(item *yamlpos.Node) *yamlpos.Node { return x.row(item, "") })
}

// each replaces the items of a list.
func (x filler) each(in *yamlpos.Node, key string, with func(*yamlpos.Node) *yamlpos.Node) {
	n := in.Get(key)
	if n == nil || n.Kind != yamlpos.List {
		return
	}
	items := make([]yamlpos.Node, len(n.Items))
	for i := range n.Items {
		items[i] = *with(&n.Items[i])
	}
	n.Items = items
}

func (x filler) column(own *yamlpos.Node) *yamlpos.Node {
	theirs := x.columns[text(own, "id")]
	if own.Kind != yamlpos.Map {
		return own
	}
	if theirs == nil {
		theirs = &yamlpos.Node{Kind: yamlpos.Map}
	}
	c := withKeys(own, theirs, "label", "aliases", "type", "unit", "additive")
	x.each(c, "columns", x.column)
	return c
}

// row completes a row or a group. A group that is only named is the parent's
// with all its rows; one with a label of its own and no rows is a row.
func (x filler) row(own *yamlpos.Node, path string) *yamlpos.Node {
	here := below(path, text(own, "id"))
	theirs := x.rows[here]
	if own.Kind != yamlpos.Map {
		return own
	}
	if theirs == nil || here == path {
		theirs = &yamlpos.Node{Kind: yamlpos.Map}
	}
	list := []string{"label", "aliases", "rows"}
	if own.Get("label") != nil || own.Get("merges") != nil {
		list = list[:2]
	}
	c := withKeys(own, theirs, list...)
	x.each(c, "rows", func(item *yamlpos.Node) *yamlpos.Node { return x.row(item, here) })
	return c
}

// mergedColumns keeps which of the parent's columns a column stands for.
func (r *reader) mergedColumns(m *keys.Fields, c *Column) {
	if r.parent != nil {
		r.mergedCols[c] = r.lines(m.Get("merges"))
	}
}
