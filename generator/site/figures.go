package site

import (
	"slices"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/lang"
)

// Figures selects the cells of a form that summaries use, in a fixed order,
// with names. All figures on pages about more than one agency are computed from
// these cells.
type Figures struct {
	Form   *form.Form
	Keys   []Figure // the figures of the summaries, most important first
	Cells  []int    // cell numbers, ascending, each once
	places map[int]int
	from   map[*form.Form][]int // by the form of a report: where it has each of Cells, or -1
}

// Figure is a column of a summary.
type Figure struct {
	ID    string // cell id
	Label string
	Unit  string
	Type  form.Type
	Cell  int
	Place int // index in Figures.Cells
}

// NewFigures selects the cells of f, which is no variant, that summaries, ratios
// and charts use. The reports of other forms count where a form's concordance
// maps a cell; those of variants are in the cells of the forms that they are
// variants of. A nil form selects nothing.
func NewFigures(f *form.Form, forms []*form.Form, tag lang.Tag) *Figures {
	x := &Figures{Form: f, places: map[int]int{}, from: map[*form.Form][]int{}}
	if f == nil {
		return x
	}
	x.Cells = slices.Clone(f.Figures)
	for _, r := range f.Ratios {
		x.Cells = append(append(x.Cells, r.Over...), r.Under...)
	}
	for _, c := range f.Charts {
		for _, p := range c.Parts {
			x.Cells = append(x.Cells, p.Cells...)
		}
	}
	slices.Sort(x.Cells)
	x.Cells = slices.Compact(x.Cells)
	for i, c := range x.Cells {
		x.places[c] = i
	}
	for _, c := range f.Figures {
		col := f.Cells[c].Column
		x.Keys = append(x.Keys, Figure{ID: f.Cells[c].ID, Label: f.Cells[c].Short.In(tag),
			Unit: col.Unit.In(tag), Type: col.Type, Cell: c, Place: x.places[c]})
	}
	for _, g := range forms {
		if g.Parent == nil {
			x.from[g] = x.mapping(g)
		}
	}
	x.from[f] = x.mapping(f)
	return x
}

// mapping finds the selected cells in another form.
func (x *Figures) mapping(g *form.Form) []int {
	m := make([]int, len(x.Cells))
	same := x.Form.Continues(g)
	for i, c := range x.Cells {
		m[i] = -1
		if same != nil && len(same[c]) == 1 {
			m[i] = same[c][0]
		}
	}
	return m
}

// Continues reports whether the figures of form g can be set beside those of
// the selection at all.
func (x *Figures) Continues(g *form.Form) bool {
	return slices.IndexFunc(x.from[g], func(c int) bool { return c >= 0 }) >= 0
}

// At returns where form g has the i-th of the selected cells, or -1.
func (x *Figures) At(g *form.Form, i int) int {
	if m := x.from[g]; m != nil {
		return m[i]
	}
	return -1
}

// Select adds the selected cells of a report's values to sums, which has the
// length of Cells.
func (x *Figures) Select(g *form.Form, values []archive.Value, sums []Sum) {
	m := x.from[g]
	for i := range sums {
		if m == nil || m[i] < 0 || m[i] >= len(values) {
			sums[i].Unknown++
			continue
		}
		sums[i].Add(values[m[i]])
	}
}

// Total sums the places of some cells.
func (x *Figures) Total(sums []Sum, cells []int) Sum {
	var s Sum
	for _, c := range cells {
		s.AddSum(sums[x.places[c]])
	}
	return s
}

// ForYear picks the form of a year: of those with tables that cover it the
// newest.
func ForYear(forms []*form.Form, year int) *form.Form {
	var best *form.Form
	for _, f := range forms {
		if f.Parent == nil && f.Covers(year) && len(f.Cells) > 0 && (best == nil || f.From > best.From) {
			best = f
		}
	}
	return best
}
