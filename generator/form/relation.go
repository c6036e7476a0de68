package form

import (
	"slices"
	"strings"
	"unicode/utf8"

	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// relationReader reads one relation: it finds the operands of its equation
// among the rows and columns, and writes the equation out for each of them.
type relationReader struct {
	*reader
	relation *Relation
	table    *Table
	rows     []*Row // the rows it is for, with each: row
	derives  string
	at       string
}

func (r *reader) relation(n *yamlpos.Node) {
	m := r.object(n)
	if m == nil {
		return
	}
	x := &relationReader{reader: r, relation: &Relation{Place: n.Span.In(r.file)}}
	usable := false
	if id := m.need("id"); id != nil {
		x.relation.Place = id.Span.In(r.file)
		if x.relation.ID, usable = r.name(id, formID); usable {
			usable = r.unique(r.rules, x.relation.ID, id.Span)
		}
		if _, taken := diag.Lookup(x.relation.ID); taken {
			r.report("rule-taken", id.Span, "id", x.relation.ID)
		}
	}
	if r.word(m.get("severity"), "error", "warning") == 1 {
		x.relation.Severity = diag.Warning
	}
	x.relation.Label = r.label(m.need("label"))
	x.relation.Formula = r.label(m.need("formula"))
	x.relation.Explain = r.label(m.get("explain"))
	x.relation.Basis = r.label(m.get("basis"))
	x.relation.Message = r.label(m.need("message"))
	each := r.each(m.need("each"))
	if t := m.get("table"); t != nil {
		x.table = r.findTable(t)
		each = ifNil(x.table, each)
	} else if each == "column" || each == "row" {
		r.diags = append(r.diags, yamlpos.MissingKey(r.file, n, "table"))
		each = ""
	}
	x.rows = x.rowsFor(m.get("rows"), each)
	derives, at := m.get("derives"), m.get("at")
	x.derives, _ = r.line(derives)
	x.at, _ = r.line(at)
	equation, whenFull := m.need("equation"), m.get("when_full")
	m.close()

	x.state(equation, each, false, derives, at)
	x.state(whenFull, each, true, derives, at)
	x.relation.ByRow = each == "row"
	if usable {
		r.form.Relations = append(r.form.Relations, x.relation)
	}
}

// each reads what an equation is written out for; "" where that is unclear.
func (r *reader) each(n *yamlpos.Node) string {
	known := []string{"column", "row", "cell"}
	if i, ok := r.oneOf(n, known); ok {
		return known[i]
	}
	return ""
}

// ifNil is each, or "" where the table it needs could not be found.
func ifNil(t *Table, each string) string {
	if t == nil {
		return ""
	}
	return each
}

// rowsFor reads the rows that an equation along rows is for: all of the
// table, unless some are named.
func (x *relationReader) rowsFor(n *yamlpos.Node, each string) []*Row {
	if each != "row" {
		if n != nil && each != "" {
			x.report("rows", n.Span)
		}
		return nil
	}
	if n == nil {
		return x.table.Rows
	}
	var rows []*Row
	for _, item := range x.list(n) {
		if path, ok := x.line(item); ok {
			rows = append(rows, x.findRows(operand{path: strings.TrimSuffix(path, ".*"), all: strings.HasSuffix(path, ".*")}, item.Span)...)
		}
	}
	return rows
}

// findRows finds the row, or with all the rows below the group, that an
// operand names.
func (x *relationReader) findRows(o operand, at source.Span) []*Row {
	path := x.table.ID + "." + o.path
	if !o.all {
		if row, ok := x.form.rows[path]; ok {
			return []*Row{row}
		}
	}
	var below []*Row
	for _, row := range x.table.Rows {
		if o.all && strings.HasPrefix(row.Path, path+".") {
			below = append(below, row)
		}
	}
	if below == nil {
		known := make([]string, 0, len(x.table.Rows))
		for _, row := range x.table.Rows {
			known = append(known, row.Path[len(x.table.ID)+1:])
		}
		if x.form.Group(path) {
			x.report("operand-group", at, "word", o.path)
			return nil
		}
		x.suggest("operand", at, o.path, known)
	}
	return below
}

// span is the place of a stretch of an equation. Where the text is folded
// over several lines or has escapes, its characters cannot be counted off, and
// the place is the whole text.
func span(n *yamlpos.Node, at, width int) source.Span {
	start := int(n.Span.Column)
	length := int(n.Span.EndColumn) - start
	if n.Quoted {
		start++
		length -= 2
	}
	if n.Span.Line != n.Span.EndLine || length != utf8.RuneCountInString(n.Text) {
		return n.Span
	}
	return source.OnLine(int(n.Span.Line), start+at, width)
}

// state reads an equation and appends it, written out, to the relation.
func (x *relationReader) state(n *yamlpos.Node, each string, whenFull bool, derives, at *yamlpos.Node) {
	if n == nil {
		return
	}
	if n.Kind != yamlpos.Scalar {
		x.report("text", n.Span)
		return
	}
	s, wrong := parseEquation(n.Text)
	if wrong != nil {
		x.report(wrong.variant, span(n, wrong.at, wrong.width), "text", wrong.text)
		return
	}
	scope, ok := s.scope()
	if !ok {
		x.report("scope", n.Span)
		return
	}
	x.relation.Scope = max(x.relation.Scope, scope)
	if x.derives != "" && !(len(s.left) == 1 && s.left[0].path == x.derives && !s.left[0].all && s.left[0].from == This && !s.atLeast) {
		x.report("derives", derives.Span, "word", x.derives)
		return
	}
	var list []Equation
	switch each {
	case "column":
		list = x.eachColumn(s, n, at)
	case "row":
		list = x.eachRow(s, n, at)
	case "cell":
		list = x.eachCell(s, n, at)
	}
	for i := range list {
		list[i].AtLeast, list[i].WhenFull = s.atLeast, whenFull
	}
	x.relation.Equations = append(x.relation.Equations, list...)
}

// scope says which reports an equation needs. It cannot need both last year's
// and the children's.
func (s statement) scope() (Scope, bool) {
	years, agencies := false, false
	for _, o := range slices.Concat(s.left, s.right) {
		years = years || o.from == Previous
		agencies = agencies || o.from == Children
	}
	switch {
	case years && agencies:
		return InReport, false
	case years:
		return InYears, true
	case agencies:
		return InAgencies, true
	}
	return InReport, true
}

// room reports whether an equation of so many terms still fits the form.
func (x *relationReader) room(terms int, at source.Span) bool {
	if x.terms > maxTerms {
		return false
	}
	x.terms += terms
	if x.terms > maxTerms {
		x.report("terms", at, "limit", maxTerms)
		return false
	}
	return true
}

// Labels of cells, for the equations that run over all of them.
func (x *relationReader) cellLabel(c *Cell) lang.Text {
	if len(c.Row.Columns) == 1 {
		return c.Row.Full
	}
	return Chain(c.Row.Full, c.Column.Label)
}
