package site

import (
	"slices"
	"strconv"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/form"
	"annals/generator/sitemap"
)

// Agency is everything that the pages of one agency are made of.
type Agency struct {
	Agency   *archive.Agency
	Reports  []*archive.Report         // ascending years, no drafts
	Findings map[int][]archive.Finding // by year: accepted ones and published faults
	Rollups  map[int]*archive.Rollup   // by year, for a government
	Forms    []*form.Form
}

// AgencyPage is the page of an agency: who it is, and its reports through
// the years.
type AgencyPage struct {
	Page
	Name, Short string
	FormerNames []string
	AgencyKind  string // region, government, …: a key among the words
	Reporting   bool   // it files reports
	Contact     archive.Contact
	Body        *content.Body // its description, or nil

	Figures    []Figure
	Years      []AgencyYear // newest first
	Trends     []Trend
	Quiet      []Figure // zero or unknown in every year, and therefore not drawn
	Breaks     bool     // a figure of some year is not comparable with those of the newest form
	First      int      // of the reports; 0 without any
	Last       int
	Rollups    []RollupTable // newest first
	Parent     *Link
	Children   []Child
	ChildCount int
	Parts      []Link
	Part       int    // this part of the list of children; 1 on the agency's own page
	Coverage   string // the coverage of its branch, or ""
}

// AgencyYear is a line of the matrix of years.
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

// RollupTable sets a government's figures against its children's.
type RollupTable struct {
	Year               int
	Expected, Reported int
	Rows               []RollupRow
}

// RollupRow is a figure of the comparison.
type RollupRow struct {
	Label, Unit          string
	Own, Sum, Difference string // "" where there is no number
}

// Child is an agency below another.
type Child struct {
	Name, Href, Kind string
	Children         int
}

// Agency makes the pages of an agency: its own page, and one page for each
// further part of a long list of children.
func (p *Plan) Agency(in *Agency) []*AgencyPage {
	a := in.Agency
	n := parts(len(a.Children))
	pages := make([]*AgencyPage, n)
	for k := 1; k <= n; k++ {
		path := ChildrenPath(a, k)
		root := Root(path)
		x := &AgencyPage{Page: p.page(sitemap.Agency, path, a.Name, p.Words("agency-description"),
			append(p.chain(root, a.Parent), Link{Text: a.Name})),
			Name: a.Name, Short: a.Short, FormerNames: a.FormerNames, AgencyKind: string(a.Kind), Reporting: a.Reports(),
			Contact: a.Contact, ChildCount: len(a.Children), Part: k}
		if a.Parent != nil {
			x.Parent = &Link{root + AgencyPath(a.Parent), a.Parent.Name}
		}
		for _, c := range part(a.Children, k) {
			x.Children = append(x.Children, Child{c.Name, root + AgencyPath(c), string(c.Kind), len(c.Children)})
		}
		x.Parts = partLinks(root, n, k, func(k int) string { return ChildrenPath(a, k) })
		if len(a.Children) > 0 {
			x.Coverage = root + CoveragePath(a, 1)
		}
		if k == 1 {
			x.profile(p, in)
		}
		pages[k-1] = x
	}
	return pages
}

// profile fills what stands on the agency's own page only.
func (x *AgencyPage) profile(p *Plan, in *Agency) {
	x.Body = in.Agency.Body
	if len(in.Reports) == 0 {
		return
	}
	x.First, x.Last = in.Reports[0].Year, in.Reports[len(in.Reports)-1].Year
	var base *form.Form
	for _, r := range in.Reports {
		if len(r.Form.Cells) > 0 {
			base = r.Form
		}
	}
	figs := NewFigures(base, in.Forms, p.tag)
	x.Figures = figs.Keys
	x.matrix(p, in, figs)
	x.rollups(p, in)
}

func (x *AgencyPage) matrix(p *Plan, in *Agency, figs *Figures) {
	byYear := make(map[int]*archive.Report, len(in.Reports))
	for _, r := range in.Reports {
		byYear[r.Year] = r
	}
	for _, f := range figs.Keys {
		x.Trends = append(x.Trends, Trend{Figure: f, Points: make([]Point, 0, x.Last-x.First+1)})
	}
	for year := x.First; year <= x.Last; year++ {
		y := AgencyYear{Year: year, Filing: NotExpected.Name(), Values: make([]Value, len(figs.Keys))}
		r := byYear[year]
		if r != nil {
			y.Href = x.Root + ReportPath(in.Agency, year)
			y.Date = Day(r.Published)
			y.Filing = FilingOf(p.Config.Deadlines, in.Agency.Kind, year, r.Published, r.FromPage).Name()
			y.Form = r.Form.ID
		} else if in.Agency.Expected(year) {
			y.Filing = Missing.Name()
		}
		for k, f := range figs.Keys {
			pt := Point{Year: year}
			if r != nil {
				pt = figurePoint(figs, f, r)
			}
			y.Values[k] = Value{pt.Text, pt.Break}
			x.Breaks = x.Breaks || pt.Break
			x.Trends[k].Points = append(x.Trends[k].Points, pt)
		}
		x.Years = append([]AgencyYear{y}, x.Years...)
	}
	x.Trends = slices.DeleteFunc(x.Trends, func(t Trend) bool {
		quiet := !slices.ContainsFunc(t.Points, func(p Point) bool { return p.Known && p.N != 0 })
		if quiet {
			x.Quiet = append(x.Quiet, t.Figure)
		}
		return quiet
	})
}

// figurePoint finds a figure in a report, whose form may have it elsewhere
// or may not have it.
func figurePoint(figs *Figures, f Figure, r *archive.Report) Point {
	pt := Point{Year: r.Year}
	cell := figs.At(r.Form, f.Place)
	if cell < 0 {
		pt.Break = true
		return pt
	}
	if cell < len(r.Facts) && r.Facts[cell].Known() {
		pt.N, pt.Known = r.Facts[cell].Value, true
		pt.Text = f.Type.Grouped(pt.N)
	}
	return pt
}

func (x *AgencyPage) rollups(p *Plan, in *Agency) {
	for i := len(in.Reports) - 1; i >= 0; i-- {
		r := in.Reports[i]
		roll := in.Rollups[r.Year]
		if roll == nil || roll.Form != r.Form || roll.Expected+roll.Reported == 0 {
			continue
		}
		t := RollupTable{Year: r.Year, Expected: roll.Expected, Reported: roll.Reported}
		for _, c := range r.Form.Figures {
			cell := r.Form.Cells[c]
			if !cell.Additive || c >= len(r.Facts) || c >= len(roll.Sums) {
				continue
			}
			row := RollupRow{Label: cell.Short.In(p.tag), Unit: cell.Column.Unit.In(p.tag)}
			own, sum := r.Facts[c], roll.Sums[c]
			if own.Known() {
				row.Own = cell.Column.Type.Grouped(own.Value)
			}
			if sum.Known() && roll.Reported > 0 {
				row.Sum = cell.Column.Type.Grouped(sum.N)
				if own.Known() {
					row.Difference = cell.Column.Type.Grouped(own.Value - sum.N)
				}
			}
			t.Rows = append(t.Rows, row)
		}
		x.Rollups = append(x.Rollups, t)
	}
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
