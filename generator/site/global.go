package site

import (
	"slices"
	"strconv"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/form"
)

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

// TreePage is the tree of agencies.
type TreePage struct {
	Page
	Tree  []Branch
	Whole bool
	Count int
	Parts []Link
}

// Branch is an agency in the tree, with those below it that are shown.
type Branch struct {
	Name, Href, Kind string
	Size             int  // agencies below it
	Newest           Link // its newest report
	Under            []Branch
	More             bool // there are others below it, on its own page
}

// ExplorePage, DataPage and SearchPage are filled by other stages' files.
type ExplorePage struct {
	Page
	Years  []int
	Ratios []Ratio
}

// DataPage describes the files to download.
type DataPage struct {
	Page
	Files []DataFile
	Forms []Link // descriptions of the forms
	Years []Link // pages with the files of a year, where they are many
	Year  int    // of the files, on such a page; otherwise 0
	Part  int
}

// DataFile is a file to download.
type DataFile struct {
	Href  string
	Title string
	Year  int // 0 for a file that is of no year
	Rows  int
}

// SearchPage is the shell of the search.
type SearchPage struct {
	Page
	Years []int
}

// RulesPage lists the rules.
type RulesPage struct {
	Page
	Forms   []RuleForm
	Program []Rule
}

// RuleForm is a form with its relations and ratios.
type RuleForm struct {
	ID, Title, Official string
	Rules               []Rule
	Ratios              []Ratio
}

// Rule is a rule of a form or of the program.
type Rule struct {
	ID, Title, Formula, Explain, Basis string
	Error                              bool
}

// FreePage is a page of Markdown.
type FreePage struct {
	Page
	Body *content.Body
}

// NotFoundPage says that there is no such page.
type NotFoundPage struct{ Page }

// Free is a Markdown file at the top of the content.
type Free struct {
	Name  string // file name without .md
	File  string
	Title string
	Body  *content.Body
}

// Batch is pages that belong together.
type Batch struct {
	Pages []any
	Emit  Emit         // where they go; nil for wherever all others do
	Done  func() error // called after the last; may be nil
}

// Walk makes the pages that show more than one agency, in batches: the years
// and the coverage of each branch, then the pages that exist once.
func (p *Plan) Walk(in *Archive, rules []diag.Rule, free []*Free, batch func(Batch) error) error {
	w := newWalker(p, in, batch)
	top, err := w.visit(nil, in.Roots)
	if err != nil {
		return err
	}
	if len(in.Roots) == 0 {
		if err := w.pages(top); err != nil {
			return err
		}
	}
	pages := []any{w.home(top), w.yearsPage(top), p.explore(in), p.search(in), p.rules(in.Forms, rules), p.notFound()}
	for _, f := range free {
		pages = append(pages, p.free(f))
	}
	return batch(Batch{Pages: append(pages, w.treePages(top)...)})
}

// pages makes the pages of a branch, unless they are there already.
func (w *walker) pages(n *node) error {
	var b Batch
	if w.in.Open != nil {
		name := "branch/"
		if n.agency != nil {
			name += n.agency.Path
		}
		var err error
		if b.Emit, b.Done, err = w.in.Open(name, w.key(n)); err != nil || b.Emit == nil {
			return err
		}
	}
	rows := n.rows()
	b.Pages = append(w.yearPages(n, rows), w.coveragePages(n, rows)...)
	return w.batch(b)
}

func (w *walker) home(top *node) *HomePage {
	p := w.plan
	x := &HomePage{Page: p.page(KindHome, HomePath, p.facts.Title, p.Words("home-description"), nil)}
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
	root := Root(YearsPath)
	x := &YearsPage{Page: p.page(KindYears, YearsPath, p.Words("years"), p.Words("years-description"),
		[]Link{p.home(root), {Text: p.Words("years")}})}
	x.Years, x.Breaks = w.yearLines(root, top)
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
				l.Values[k].Text = Grouped(y.figures[place].N, f.Type)
			}
		}
		lines = append(lines, l)
	}
	return lines, breaks
}

// tree lists branches: in full where the whole tree is small, otherwise one
// level.
func (w *walker) tree(root string, top *node, shown []*node) ([]Branch, bool) {
	whole := top.whole()
	var down func(n *node) Branch
	down = func(n *node) Branch {
		a := n.agency
		b := Branch{Name: a.Name, Href: root + AgencyPath(a), Kind: string(a.Kind), Size: n.size - 1}
		for i := len(n.years) - 1; i >= 0; i-- {
			if n.years[i].own {
				year := w.in.Years[i]
				b.Newest = Link{root + ReportPath(a, year), strconv.Itoa(year)}
				break
			}
		}
		if !whole {
			b.More = n.size > 1
			return b
		}
		for _, c := range n.children {
			b.Under = append(b.Under, down(c))
		}
		return b
	}
	list := make([]Branch, len(shown))
	for i, n := range shown {
		list[i] = down(n)
	}
	return list, whole
}

func (w *walker) treePages(top *node) []any {
	p := w.plan
	n := parts(len(top.children))
	var pages []any
	for k := 1; k <= n; k++ {
		path := ChildrenPath(nil, k)
		root := Root(path)
		x := &TreePage{Page: p.page(KindAgencies, path, p.Words("agencies"), p.Words("agencies-description"),
			[]Link{p.home(root), {Text: p.Words("agencies")}}), Count: top.size}
		x.Tree, x.Whole = w.tree(root, top, part(top.children, k))
		x.Parts = partLinks(root, n, k, func(k int) string { return ChildrenPath(nil, k) })
		pages = append(pages, x)
	}
	return pages
}

func (p *Plan) single(kind Kind, path, key string) Page {
	root := Root(path)
	return p.page(kind, path, p.Words(key), p.Words(key+"-description"), []Link{p.home(root), {Text: p.Words(key)}})
}

func (p *Plan) explore(in *Archive) *ExplorePage {
	x := &ExplorePage{Page: p.single(KindExplore, ExplorePath, "explore"), Years: newestFirst(in.Years)}
	if n := len(in.Years); n > 0 {
		if f := ForYear(in.Forms, in.Years[n-1]); f != nil {
			x.Ratios = p.ratios(f)
		}
	}
	return x
}

func (p *Plan) search(in *Archive) *SearchPage {
	return &SearchPage{Page: p.single(KindSearch, SearchPath, "search"), Years: newestFirst(in.Years)}
}

func newestFirst(years []int) []int {
	list := slices.Clone(years)
	slices.Reverse(list)
	return list
}

// Data makes the page that describes the downloads. Where they are many, the
// files of each year have a page of their own.
func (p *Plan) Data(files []DataFile, forms []Link) []*DataPage {
	x := &DataPage{Page: p.single(KindData, DataPath, "data"), Forms: forms}
	if len(files) <= Limit {
		x.Files = files
		return []*DataPage{x}
	}
	pages := []*DataPage{x}
	for _, f := range files {
		if f.Year == 0 {
			x.Files = append(x.Files, f)
			continue
		}
		last := pages[len(pages)-1]
		if last.Year != f.Year || len(last.Files) == Limit {
			part := 1
			if last.Year == f.Year {
				part = last.Part + 1
			}
			last = p.dataYear(f.Year, part)
			pages = append(pages, last)
			x.Years = append(x.Years, Link{last.Path[len("data/"):], last.Title})
		}
		f.Href = "../" + f.Href
		last.Files = append(last.Files, f)
	}
	return pages
}

func (p *Plan) dataYear(year, part int) *DataPage {
	text := strconv.Itoa(year)
	path := parted("data/"+text+"/", part)
	root := Root(path)
	title := text + p.Words("year-suffix")
	if part > 1 {
		title += " " + strconv.Itoa(part)
	}
	return &DataPage{Year: year, Part: part, Page: p.page(KindData, path, title, p.Words("data-description"),
		[]Link{p.home(root), {root + DataPath, p.Words("data")}, {Text: title}})}
}

func (p *Plan) notFound() *NotFoundPage {
	x := &NotFoundPage{p.page(KindNotFound, NotFoundPath, p.Words("not-found"), p.Words("not-found-description"), nil)}
	x.Canonical = ""
	return x
}

func (p *Plan) free(f *Free) *FreePage {
	path := FreePath(f.Name)
	x := &FreePage{Page: p.page(KindFree, path, f.Title, f.Title, []Link{p.home(Root(path)), {Text: f.Title}}), Body: f.Body}
	x.article(archive.Date{}, p.facts.Owner)
	return x
}

func (p *Plan) ratios(f *form.Form) []Ratio {
	var list []Ratio
	for _, r := range f.Ratios {
		list = append(list, Ratio{ID: r.ID, Label: r.Label.In(p.tag), Formula: r.Formula.In(p.tag)})
	}
	return list
}

func (p *Plan) rules(forms []*form.Form, program []diag.Rule) *RulesPage {
	x := &RulesPage{Page: p.single(KindRules, RulesPath, "rules")}
	for i := len(forms) - 1; i >= 0; i-- {
		f := forms[i]
		y := RuleForm{ID: f.ID, Title: f.Title.In(p.tag), Official: f.Official.In(p.tag), Ratios: p.ratios(f)}
		for _, r := range f.Relations {
			y.Rules = append(y.Rules, Rule{ID: r.ID, Title: r.Label.In(p.tag), Formula: r.Formula.In(p.tag),
				Explain: r.Explain.In(p.tag), Basis: r.Basis.In(p.tag), Error: r.Severity == diag.Error})
		}
		x.Forms = append(x.Forms, y)
	}
	for _, r := range program {
		x.Program = append(x.Program, Rule{ID: r.ID, Title: r.Title.In(p.tag), Explain: r.Explain.In(p.tag),
			Basis: r.Basis.In(p.tag), Error: r.Severity() == diag.Error})
	}
	return x
}
