package site

import (
	"annals/generator/archive"
	"annals/generator/sitemap"
)

// CoveragePage shows for each agency and year whether the report has been
// published.
type CoveragePage struct {
	Page
	Branch *Link // the agency; nil for the whole archive
	Years  []CoverageYear
	Rows   []CoverageRow
	Flat   bool
	Parts  []Link

	Deadlines []Deadline
}

// Deadline is the last day of the next year on which agencies of a kind
// publish in time.
type Deadline struct {
	Kind       string // a key among the words
	Month, Day int
}

// CoverageYear heads a column.
type CoverageYear struct {
	Year  int
	Href  string
	Count Count
	Share string
}

// CoverageRow is an agency's line.
type CoverageRow struct {
	Name  string
	Href  string
	More  string // the coverage of its branch, or ""
	Kind  string
	Depth int
	Cells []CoverageCell
}

// CoverageCell is one agency in one year.
type CoverageCell struct {
	Filing    string // not-expected, on-time, undated, late, missing
	Href      string // the report
	Date      string
	Corrected bool
	Faulty    bool
	Expected  int // of the branch below, where the agency itself files nothing
	Reported  int
	Branch    bool
}

func (w *walker) coveragePages(n *node, rows []row) (pages []Document) {
	for k := 1; k <= parts(len(rows)); k++ {
		pages = append(pages, w.coveragePage(n, rows, k))
	}
	return pages
}

func (w *walker) coveragePage(n *node, rows []row, k int) *CoveragePage {
	p := w.plan
	path := CoveragePath(n.agency, k)
	root := Root(path)
	title := p.Words("coverage")
	crumbs := []Link{p.home(root)}
	x := &CoveragePage{Flat: n.whole()}
	if n.agency != nil {
		crumbs = append(crumbs, Link{root + CoveragePath(nil, 1), title})
		for up := n.agency.Parent; up != nil; up = up.Parent {
			crumbs = append(crumbs[:2], append([]Link{{root + CoveragePath(up, 1), up.Name}}, crumbs[2:]...)...)
		}
		x.Branch = &Link{root + AgencyPath(n.agency), n.agency.Name}
		title = n.agency.Name + " " + title
	}
	x.Page = p.page(sitemap.Coverage, path, title, p.Words("coverage-description"), append(crumbs, Link{Text: lastName(n.agency, title)}))
	for i, year := range w.in.Years {
		c := n.years[i].count
		x.Years = append(x.Years, CoverageYear{Year: year, Href: root + YearPath(year, n.agency, 1), Count: c,
			Share: Share(int64(c.Reported), int64(c.Expected))})
	}
	x.Parts = partLinks(root, parts(len(rows)), k, func(k int) string { return CoveragePath(n.agency, k) })
	for _, kind := range archive.Kinds() {
		if d, ok := p.Config.Deadlines[string(kind)]; ok {
			x.Deadlines = append(x.Deadlines, Deadline{string(kind), d.Month, d.Day})
		}
	}
	for _, r := range part(rows, k) {
		x.Rows = append(x.Rows, w.coverageRow(root, r))
	}
	return x
}

func (w *walker) coverageRow(root string, r row) CoverageRow {
	a := r.agency
	x := CoverageRow{Name: a.Name, Href: root + AgencyPath(a), Kind: string(a.Kind), Depth: r.depth, Cells: make([]CoverageCell, len(w.in.Years))}
	if len(a.Children) > 0 {
		x.More = root + CoveragePath(a, 1)
	}
	for i, year := range w.in.Years {
		y := &r.years[i]
		c := CoverageCell{Filing: y.filing.Name(), Date: Day(y.published), Corrected: y.corrections > 0, Faulty: y.faults > 0}
		if y.own {
			c.Href = root + ReportPath(a, year)
		}
		if !a.Reports() {
			c.Branch, c.Expected, c.Reported = true, y.count.Expected, y.count.Reported
		}
		x.Cells[i] = c
	}
	return x
}
