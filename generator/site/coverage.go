package site

import (
	"annals/generator/archive"
	"annals/generator/sitemap"
)

// CoveragePage shows who has published: what is not as it should be first, then
// numbers by branch, then each agency in each year.
type CoveragePage struct {
	Page
	Changes    string         // what changed after it was published; "" for an archive without releases
	Branch     *Link          // the agency; nil for the whole archive
	Years      []CoverageYear // ascending
	Exceptions []ExceptionYear
	Branches   []CoverageBranch // none where Rows are the whole tree
	Rows       []CoverageRow
	Flat       bool // Rows are the whole tree; else the agencies nearest below that file reports
	Parts      []Link
	Part       int // counting from 1; what is not a row stands on the first only

	Deadlines []Deadline // none where the settings say to show dates only
}

// Deadline is the last day of the next year on which agencies of a kind
// publish in time.
type Deadline struct {
	Kind       string // a key among the words
	Month, Day int
}

// CoverageYear is a year of the page's branch.
type CoverageYear struct {
	Year  int
	Href  string
	Count Count
	Share string
}

// ExceptionYear is what is not as it should be in a year, newest first.
type ExceptionYear struct {
	Year  int
	Open  bool // its names are shown at once
	Lists []ExceptionList
}

// ExceptionList is the agencies with one fault in a year, in the order of the tree.
type ExceptionList struct {
	Year   int
	Fault  string // missing, late, faulty: what its place in the page is called
	Word   string // the same, or absent: a key among the words
	Count  int
	Groups []NameGroup // nil where they are many
}

// NameGroup is agencies side by side in the tree.
type NameGroup struct {
	Branch Link // the coverage of those they are below; without Href for the page's own
	Names  []Link
}

// CoverageBranch is the counts of a branch.
type CoverageBranch struct {
	Name  string
	Href  string // its coverage
	Depth int
	Cells []Count // by year
}

// Whole reports whether there is nothing amiss.
func (c Count) Whole() bool { return c.Missing == 0 && c.Late == 0 && c.Faulty == 0 }

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
	Filing    string // not-expected, on-time, undated, late, missing, absent
	Href      string // the report
	Date      string
	Corrected bool
	Faulty    bool
	Expected  int // of the branch below, where the agency itself files nothing
	Reported  int
	Branch    bool
}

// The bounds of a page of coverage, in agencies: a page with more of them is a
// burden to read, and to go through by the keyboard.
const (
	flatRows  = 100 // the whole tree as one table
	openNames = 100 // of exceptions that are shown at once; a page with branches leads to the rest by these
)

func (w *walker) coveragePages(n *node) (pages []Document) {
	rows, flat := n.coverageRows()
	for k := 1; k <= parts(len(rows)); k++ {
		pages = append(pages, w.coveragePage(n, rows, flat, k))
	}
	return pages
}

// coverageRows lists the agencies that a page of coverage has a line for: the
// whole tree, if it is small, or those nearest below that file reports. Those
// that have others below them stand among the branches.
func (n *node) coverageRows() (rows []row, flat bool) {
	if n.size <= flatRows {
		return n.rows(), true
	}
	for _, c := range n.children {
		if c.agency.Reports() || n.branches == nil {
			rows = append(rows, row{c, 0})
		}
	}
	return rows, false
}

func (w *walker) coveragePage(n *node, rows []row, flat bool, k int) *CoveragePage {
	p := w.plan
	path := CoveragePath(n.agency, k)
	root := Root(path)
	title := p.Words("coverage")
	crumbs := []Link{p.home(root)}
	x := &CoveragePage{Flat: flat, Part: k}
	if n.agency != nil {
		crumbs = append(crumbs, Link{root + CoveragePath(nil, 1), title})
		for up := n.agency.Parent; up != nil; up = up.Parent {
			crumbs = append(crumbs[:2], append([]Link{{root + CoveragePath(up, 1), up.Name}}, crumbs[2:]...)...)
		}
		x.Branch = &Link{root + AgencyPath(n.agency), n.agency.Name}
		title = n.agency.Name + " " + title
	}
	x.Page = p.page(sitemap.Coverage, path, title, p.Words("coverage-description"), append(crumbs, Link{Text: lastName(n.agency, title)}))
	if len(w.in.Releases) > 0 {
		x.Changes = root + sitemap.Changes.Path()
	}
	for i, year := range w.in.Years {
		c := n.years[i].count
		x.Years = append(x.Years, CoverageYear{Year: year, Href: root + YearPath(year, n.agency, 1), Count: c,
			Share: Share(int64(c.Reported), int64(c.Expected))})
	}
	x.Parts = partLinks(root, parts(len(rows)), k, func(k int) string { return CoveragePath(n.agency, k) })
	for _, kind := range archive.Kinds() {
		if d, ok := p.Config.Deadlines[string(kind)]; ok && !p.Config.DatesOnly {
			x.Deadlines = append(x.Deadlines, Deadline{string(kind), d.Month, d.Day})
		}
	}
	for _, r := range part(rows, k) {
		x.Rows = append(x.Rows, w.coverageRow(root, r))
	}
	if k > 1 {
		return x
	}
	x.Exceptions = w.exceptions(root, n)
	if !flat {
		for _, b := range n.branches {
			x.Branches = append(x.Branches, CoverageBranch{b.agency.Name, root + CoveragePath(b.agency, 1), b.depth, b.counts})
		}
	}
	return x
}

// exceptions lists what is not as it should be, newest first. The names of the
// newest year are shown at once, those of the years before while they are few.
func (w *walker) exceptions(root string, n *node) (years []ExceptionYear) {
	shown, all, most := 0, 0, openNames
	if n.branches == nil {
		most = Limit
	}
	for i := len(w.in.Years) - 1; i >= 0; i-- {
		y := &n.years[i]
		x := ExceptionYear{Year: w.in.Years[i]}
		names := 0
		for _, f := range [...]struct {
			fault string
			count int
			list
		}{{Missing.Name(), y.count.Missing, y.missing}, {Late.Name(), y.count.Late, y.late}, {"faulty", y.count.Faulty, y.faulty}} {
			if f.count == 0 {
				continue
			}
			l := ExceptionList{Year: x.Year, Fault: f.fault, Word: f.fault, Count: f.count}
			missing := f.fault == Missing.Name()
			if missing {
				l.Word = w.plan.filingName(Missing)
			}
			// Where one list does not fit, none that follows is named either: a
			// reader is led on by branches, and not by what happened to fit.
			if all += f.count; !f.many && all <= most {
				names += f.count
				l.Groups = w.groups(root, n, x.Year, f.agencies, missing)
			}
			x.Lists = append(x.Lists, l)
		}
		if len(x.Lists) > 0 {
			x.Open = shown+names <= openNames
			shown += names
			years = append(years, x)
		}
	}
	return years
}

// groups puts agencies under the branches that they are in. An agency is linked
// to by its report, if it is in.
func (w *walker) groups(root string, n *node, year int, agencies []*archive.Agency, missing bool) (list []NameGroup) {
	for i, a := range agencies {
		if i == 0 || a.Parent != agencies[i-1].Parent {
			g := NameGroup{}
			if up := a.Parent; up != n.agency && up != nil {
				g.Branch = Link{root + CoveragePath(up, 1), up.Name}
			}
			list = append(list, g)
		}
		href := root + AgencyPath(a)
		if !missing {
			href = root + ReportPath(a, year)
		}
		g := &list[len(list)-1]
		g.Names = append(g.Names, Link{href, a.Name})
	}
	return list
}

func (w *walker) coverageRow(root string, r row) CoverageRow {
	a := r.agency
	x := CoverageRow{Name: a.Name, Href: root + AgencyPath(a), Kind: string(a.Kind), Depth: r.depth, Cells: make([]CoverageCell, len(w.in.Years))}
	if len(a.Children) > 0 {
		x.More = root + CoveragePath(a, 1)
	}
	for i, year := range w.in.Years {
		y := &r.years[i]
		c := CoverageCell{Filing: w.plan.filingName(y.filing), Date: Day(y.published), Corrected: y.corrections > 0, Faulty: y.faults > 0}
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
