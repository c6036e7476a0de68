package site

import (
	"slices"

	"annals/generator/archive"
)

// recent is how many years the page of a branch compares.
const recent = 5

// named is how many agencies a summary names; of more it has the number.
const named = 60

// Below is what the page of an agency shows of the branch below it. All figures
// are those of the branch's year pages, and come with the number of reports
// that they are made of.
type Below struct {
	Year      int    // the newest of the archive; 0 without any
	Href      string // the branch in that year
	Count     Count
	Share     string
	Totals    []Total
	Missing   []Link // who has not published; nil where they are many
	Late      []Link
	DatesOnly bool // the settings of the site say to judge nobody

	Coverage  string // the coverage of the branch
	Figures   []Figure
	Years     []YearLine // newest first, the last five
	Multiples []Multiple // a drawing of each figure that was not always zero
	Quiet     []Figure   // zero or unknown in every year, and therefore not drawn
	Breaks    bool       // a figure of some year is not comparable with the newest

	Children []Child // nearest below; this part of them
	Size     int     // of all parts
	Parts    []Link
	Part     int // counting from 1; what is not a child stands on the first only
}

// Multiple is a figure of a branch in the years that all such drawings on a
// page have in common.
type Multiple struct {
	Figure
	Points []MultiplePoint // ascending years
}

// MultiplePoint is a year's total with the number of reports that are in.
type MultiplePoint struct {
	Point
	Reported, Expected int
}

// Child is an agency nearest below another, in the newest year.
type Child struct{ YearRow }

// agencyPages makes the pages of an agency with others below it: its own, and
// one for each further part of a long list of children.
func (w *walker) agencyPages(n *node) (pages []Document) {
	a, parted := n.agency, parts(len(n.children))
	for k := 1; k <= parted; k++ {
		x := w.plan.agencyPage(a, k)
		b := &Below{Size: len(n.children), Part: k, DatesOnly: w.plan.Config.DatesOnly, Coverage: x.Root + CoveragePath(a, 1)}
		x.Below = b
		b.Parts = partLinks(x.Root, parted, k, func(k int) string { return ChildrenPath(a, k) })
		newest := len(w.in.Years) - 1
		if newest >= 0 {
			b.Year, b.Figures = w.in.Years[newest], w.figures[newest].Keys
			b.Href = x.Root + YearPath(b.Year, a, 1)
		}
		for _, c := range part(n.children, k) {
			b.Children = append(b.Children, w.child(x.Root, c, newest))
		}
		if k == 1 && newest >= 0 {
			entries := w.in.Reports(a)
			x.history(w.plan, a, w.filed(entries), withoutWithdrawn(w.in.Years, w.gone[a]), w.in.Forms)
			x.Rollups = w.rollups(x.Root, a, entries)
			w.summary(x.Root, n, b, newest)
			if len(b.Multiples) > 0 {
				x.Trends, x.Quiet = nil, nil
			}
		}
		pages = append(pages, x)
	}
	return pages
}

func (w *walker) child(root string, n *node, newest int) Child {
	if newest >= 0 {
		return Child{yearRow(root, row{n, 0}, newest, w.in.Years[newest], w.figures[newest], w.plan)}
	}
	return Child{YearRow{Name: n.agency.Name, Href: root + AgencyPath(n.agency), Kind: string(n.agency.Kind), Filing: NotExpected.Name()}}
}

// filed reads an agency's entries for its page.
func (w *walker) filed(entries []archive.Entry) []filed {
	list := make([]filed, len(entries))
	for i := range entries {
		e := &entries[i]
		values := e.Values(nil)
		list[i] = filed{e.Year, e.Form, e.Published, e.FromPage, func(cell int) archive.Value {
			if cell >= len(values) {
				return archive.Value{}
			}
			return values[cell]
		}}
	}
	return list
}

// summary fills in the totals of the newest year and those of the years before.
func (w *walker) summary(root string, n *node, b *Below, newest int) {
	y, figs := &n.years[newest], w.figures[newest]
	b.Count, b.Share = y.count, Share(int64(y.count.Reported), int64(y.count.Expected))
	b.Totals, _, _ = w.totals(y, figs)
	b.Missing, b.Late = few(root, y.missing), few(root, y.late)
	first := max(0, newest+1-recent)
	b.Years, b.Breaks = w.yearLines(root, n, first)
	for _, f := range figs.Keys {
		m := Multiple{Figure: f}
		points := make([]Point, 0, recent)
		for i := first; i <= newest; i++ {
			pt := w.total(figs, f, i, n)
			points = append(points, pt)
			m.Points = append(m.Points, MultiplePoint{pt, n.years[i].count.Reported, n.years[i].count.Expected})
		}
		if quiet(points) {
			b.Quiet = append(b.Quiet, f)
		} else {
			b.Multiples = append(b.Multiples, m)
		}
	}
}

// few links to the agencies of a list that is short.
func few(root string, l list) []Link {
	if l.many || len(l.agencies) > named {
		return nil
	}
	return links(root, l.agencies)
}

// total is a figure of the newest year in the i-th year of a branch.
func (w *walker) total(newest *Figures, f Figure, i int, n *node) Point {
	pt := Point{Year: w.in.Years[i]}
	place, ok := -1, false
	if form := w.figures[i].Form; form != nil {
		if cell := newest.At(form, f.Place); cell >= 0 {
			place, ok = w.figures[i].places[cell]
		}
	}
	if !ok {
		pt.Break = true
		return pt
	}
	if s := n.years[i].figures[place]; s.OK() {
		pt.N, pt.Known, pt.Text = s.N, true, f.Type.Grouped(s.N)
	}
	return pt
}

// yearLines sums up the years of a branch from the i-th on, newest first, over
// the figures of the newest.
func (w *walker) yearLines(root string, n *node, first int) (lines []YearLine, breaks bool) {
	if len(w.in.Years) == 0 {
		return nil, false
	}
	newest := w.figures[len(w.figures)-1]
	for i, year := range slices.Backward(w.in.Years) {
		if i < first {
			break
		}
		count := n.years[i].count
		l := YearLine{Year: year, Href: root + YearPath(year, n.agency, 1), Count: count,
			Share: Share(int64(count.Reported), int64(count.Expected)), Values: make([]Value, len(newest.Keys))}
		for k, f := range newest.Keys {
			pt := w.total(newest, f, i, n)
			l.Values[k] = Value{pt.Text, pt.Break}
			breaks = breaks || pt.Break
		}
		lines = append(lines, l)
	}
	return lines, breaks
}
