package site

import (
	"cmp"
	"slices"

	"annals/generator/archive"
	"annals/generator/sitemap"
)

// HomePage is the front of the archive: an entrance, with no more links than a
// reader takes in.
type HomePage struct {
	Page
	Newest    *YearPage  // the newest year at a glance; nil for an empty archive
	Years     []YearLine // the newest ones
	MoreYears bool
	Tree      []Branch // the first level of the tree, with the next where that is one agency
	Whole     bool     // the tree is shown in full
	Counts    Counts
	News      []News // the reports published last
	Corrected []News // the reports corrected last
}

// News is a report that was published or corrected.
type News struct {
	Agency, Href string
	Year         int
	Date         string // on which it was
}

// The most that the home page shows of each.
const (
	homeYears     = 5
	homeAgencies  = 18
	homeNews      = 6
	homeCorrected = 4
)

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
	n := len(w.in.Years)
	x.Years, _ = w.yearLines("", top, max(0, n-homeYears))
	x.MoreYears = n > homeYears
	if n > 0 {
		x.Newest = w.yearPage(top, n-1, w.in.Years[n-1], nil, 1)
		x.Newest.Previous, x.Newest.Next = nil, nil
		// The year's own page links from its folder; here the links start at the top.
		x.Newest.Missing, x.Newest.Late = links("", top.years[n-1].missing.agencies), links("", top.years[n-1].late.agencies)
	}
	x.Tree, x.Whole = entrance(w.in.Roots)
	x.Counts.Agencies = top.size
	for _, y := range top.years {
		x.Counts.Reports += y.count.Reported
	}
	x.News, x.Corrected = w.news.list(), w.corrected.list()
	return x
}

// entrance is the first level of the tree with more than one agency, below those
// above it.
func entrance(level []*archive.Agency) (tree []Branch, whole bool) {
	whole = len(level) <= homeAgencies
	for _, a := range level[:min(len(level), homeAgencies)] {
		b := Branch{Name: a.Name, Href: AgencyPath(a), Kind: string(a.Kind), Size: size(a) - 1}
		switch {
		case len(level) == 1:
			b.Under, whole = entrance(a.Children)
		case len(a.Children) > 0:
			b.More, whole = true, false
		}
		tree = append(tree, b)
	}
	return tree, whole
}

// size counts an agency and all below it.
func size(a *archive.Agency) int {
	n := 1
	for _, c := range a.Children {
		n += size(c)
	}
	return n
}

// latest keeps the reports with the last dates.
type latest struct {
	most  int
	items []dated
}

// dated is a report with a day on which something was done with it.
type dated struct {
	agency *archive.Agency
	year   int
	day    archive.Date
}

func (l *latest) add(d dated) {
	i, _ := slices.BinarySearchFunc(l.items, d, func(a, b dated) int {
		return cmp.Or(b.day.Compare(a.day), cmp.Compare(b.year, a.year), cmp.Compare(a.agency.Path, b.agency.Path))
	})
	if i < l.most {
		l.items = slices.Insert(l.items, i, d)
		l.items = l.items[:min(len(l.items), l.most)]
	}
}

// list links to the reports from the home page.
func (l *latest) list() (news []News) {
	for _, d := range l.items {
		news = append(news, News{d.agency.Name, ReportPath(d.agency, d.year), d.year, Day(d.day)})
	}
	return news
}

func (w *walker) yearsPage(top *node) *YearsPage {
	p := w.plan
	x := &YearsPage{Page: p.single(sitemap.Years)}
	x.Years, x.Breaks = w.yearLines(x.Root, top, 0)
	if n := len(w.figures); n > 0 {
		x.Figures = w.figures[n-1].Keys
	}
	return x
}
