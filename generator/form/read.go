package form

import (
	"slices"
	"strconv"
	"strings"

	"annals/generator/diag"
	"annals/generator/keys"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// reader turns the tree of a form file into a Form. It goes on after a mistake, so
// that one run reports all mistakes of a file.
type reader struct {
	keys.Reader
	form   *Form
	idSpan source.Span
	diags  []diag.Diagnostic
	root   *yamlpos.Node

	// Of a variant: its keys and the one that names its parent, until that is
	// known, and what its rows and columns stand for.
	head       *keys.Fields
	of         *yamlpos.Node
	parent     *reader
	merges     map[*Row]*yamlpos.Node
	mergedCols map[*Column][]string
	quiet      bool // what is read is the parent's, whose mistakes are reported there

	// The places of first definitions, for messages about duplicates: of the
	// ids of tables, sections, relations, and of ratios and charts; of rows and
	// groups by path; of the sections' references to tables.
	tables, sections, rules, drawn, rows, placed map[string]source.Span

	mentioned  *mentionsReader // nil without the key mentions
	mentionsAs *yamlpos.Node   // the form whose words this one takes over

	groups    map[string][]*Row // what groupRows found
	continued []continued       // to be resolved when all forms are known
	terms     int               // terms of all expanded equations so far, at most maxTerms
	crowded   bool              // the diagnostic about maxCells has been made
}

// Limits of a form, so that a form in an archive's folder cannot make the
// program run out of memory or time. The largest built-in form has 200 cells
// and 1,500 terms.
const (
	maxCells    = 20_000
	maxTerms    = 200_000
	maxMistakes = 100
)

func (r *reader) add(d diag.Diagnostic) {
	if r.full() {
		return
	}
	if len(r.diags) == maxMistakes {
		d = diag.New("form/more", d.Place, "limit", maxMistakes)
	}
	r.diags = append(r.diags, d)
}

// full reports whether no more diagnostics of the file will be printed, so that searching for suggestions would be wasted time.
func (r *reader) full() bool { return r.quiet || len(r.diags) > maxMistakes }

func (r *reader) report(variant string, at source.Span, args ...any) {
	r.add(diag.New("form/"+variant, at.In(r.File), args...))
}

// suggest reports a word that is none of the known ones. If one of these was likely
// meant, it uses the "-suggest" variant of the message.
func (r *reader) suggest(variant string, at source.Span, word string, known []string) {
	if r.full() {
		return
	}
	if s, ok := yamlpos.Suggest(word, known); ok {
		r.report(variant+"-suggest", at, "word", word, "suggestion", s)
		return
	}
	const most = 8 // longer lists do not help the reader
	if len(known) > most {
		known = append(slices.Clip(known[:most]), "…")
	}
	r.report(variant, at, "word", word, "known", strings.Join(known, ", "))
}

// room reports whether so many more terms may be written out.
func (r *reader) room(terms int, at source.Span) bool {
	if r.terms > maxTerms {
		return false
	}
	r.terms += terms
	if r.terms > maxTerms {
		r.report("terms", at, "limit", maxTerms)
		if r.quiet { // the parent has room, and the variant not
			r.quiet = false
			r.report("terms", r.of.Span, "limit", maxTerms)
			r.quiet = true
		}
		return false
	}
	return true
}

// groupRows returns the rows below the path of a group or table.
func (r *reader) groupRows(path string) []*Row {
	if path == "" || !r.form.Group(path) {
		return nil
	}
	rows, known := r.groups[path]
	if !known {
		rows = r.form.Below(path)
		r.groups[path] = rows
	}
	return rows
}

func (r *reader) read(root *yamlpos.Node) {
	m := r.Fields(root)
	if m == nil {
		return
	}
	f := r.form
	if n := m.Need("id"); n != nil {
		r.idSpan = n.Span
		f.ID, _ = r.name(n, formID)
	}
	if r.of = m.Get("variant_of"); r.of != nil {
		r.head = m
		return
	}
	title := m.Need("title")
	r.language(m.Get("language"), title)
	f.Title = r.label(title)
	r.reportTitle(m.Get("report_title"))
	f.Official = r.label(m.Need("official"))
	if n := m.Get("years"); n != nil {
		r.years(n)
	}
	f.Free = r.flag(m.Get("free"), false)
	for _, n := range r.list(m.Get("tables")) {
		r.table(n)
	}
	r.index()
	for _, n := range r.list(m.Get("sections")) {
		r.section(n)
	}
	r.unplaced()
	for _, n := range r.list(m.Get("relations")) {
		r.relation(n)
	}
	r.figures(m.Get("figures"))
	for _, n := range r.list(m.Get("ratios")) {
		r.ratio(n)
	}
	for _, n := range r.list(m.Get("charts")) {
		r.chart(n)
	}
	r.mentions(m.Get("mentions"))
	r.continues(m.Get("continues"))
	r.review(m.Get("review"))
	m.Close()
	f.name()
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

// year reads a year of four digits; an empty text, an open end, gives 0.
func year(s string) (int, bool) {
	if s == "" {
		return 0, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && len(s) == 4 && n >= 1000
}

func (r *reader) section(n *yamlpos.Node) {
	m := r.Fields(n)
	if m == nil {
		return
	}
	s := &Section{}
	usable := false
	if id := m.Need("id"); id != nil {
		if s.ID, usable = r.name(id, keyID); usable && s.ID == PrefaceID {
			r.report("preface", id.Span)
			usable = false
		} else if usable {
			usable = r.unique(r.sections, s.ID, id.Span)
		}
	}
	s.Number, _ = r.line(m.Get("number"))
	s.Label = r.label(m.Need("label"))
	s.Aliases = r.lines(m.Get("aliases"))
	s.Optional = r.flag(m.Get("optional"), false)
	if t := m.Get("table"); t != nil {
		s.Table = r.findTable(t)
		if s.Table != nil && !r.unique(r.placed, s.Table.ID, t.Span) {
			s.Table = nil
		}
	}
	m.Close()
	if usable {
		r.form.Sections = append(r.form.Sections, s)
		r.indexSection(s)
	}
}

// unplaced reports the tables that no section shows.
func (r *reader) unplaced() {
	for _, t := range r.form.Tables {
		if _, ok := r.placed[t.ID]; !ok {
			r.report("unplaced", r.tables[t.ID], "word", t.ID)
		}
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
