package form

import (
	"strings"

	"annals/generator/diag"
	"annals/generator/keys"
	"annals/generator/lang"
	"annals/generator/yamlpos"
)

// Review is what rules that read a report as a reviewer does know of the form:
// those about its words, and about how likely its figures are. Where a form does
// not say it, they say nothing.
type Review struct {
	// Titles are what reports may be called besides ReportTitle, with the same
	// placeholders.
	Titles     []string
	Jumps      []int // the cells whose figures are compared with last year's
	Rulemaking Rulemaking

	Happened []string // words by which a sentence says that something was done or came in a year
	Notices  []Notice // the documents that prescribe reports
	Subject  string   // the word for what these documents are about
	Editions []Edition
	Template []string // sentences of the official template that a report has no more
	Aspects  []Aspect
	Filled   []Filled
	Fee      *Fee
}

// Notice is a document that reports cite as their basis.
type Notice struct {
	Cite  string   // as it is cited: 国办公开办函〔2021〕30号
	Say   []string // other citations: titles, or a number of another shape
	Until string   // 2021-09-26: the day on which another replaced it; "" while it holds
	By    string   // the citation of that one
}

// Edition is what an older form has and this one has not.
type Edition struct {
	Form            string
	Headings, Words []string // headings of its sections, and of its rows and columns
}

// Aspect is something of which a section must speak.
type Aspect struct {
	Section *Section
	Label   lang.Text
	Say     []string // words of headings and of text about it
	Also    []string // words of text about it
	Kind    string   // the only kind of agencies whose report must; "" for all
}

// Filled is a section that must have a text.
type Filled struct {
	Section  *Section
	Severity diag.Severity
	None     bool // it may say that there is nothing to say
}

// Fee is the fee for requests of which a section must speak.
type Fee struct {
	Section *Section
	Say     []string
	Other   []string // words that may stand for it in the section
	Step    int      // its amount is a multiple of this, in yuan; 0 where it may be any
}

// Rulemaking says which rows only some bodies may fill.
type Rulemaking struct {
	Rows []*Row
	// Bodies are patterns of the names of bodies that have the power without
	// saying so. Cities are those that have it unless an agency above one of
	// them is named as in Within: they are then cities of a county's rank.
	Bodies, Cities, Within []string
}

func (r *reader) review(n *yamlpos.Node) {
	if n == nil {
		return
	}
	m := r.Fields(n)
	if m == nil {
		return
	}
	v := &Review{Titles: r.lines(m.Get("titles"))}
	for _, item := range r.list(m.Get("jumps")) {
		v.Jumps = append(v.Jumps, r.cells(item)...)
	}
	if p := m.Get("rulemaking"); p != nil {
		r.rulemaking(p, &v.Rulemaking)
	}
	v.Happened, v.Template = r.lines(m.Get("happened")), r.lines(m.Get("template"))
	v.Subject, _ = r.line(m.Get("subject"))
	r.each(m.Get("notices"), func(m *keys.Fields) {
		x := Notice{Say: r.lines(m.Get("say"))}
		x.Cite, _ = r.line(m.Need("cite"))
		x.Until, _ = r.line(m.Get("until"))
		x.By, _ = r.line(m.Get("by"))
		v.Notices = append(v.Notices, x)
	})
	r.each(m.Get("editions"), func(m *keys.Fields) {
		x := Edition{Headings: r.lines(m.Get("headings")), Words: r.lines(m.Get("words"))}
		x.Form, _ = r.line(m.Need("form"))
		v.Editions = append(v.Editions, x)
	})
	r.each(m.Get("aspects"), func(m *keys.Fields) {
		x := Aspect{Section: r.findSection(m.Need("section")), Label: r.label(m.Need("label")), Say: r.lines(m.Need("say")), Also: r.lines(m.Get("also"))}
		x.Kind, _ = r.line(m.Get("kind"))
		v.Aspects = append(v.Aspects, x)
	})
	r.each(m.Get("filled"), func(m *keys.Fields) {
		v.Filled = append(v.Filled, Filled{
			Section: r.findSection(m.Need("section")), None: r.flag(m.Get("none"), false),
			Severity: diag.Warning + diag.Severity(r.word(m.Get("severity"), "warning", "notice")),
		})
	})
	if n := m.Get("fee"); n != nil {
		r.each(&yamlpos.Node{Kind: yamlpos.List, Items: []yamlpos.Node{*n}}, func(m *keys.Fields) {
			v.Fee = &Fee{Section: r.findSection(m.Need("section")), Say: r.lines(m.Need("say")), Other: r.lines(m.Get("other")), Step: r.number(m.Get("step"))}
		})
	}
	m.Close()
	r.form.Review = v
}

// each reads the maps of a list.
func (r *reader) each(n *yamlpos.Node, read func(*keys.Fields)) {
	for _, item := range r.list(n) {
		if m := r.Fields(item); m != nil {
			read(m)
			m.Close()
		}
	}
}

// findSection reads the id of a section of the form.
func (r *reader) findSection(n *yamlpos.Node) *Section {
	id, ok := r.line(n)
	if !ok {
		return nil
	}
	var known []string
	for _, s := range r.form.Sections {
		if s.ID == id {
			return s
		}
		known = append(known, s.ID)
	}
	r.suggest("word", n.Span, id, known)
	return nil
}

func (r *reader) rulemaking(n *yamlpos.Node, to *Rulemaking) {
	m := r.Fields(n)
	if m == nil {
		return
	}
	for _, item := range r.list(m.Need("rows")) {
		if path, ok := r.line(item); ok {
			if row := r.form.rows[path]; row != nil {
				to.Rows = append(to.Rows, row)
			} else {
				r.unknownCell(path, item.Span)
			}
		}
	}
	to.Bodies, to.Cities, to.Within = r.lines(m.Get("bodies")), r.lines(m.Get("cities")), r.lines(m.Get("within"))
	m.Close()
}

// Like reports whether a name is as one of the patterns: a text with a star at
// its beginning or end, which stands for anything, or without one.
func Like(patterns []string, name string) bool {
	for _, p := range patterns {
		tail, begins := strings.CutPrefix(p, "*")
		head, ends := strings.CutSuffix(p, "*")
		if begins && strings.HasSuffix(name, tail) || ends && strings.HasPrefix(name, head) || name == p {
			return true
		}
	}
	return false
}
