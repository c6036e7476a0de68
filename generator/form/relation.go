package form

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"annals/generator/diag"
	"annals/generator/keys"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// relationReader reads one relation: it finds the operands of its equation
// among the rows and columns, and writes the equation out for each of them.
type relationReader struct {
	*reader
	relation    *Relation
	each        string // one of the words below, or "" if the key is missing or mistaken
	table       *Table // nil for the whole form
	along       []*Row // the rows that an equation along rows is for
	derives, at *yamlpos.Node
}

// Values of the key each: there is one equation for each of these.
const (
	eachColumn = "column" // its operands are rows
	eachRow    = "row"    // its operands are columns
	eachCell   = "cell"   // its operands are the cell, in several reports
)

func (r *reader) relation(n *yamlpos.Node) {
	m := r.Fields(n)
	if m == nil {
		return
	}
	rel := &Relation{Place: n.Span.In(r.File), restated: !r.quiet}
	usable := false
	if id := m.Need("id"); id != nil {
		rel.Place = id.Span.In(r.File)
		if rel.ID, usable = r.name(id, formID); usable {
			usable = r.unique(r.rules, rel.ID, id.Span)
		}
		if _, taken := diag.Lookup(rel.ID); taken {
			r.report("rule-taken", id.Span, "id", rel.ID)
		}
	}
	rel.Severity = diag.Severity(r.word(m.Get("severity"), diag.Error.String(), diag.Warning.String(), diag.Notice.String()))
	abouts := []string{string(diag.AboutArithmetic), string(diag.AboutPlausibility)}
	rel.About = diag.About(abouts[r.word(m.Get("about"), abouts...)])
	r.commencement(m, &rel.Commencement)
	rel.Label = r.label(m.Need("label"))
	rel.Formula = r.label(m.Need("formula"))
	rel.Explain = r.label(m.Get("explain"))
	rel.Basis = r.label(m.Get("basis"))
	rel.Message = r.label(m.Need("message"))
	rel.Limits = diag.Limits{Assumes: r.label(m.Get("assumes")), Silent: r.label(m.Get("silent")), FalseAlarms: r.label(m.Get("false_alarms"))}

	x := &relationReader{reader: r, relation: rel}
	x.frame(m)
	x.state(m.Need("equation"), false)
	x.state(m.Get("when_full"), true)
	m.Close()
	rel.ByRow = x.each == eachRow
	if usable {
		r.form.Relations = append(r.form.Relations, rel)
	}
}

// commencement reads from when on a relation is in force: always, unless the form
// says otherwise.
func (r *reader) commencement(m *keys.Fields, c *diag.Commencement) {
	c.Added = diag.First
	if n := m.Get("since"); n != nil {
		if y, ok := year(n.Text); ok && y > 0 {
			c.Since = y
		} else {
			r.report("since", n.Span, "text", n.Text)
		}
	}
	if n := m.Get("effective"); n != nil {
		if _, err := time.Parse(time.DateOnly, n.Text); err != nil {
			r.report("effective", n.Span, "text", n.Text)
		}
		c.Effective = n.Text
	}
	if n := m.Get("added"); n != nil {
		if !diag.IsVersion(n.Text) {
			r.report("added", n.Span, "text", n.Text, "now", diag.Version)
		}
		c.Added = n.Text
	}
}

// frame reads what the relation's equations are written out for.
func (x *relationReader) frame(m *keys.Fields) {
	words := []string{eachColumn, eachRow, eachCell}
	if i, ok := x.oneOf(m.Need("each"), words); ok {
		x.each = words[i]
	}
	if t := m.Get("table"); t != nil {
		if x.table = x.findTable(t); x.table == nil {
			x.each = ""
		}
	} else if x.each == eachColumn || x.each == eachRow {
		x.add(yamlpos.MissingKey(x.File, m.Node, "table"))
		x.each = ""
	}
	x.findFor(m.Get("rows"))
	x.derives, x.at = m.Get("derives"), m.Get("at")
	if x.each == eachCell {
		for _, n := range []*yamlpos.Node{x.derives, x.at} {
			if n != nil {
				x.report("at-cell", n.Span)
			}
		}
		x.derives, x.at = nil, nil
	}
}

// findFor reads the rows that an equation along rows is for: all of the
// table, unless some are named.
func (x *relationReader) findFor(n *yamlpos.Node) {
	switch {
	case n == nil && x.each == eachRow:
		x.along = x.table.Rows
	case n != nil && x.each == eachRow:
		for _, item := range x.list(n) {
			if ref, ok := x.line(item); ok {
				path, all := strings.CutSuffix(ref, ".*")
				x.along = append(x.along, x.findRows(operand{path: path, all: all}, item.Span)...)
			}
		}
	case n != nil && x.each != "":
		x.report("rows", n.Span)
	}
}

// findRows finds the row, or the rows below the group, that an operand names.
func (x *relationReader) findRows(o operand, at source.Span) []*Row {
	path := x.table.ID + "." + o.path
	if o.all {
		if rows := x.groupRows(path); rows != nil {
			return x.charged(rows, at)
		}
	} else if row, ok := x.form.rows[path]; ok {
		return x.charged([]*Row{row}, at)
	} else if x.form.Group(path) {
		x.report("operand-group", at, "word", o.path)
		return nil
	}
	if x.full() {
		return nil
	}
	if o.all {
		x.suggest("operand", at, o.path+".*", x.groupNames())
	} else {
		x.suggest("operand", at, o.path, x.rowNames())
	}
	return nil
}

func (x *relationReader) rowNames() []string {
	names := make([]string, len(x.table.Rows))
	for i, row := range x.table.Rows {
		names[i] = row.Path[len(x.table.ID)+1:]
	}
	return names
}

// groupNames lists the groups of the table as an equation names them.
func (x *relationReader) groupNames() []string {
	var names []string
	for _, name := range x.rowNames() {
		for i, c := range name {
			if group := name[:i] + ".*"; c == '.' && !slices.Contains(names, group) {
				names = append(names, group)
			}
		}
	}
	return names
}

// charged counts the cells of rows against the form's limit.
func (x *relationReader) charged(rows []*Row, at source.Span) []*Row {
	if !x.room(len(rows)*len(rows[0].Columns), at) {
		return nil
	}
	return rows
}

// ruler converts positions in an equation's text to places in the file.
type ruler struct {
	whole source.Span
	start int  // column of the text's first character
	exact bool // false where the text is folded over lines or has escapes, so that its characters cannot be counted off
}

func rulerOf(n *yamlpos.Node) ruler {
	r := ruler{whole: n.Span, start: int(n.Span.Column)}
	length := int(n.Span.EndColumn) - r.start
	if n.Quoted {
		r.start++
		length -= 2
	}
	r.exact = n.Span.Line == n.Span.EndLine && length == utf8.RuneCountInString(n.Text)
	return r
}

// span returns the place of width characters from at on, or the place of the
// whole text if exact is false.
func (r ruler) span(at, width int) source.Span {
	if !r.exact {
		return r.whole
	}
	return source.OnLine(int(r.whole.Line), r.start+at, width)
}

// state reads an equation and appends it, written out, to the relation.
func (x *relationReader) state(n *yamlpos.Node, whenFull bool) {
	if n == nil {
		return
	}
	if n.Kind != yamlpos.Scalar {
		x.report("scalar", n.Span)
		return
	}
	ruler := rulerOf(n)
	s, wrong := parseEquation(n.Text)
	if wrong != nil {
		x.report(wrong.variant, ruler.span(wrong.at, wrong.width), "text", wrong.text)
		return
	}
	scope, ok := s.scope()
	if !ok {
		x.report("scope", n.Span)
		return
	}
	x.relation.Scope = max(x.relation.Scope, scope)
	derived, ok := x.derived(s)
	if !ok {
		return
	}
	e := expansion{relationReader: x, statement: s, ruler: ruler, derived: derived}
	var list []Equation
	switch x.each {
	case eachColumn:
		list = e.columns()
	case eachRow:
		list = e.rows()
	case eachCell:
		list = e.cells(scope)
	}
	for i := range list {
		list[i].AtLeast, list[i].WhenFull = s.atLeast, whenFull
	}
	x.relation.Equations = append(x.relation.Equations, list...)
}

// derived reports whether the left side is computed from the right one. ok is
// false, and reported, if the key derives names anything but the only operand
// of the left side.
func (x *relationReader) derived(s statement) (derived, ok bool) {
	word, given := x.line(x.derives)
	if !given {
		return false, true
	}
	left := s.left[0]
	if len(s.left) == 1 && left.path == word && !left.all && !left.minus && left.from == This && !s.atLeast {
		return true, true
	}
	x.report("derives", x.derives.Span, "word", word)
	return false, false
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
