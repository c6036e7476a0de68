package form

import (
	"strings"

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
	m.Close()
	r.form.Review = v
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
