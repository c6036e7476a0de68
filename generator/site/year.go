package site

import (
	"strconv"
	"strings"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/sitemap"
)

// YearPage is a year of the whole archive, or of the branch below an agency.
type YearPage struct {
	Page
	Year   int
	Branch *Link // the agency; nil for the whole archive
	Count  Count
	Share  string // of the expected reports that are in

	Totals  []Total
	Ratios  []Ratio
	Charts  []Chart
	Figures []Figure
	Rows    []YearRow
	Flat    bool // every agency of the branch has a row

	Missing     []Link // who has not published; nil where they are many
	MissingMany bool
	Late        []Link
	LateMany    bool

	Previous, Next *Link
	Parts          []Link
	Coverage       string // the coverage of the same branch
}

// Total is a figure of a summary.
type Total struct {
	ID, Label, Unit, Text string
	Unknown               int // reports whose figure is not in the total
}

// Ratio is a ratio with its formula.
type Ratio struct {
	ID, Label, Formula string
	Text               string // 45.3%, or "" where there is nothing to divide by
	Over, Under        string
	Few                bool // over too few cases to mean much
}

// YearRow is an agency in a year's table.
type YearRow struct {
	Year     int // that of the page
	Name     string
	Href     string // the agency's page
	Report   string // its report of the year, or ""
	More     string // the year's page of its branch, or ""
	Kind     string // region, government, …: a key among the words
	Depth    int
	Filing   string
	Date     string
	Expected int // of the branch, where it has one
	Reported int
	Values   []Value
}

// yearPages makes the pages of a branch for every year.
func (w *walker) yearPages(n *node, rows []row) (pages []Document) {
	for i, year := range w.in.Years {
		for k := 1; k <= parts(len(rows)); k++ {
			pages = append(pages, w.yearPage(n, i, year, rows, k))
		}
	}
	return pages
}

func (w *walker) yearPage(n *node, i, year int, rows []row, k int) *YearPage {
	p, y, figs := w.plan, &n.years[i], w.figures[i]
	path := YearPath(year, n.agency, k)
	root := Root(path)
	text := strconv.Itoa(year)
	title := strings.Replace(p.Words("year-title"), "{year}", text, 1)
	crumbs := []Link{p.home(root), {root + sitemap.Years.Path(), p.Words("years")}}
	x := &YearPage{Year: year, Count: y.count, Share: Share(int64(y.count.Reported), int64(y.count.Expected)),
		Flat: n.whole(), Figures: figs.Keys, MissingMany: y.missing.many, LateMany: y.late.many}
	if n.agency != nil {
		crumbs = append(crumbs, Link{root + YearPath(year, nil, 1), title})
		for up := n.agency.Parent; up != nil; up = up.Parent {
			crumbs = append(crumbs[:3], append([]Link{{root + YearPath(year, up, 1), up.Name}}, crumbs[3:]...)...)
		}
		x.Branch = &Link{root + AgencyPath(n.agency), n.agency.Name}
		title = n.agency.Name + " " + title
	}
	x.Page = p.page(sitemap.Year, path, title, p.Words("year-description"), append(crumbs, Link{Text: lastName(n.agency, title)}))
	x.Totals, x.Ratios, x.Charts = w.totals(y, figs)
	x.Missing, x.Late = links(root, y.missing.agencies), links(root, y.late.agencies)
	if i > 0 {
		x.Previous = &Link{root + YearPath(w.in.Years[i-1], n.agency, 1), strconv.Itoa(w.in.Years[i-1])}
	}
	if i+1 < len(w.in.Years) {
		x.Next = &Link{root + YearPath(w.in.Years[i+1], n.agency, 1), strconv.Itoa(w.in.Years[i+1])}
	}
	x.Parts = partLinks(root, parts(len(rows)), k, func(k int) string { return YearPath(year, n.agency, k) })
	x.Coverage = root + CoveragePath(n.agency, 1)
	for _, r := range part(rows, k) {
		x.Rows = append(x.Rows, yearRow(root, r, i, year, figs, p))
	}
	return x
}

func lastName(a *archive.Agency, title string) string {
	if a != nil {
		return a.Name
	}
	return title
}

func yearRow(root string, r row, i, year int, figs *Figures, p *Plan) YearRow {
	y := &r.years[i]
	a := r.agency
	x := YearRow{Year: year, Name: a.Name, Href: root + AgencyPath(a), Kind: string(a.Kind), Depth: r.depth,
		Filing: p.filingName(y.filing), Date: Day(y.published), Values: make([]Value, len(figs.Keys))}
	if y.own {
		x.Report = root + ReportPath(a, year)
	}
	if len(a.Children) > 0 {
		x.More = root + YearPath(year, a, 1)
		x.Expected, x.Reported = y.count.Expected, y.count.Reported
	}
	for k, f := range figs.Keys {
		if s := y.figures[f.Place]; s.OK() {
			x.Values[k].Text = f.Type.Grouped(s.N)
		}
	}
	return x
}

// totals computes the summary of a branch.
func (w *walker) totals(y *nodeYear, figs *Figures) (totals []Total, ratios []Ratio, charts []Chart) {
	if figs.Form == nil {
		return nil, nil, nil
	}
	for _, f := range figs.Keys {
		s := y.figures[f.Place]
		t := Total{ID: f.ID, Label: f.Label, Unit: f.Unit, Unknown: int(s.Unknown)}
		if s.OK() {
			t.Text = f.Type.Grouped(s.N)
		}
		totals = append(totals, t)
	}
	for _, r := range figs.Form.Ratios {
		over, under := figs.Total(y.figures, r.Over), figs.Total(y.figures, r.Under)
		x := Ratio{ID: r.ID, Label: r.Label.In(w.plan.tag), Formula: r.Formula.In(w.plan.tag)}
		if over.OK() && under.OK() {
			x.Over, x.Under = form.Count.Grouped(over.N), form.Count.Grouped(under.N)
			x.Text, x.Few = Share(over.N, under.N), under.N < int64(r.Few)
		}
		ratios = append(ratios, x)
	}
	for _, c := range figs.Form.Charts {
		x := newChart(c, w.plan.tag, func(cells []int) Sum { return figs.Total(y.figures, cells) })
		if !x.Empty() {
			charts = append(charts, x)
		}
	}
	return totals, ratios, charts
}
