package site

import (
	"slices"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/release"
)

// Archive is the data of the whole archive for the pages that show more than
// one agency.
type Archive struct {
	Roots   []*archive.Agency
	Reports func(a *archive.Agency) []archive.Entry // of published reports, in ascending years
	Years   []int                                   // the years with a report, ascending
	Forms   []*form.Form
	Program string // the version of the program

	Releases  []release.Release // without any there is no page of changes
	Changed   []Changed
	Withdrawn []Withdrawn
	Proven    bool   // the site publishes what proves its releases
	Key       string // to verify signatures with; "" where nothing is signed

	// Open, if not nil, is called before the files of a branch or shard are
	// made and returns where they go. The key changes whenever an agency or
	// report in the branch or shard changes, or an agency above it; settings of
	// the whole archive are not part of it. A nil emit means that files with
	// this key exist already and need not be made. done is called after the
	// last file. Open may be called by several goroutines at a time.
	Open func(name string, key [32]byte) (emit Emit, done func() error, err error)
}

// Emit takes a finished file. The data are valid until it returns.
type Emit func(path string, data []byte) error

// A node is an agency, or the whole archive, with what lies below it.
type node struct {
	agency   *archive.Agency // nil for the whole archive
	size     int             // agencies in the branch, its own included
	branches []subtree       // those below that have others below them; nil where they are too many
	children []*node         // nil where the branch is too large to be kept
	years    []nodeYear      // by index in Archive.Years
	sum      [32]byte        // of all that the branch's pages show of it
}

// subtree is what pages above it show of a branch: its counts by index of year.
type subtree struct {
	agency *archive.Agency
	depth  int // below the agency of the node
	counts []Count
}

// nodeYear is a branch in one year.
type nodeYear struct {
	filing      Filing
	published   archive.Date
	corrections int
	faults      int
	own         bool  // its own report is in
	figures     []Sum // its own figures, or those of its branch where its own do not cover it
	count       Count
	missing     list
	late        list
	faulty      list
}

// Count counts the reports of a branch in a year.
type Count struct {
	Expected, Reported, Late, Missing, Corrected, Faulty int
}

func (c *Count) add(o Count) {
	c.Expected += o.Expected
	c.Reported += o.Reported
	c.Late += o.Late
	c.Missing += o.Missing
	c.Corrected += o.Corrected
	c.Faulty += o.Faulty
}

// A list collects at most Limit agencies; with more it drops them all and sets
// many.
type list struct {
	agencies []*archive.Agency
	many     bool
}

func (l *list) add(o list) {
	if l.many || o.many || len(l.agencies)+len(o.agencies) > Limit {
		l.agencies, l.many = nil, true
		return
	}
	l.agencies = append(l.agencies, o.agencies...)
}

// walker goes through the tree from the leaves to the root.
type walker struct {
	gone    map[*archive.Agency][]archive.Withdrawn
	plan    *Plan
	in      *Archive
	figures []*Figures // by index of year
	values  []archive.Value
	buf     []byte
	batch   func(Batch) error

	news, corrected latest // for the home page
}

func newWalker(p *Plan, in *Archive, batch func(Batch) error) *walker {
	w := &walker{gone: map[*archive.Agency][]archive.Withdrawn{}, plan: p, in: in, batch: batch, news: latest{most: homeNews}, corrected: latest{most: homeCorrected}}
	for _, x := range in.Withdrawn {
		w.gone[x.Agency] = append(w.gone[x.Agency], x.Withdrawn)
	}
	byForm := map[*form.Form]*Figures{}
	for _, y := range in.Years {
		f := ForYear(in.Forms, y)
		if byForm[f] == nil {
			byForm[f] = NewFigures(f, in.Forms, p.tag)
		}
		w.figures = append(w.figures, byForm[f])
	}
	return w
}

// visit computes the totals of a branch and makes its pages. The children of a
// branch with more rows than a page shows are not kept in memory, because pages
// above it show its totals only.
func (w *walker) visit(a *archive.Agency, children []*archive.Agency) (*node, error) {
	n := &node{agency: a, years: make([]nodeYear, len(w.in.Years))}
	if a != nil {
		n.size = 1
	}
	for i := range n.years {
		n.years[i].figures = make([]Sum, len(w.figures[i].Cells))
	}
	for _, c := range children {
		x, err := w.visit(c, c.Children)
		if err != nil {
			return nil, err
		}
		n.size += x.size
		n.children = append(n.children, x)
		if n.size > Limit+1 {
			for _, kept := range n.children {
				kept.children = nil
			}
		}
		for i := range n.years {
			n.years[i].add(&x.years[i])
		}
	}
	n.branches = below(n.children)
	if a != nil {
		w.own(n)
	}
	w.seal(n)
	if len(n.children) > 0 {
		if err := w.pages(n); err != nil {
			return nil, err
		}
	}
	return n, nil
}

func (y *nodeYear) add(o *nodeYear) {
	y.count.add(o.count)
	y.missing.add(o.missing)
	y.late.add(o.late)
	y.faulty.add(o.faulty)
	for i := range y.figures {
		y.figures[i].AddSum(o.figures[i])
	}
}

// own adds the agency's reports. A government's report covers those of its
// departments and lower governments already, so its figures take the place
// of their sum; any other agency's stand beside those below it.
func (w *walker) own(n *node) {
	a := n.agency
	waited := withoutWithdrawn(w.in.Years, w.gone[a])
	for i := range n.years {
		if a.Expected(w.in.Years[i]) && slices.Contains(waited, w.in.Years[i]) {
			n.years[i].filing = Missing
			n.years[i].count.Expected++
		}
	}
	for _, e := range w.in.Reports(a) {
		i, ok := slices.BinarySearch(w.in.Years, e.Year)
		if !ok {
			continue
		}
		y := &n.years[i]
		if y.filing == NotExpected {
			y.count.Expected++
		}
		y.filing = w.plan.filing(a.Kind, e.Year, e.Published, e.FromPage)
		y.own, y.published, y.corrections, y.faults = true, e.Published, e.Corrections, e.Errors
		y.count.Reported++
		if e.Published != (archive.Date{}) {
			w.news.add(dated{a, e.Year, e.Published})
		}
		if y.filing == Late {
			y.count.Late++
			y.late.add(list{agencies: []*archive.Agency{a}})
		}
		if e.Corrections > 0 {
			y.count.Corrected++
			w.corrected.add(dated{a, e.Year, e.Updated})
		}
		if e.Errors > 0 {
			y.count.Faulty++
			y.faulty.add(list{agencies: []*archive.Agency{a}})
		}
		if a.Kind == archive.Government {
			clear(y.figures)
		}
		w.values = e.Values(w.values)
		w.figures[i].Select(e.Form.Base(), w.values, y.figures)
	}
	for i := range n.years {
		if y := &n.years[i]; y.filing == Missing {
			y.count.Missing++
			y.missing.add(list{agencies: []*archive.Agency{a}})
		}
	}
}

// whole reports whether the branch's rows are all kept.
func (n *node) whole() bool { return n.size <= Limit+1 }

// below lists the branches below an agency: all of them, or the nearest, or
// none, so that a page has room for them.
func below(children []*node) []subtree {
	var all, nearest []subtree
	for _, c := range children {
		if c.size == 1 {
			continue
		}
		b := subtree{agency: c.agency, counts: make([]Count, len(c.years))}
		for i := range c.years {
			b.counts[i] = c.years[i].count
		}
		nearest, all = append(nearest, b), append(all, b)
		for _, d := range c.branches {
			d.depth++
			all = append(all, d)
		}
	}
	switch {
	case len(all) <= Limit:
		return all
	case len(nearest) <= Limit:
		return nearest
	}
	return nil
}
