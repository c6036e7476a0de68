package site

import (
	"slices"
	"strconv"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/form"
	"annals/generator/release"
	"annals/generator/sitemap"
)

// Agency is everything that the pages of one agency are made of, but for what
// those above and below it have to do with them.
type Agency struct {
	Agency   *archive.Agency
	Reports  []*archive.Report         // ascending years, no drafts
	Findings map[int][]archive.Finding // by year: accepted ones and published faults
	Checked  map[int]archive.Checked   // by year: what was checked in each report
	Forms    []*form.Form
	Years    []int // those of the whole archive, ascending: see Archive

	Versions  map[int][]release.Version // by year; nil for an archive without releases
	Withdrawn []archive.Withdrawn
	Moved     []Moved
	Proven    bool // the site publishes what proves its releases
}

// AgencyPage is the page of an agency: who it is, its reports through the
// years, and what is below it.
type AgencyPage struct {
	Page
	Name, Short string
	FormerNames []string
	AgencyKind  string // region, government, …: a key among the words
	Reporting   bool   // it files reports
	Contact     archive.Contact
	Body        *content.Body // its description, or nil
	Parent      *Link

	Figures []Figure
	Years   []AgencyYear // newest first
	Missing int          // the newest year for which it is to report, while that report is not in; else 0
	Trends  []Trend      // of figures that were not always zero; none where Below draws them
	Quiet   []Figure     // zero or unknown in every year, and therefore not drawn
	Breaks  bool         // a figure of some year is not comparable with those of the newest form
	First   int          // of the reports; 0 without any
	Last    int
	Rollups []RollupTable // newest first

	Below *Below // nil for an agency with none below it
}

// AgencyYear is a line of the matrix of years: one with a report, or in which
// there was to be one.
type AgencyYear struct {
	Year   int
	Href   string // the report; "" for a year without one
	Date   string
	Filing string
	Form   string
	Values []Value
}

// Value is a figure as a summary shows it.
type Value struct {
	Text  string // "" where there is no number
	Break bool   // not comparable with the newest form
}

// Trend is a figure through the years.
type Trend struct {
	Figure
	Points []Point // ascending years, without gaps
}

// Point is a figure in a year.
type Point struct {
	Year  int
	N     int64
	Known bool
	Text  string
	Break bool // not comparable with the points after it
}

// filed is a report as the page of its agency shows it, read from the report or
// from its entry. The cells are those of the form, or of the one that it is a
// variant of.
type filed struct {
	year      int
	form      *form.Form
	published archive.Date
	fromPage  bool
	value     func(cell int) archive.Value
}

// Agency makes the page of an agency with none below it. The pages of others
// show figures of the whole branch, and are made by Walk.
func (p *Plan) Agency(in *Agency) *AgencyPage {
	x := p.agencyPage(in.Agency, 1)
	reports := make([]filed, len(in.Reports))
	for i, r := range in.Reports {
		facts := r.BaseFacts()
		reports[i] = filed{r.Year, r.Form, r.Published, r.FromPage, func(cell int) archive.Value {
			if cell >= len(facts) {
				return archive.Value{}
			}
			return archive.Value{N: facts[cell].Value, Status: facts[cell].Status}
		}}
	}
	x.history(p, in.Agency, reports, withoutWithdrawn(in.Years, in.Withdrawn), in.Forms)
	return x
}

// withoutWithdrawn returns the years without those in which the agency's report is
// withdrawn: nobody waits for it.
func withoutWithdrawn(years []int, list []archive.Withdrawn) []int {
	if len(list) == 0 {
		return years
	}
	return slices.DeleteFunc(slices.Clone(years), func(year int) bool {
		return slices.ContainsFunc(list, func(w archive.Withdrawn) bool { return w.Year == year })
	})
}

// agencyPage makes a page of an agency without its figures: the k-th part.
func (p *Plan) agencyPage(a *archive.Agency, k int) *AgencyPage {
	path := ChildrenPath(a, k)
	root := Root(path)
	x := &AgencyPage{Page: p.page(sitemap.Agency, path, a.Name, p.Words("agency-description"),
		append(p.chain(root, a.Parent), Link{Text: a.Name})),
		Name: a.Name, Short: a.Short, FormerNames: a.FormerNames, AgencyKind: string(a.Kind), Reporting: a.Reports()}
	if k == 1 {
		x.Body, x.Contact = a.Body, a.Contact
	}
	if a.Parent != nil {
		x.Parent = &Link{root + AgencyPath(a.Parent), a.Parent.Name}
	}
	return x
}

// history fills in the agency's own reports, and the years of the archive for
// which it has none.
func (x *AgencyPage) history(p *Plan, a *archive.Agency, reports []filed, years []int, forms []*form.Form) {
	if !a.Reports() {
		return
	}
	byYear := make(map[int]*filed, len(reports))
	var base *form.Form
	for i := range reports {
		byYear[reports[i].year] = &reports[i]
		if len(reports[i].form.Cells) > 0 {
			base = reports[i].form.Base()
		}
	}
	figs := NewFigures(base, forms, p.tag)
	x.Figures = figs.Keys
	for _, year := range years {
		r := byYear[year]
		if r == nil && !a.Expected(year) {
			continue
		}
		y := AgencyYear{Year: year, Filing: p.filingName(Missing), Values: make([]Value, len(figs.Keys))}
		x.Missing = year
		if r != nil {
			x.Missing = 0
			y.Href, y.Date, y.Form = x.Root+ReportPath(a, year), Day(r.published), r.form.ID
			y.Filing = p.filingName(p.filing(a.Kind, year, r.published, r.fromPage))
			for k, f := range figs.Keys {
				pt := figs.point(f, r)
				y.Values[k] = Value{pt.Text, pt.Break}
				x.Breaks = x.Breaks || pt.Break
			}
		}
		x.Years = append(x.Years, y)
	}
	slices.Reverse(x.Years)
	if len(reports) == 0 {
		return
	}
	x.First, x.Last = reports[0].year, reports[len(reports)-1].year
	for _, f := range figs.Keys {
		t := Trend{Figure: f}
		for year := x.First; year <= max(x.Last, x.Missing); year++ {
			pt := Point{Year: year}
			if r := byYear[year]; r != nil {
				pt = figs.point(f, r)
			}
			t.Points = append(t.Points, pt)
		}
		if quiet(t.Points) {
			x.Quiet = append(x.Quiet, f)
		} else {
			x.Trends = append(x.Trends, t)
		}
	}
}

// point finds a figure in a report, whose form may have it elsewhere or may not
// have it.
func (x *Figures) point(f Figure, r *filed) Point {
	pt := Point{Year: r.year}
	cell := x.At(r.form.Base(), f.Place)
	if cell < 0 {
		pt.Break = true
		return pt
	}
	if v := r.value(cell); v.Known() {
		pt.N, pt.Known, pt.Text = v.N, true, f.Type.Grouped(v.N)
	}
	return pt
}

// quiet reports whether there is nothing to draw: no number but zero.
func quiet(points []Point) bool {
	return !slices.ContainsFunc(points, func(p Point) bool { return p.Known && p.N != 0 })
}

// Span names the years of the agency's reports: 2019-2025.
func (x *AgencyPage) Span() string {
	if x.First == 0 {
		return ""
	}
	if x.First == x.Last {
		return strconv.Itoa(x.First)
	}
	return strconv.Itoa(x.First) + "-" + strconv.Itoa(x.Last)
}
