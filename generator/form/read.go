package form

import (
	"strconv"
	"strings"

	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// reader turns the tree of a form file into a Form. It goes on after a
// mistake, so that a run tells all mistakes of a file.
type reader struct {
	file   string
	form   *Form
	idSpan source.Span
	diags  []diag.Diagnostic

	// Where an id first stands: of tables, sections, relations, and ratios
	// and charts; and the place of every row and group by its path.
	tables, sections, rules, drawn, places map[string]source.Span

	continued []continued // to be resolved when all forms are known
	terms     int         // of all equations, against maxTerms
}

// The sizes that no form of an office comes near. A form from an archive's
// folder cannot make the program run out of memory.
const (
	maxCells = 100_000
	maxTerms = 1_000_000
)

func (r *reader) report(variant string, at source.Span, args ...any) {
	r.diags = append(r.diags, diag.New("form/"+variant, at.In(r.file), args...))
}

// suggest reports a word that is none of the known ones, with the one that
// was likely meant: the variant's "-suggest" message.
func (r *reader) suggest(variant string, at source.Span, word string, known []string) {
	if s, ok := yamlpos.Suggest(word, known); ok {
		r.report(variant+"-suggest", at, "word", word, "suggestion", s)
		return
	}
	r.report(variant, at, "word", word, "known", strings.Join(known, ", "))
}

func (r *reader) read(root *yamlpos.Node) {
	m := r.object(root)
	if m == nil {
		return
	}
	f := r.form
	if n := m.need("id"); n != nil {
		r.idSpan = n.Span
		f.ID, _ = r.name(n, formID)
	}
	f.Title = r.label(m.need("title"))
	f.Official = r.label(m.need("official"))
	if n := m.get("years"); n != nil {
		r.years(n)
	}
	f.Free = r.flag(m.get("free"), false)
	for _, n := range r.list(m.get("tables")) {
		r.table(n)
	}
	r.index()
	for _, n := range r.list(m.get("sections")) {
		r.section(n)
	}
	for _, n := range r.list(m.get("relations")) {
		r.relation(n)
	}
	r.figures(m.get("figures"))
	for _, n := range r.list(m.get("ratios")) {
		r.ratio(n)
	}
	for _, n := range r.list(m.get("charts")) {
		r.chart(n)
	}
	r.continues(m.get("continues"))
	m.close()
}

// years reads "2021-", "2019-2020", "-2018" or "2020".
func (r *reader) years(n *yamlpos.Node) {
	text, ok := r.line(n)
	if !ok {
		return
	}
	from, to, span := strings.Cut(text, "-")
	if !span {
		to = from
	}
	first, ok1 := year(from)
	last, ok2 := year(to)
	if !ok1 || !ok2 || text == "-" || (last != 0 && first > last) {
		r.report("years", n.Span, "text", text)
		return
	}
	r.form.From, r.form.To = first, last
}

// year reads a year of four digits; nothing is an open end.
func year(s string) (int, bool) {
	if s == "" {
		return 0, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && len(s) == 4 && n >= 1000
}

func (r *reader) section(n *yamlpos.Node) {
	m := r.object(n)
	if m == nil {
		return
	}
	s := &Section{}
	usable := false
	if id := m.need("id"); id != nil {
		if s.ID, usable = r.name(id, keyID); usable {
			usable = r.unique(r.sections, s.ID, id.Span)
		}
	}
	s.Number, _ = r.line(m.get("number"))
	s.Label = r.label(m.need("label"))
	s.Aliases = r.lines(m.get("aliases"))
	s.Optional = r.flag(m.get("optional"), false)
	if t := m.get("table"); t != nil {
		s.Table = r.findTable(t)
		if s.Table != nil && s.Table.Label == (lang.Text{}) {
			s.Table.Label = s.Label
			r.form.levels[""].name(s.Label.ZH, s.Table.ID)
			r.form.levels[""].name(s.Label.EN, s.Table.ID)
		}
	}
	m.close()
	if usable {
		r.form.Sections = append(r.form.Sections, s)
	}
}

// findTable reads the id of a table of the form.
func (r *reader) findTable(n *yamlpos.Node) *Table {
	id, ok := r.line(n)
	if !ok {
		return nil
	}
	known := make([]string, len(r.form.Tables))
	for i, t := range r.form.Tables {
		if t.ID == id {
			return t
		}
		known[i] = t.ID
	}
	r.suggest("table", n.Span, id, known)
	return nil
}
