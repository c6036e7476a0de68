package site

import "annals/generator/sitemap"

// HomePage is the front of the archive.
type HomePage struct {
	Page
	Newest *YearPage // the newest year at a glance; nil for an empty archive
	Years  []YearLine
	Tree   []Branch
	Whole  bool // the tree is shown in full
	Counts Counts
}

// Counts is how much an archive holds.
type Counts struct{ Agencies, Reports int }

// YearsPage lists the years.
type YearsPage struct {
	Page
	Figures []Figure
	Years   []YearLine
	Breaks  bool
}

// YearLine is a year of the whole archive.
type YearLine struct {
	Year   int
	Href   string
	Count  Count
	Share  string
	Values []Value
}

func (w *walker) home(top *node) *HomePage {
	p := w.plan
	x := &HomePage{Page: p.page(sitemap.Home, sitemap.Home.Path(), p.facts.Title, p.Words("home-description"), nil)}
	x.Years, _ = w.yearLines("", top)
	if n := len(w.in.Years); n > 0 {
		x.Newest = w.yearPage(top, n-1, w.in.Years[n-1], nil, 1)
		x.Newest.Previous, x.Newest.Next = nil, nil
		// The year's own page links from its folder; here the links start at the top.
		x.Newest.Missing, x.Newest.Late = links("", top.years[n-1].missing.agencies), links("", top.years[n-1].late.agencies)
	}
	x.Tree, x.Whole = w.tree("", top, part(top.children, 1))
	x.Counts.Agencies = top.size
	for _, y := range top.years {
		x.Counts.Reports += y.count.Reported
	}
	return x
}

func (w *walker) yearsPage(top *node) *YearsPage {
	p := w.plan
	x := &YearsPage{Page: p.single(sitemap.Years)}
	x.Years, x.Breaks = w.yearLines(x.Root, top)
	if n := len(w.figures); n > 0 {
		x.Figures = w.figures[n-1].Keys
	}
	return x
}

// yearLines sums up every year over the figures of the newest one.
func (w *walker) yearLines(root string, top *node) (lines []YearLine, breaks bool) {
	n := len(w.in.Years)
	if n == 0 {
		return nil, false
	}
	newest := w.figures[n-1]
	for i := n - 1; i >= 0; i-- {
		year, y := w.in.Years[i], &top.years[i]
		l := YearLine{Year: year, Href: root + YearPath(year, nil, 1), Count: y.count,
			Share: Share(int64(y.count.Reported), int64(y.count.Expected)), Values: make([]Value, len(newest.Keys))}
		for k, f := range newest.Keys {
			place, ok := -1, false
			if form := w.figures[i].Form; form != nil {
				if cell := newest.At(form, f.Place); cell >= 0 {
					place, ok = w.figures[i].places[cell]
				}
			}
			switch {
			case !ok:
				l.Values[k].Break, breaks = true, true
			case y.figures[place].OK():
				l.Values[k].Text = f.Type.Grouped(y.figures[place].N)
			}
		}
		lines = append(lines, l)
	}
	return lines, breaks
}
