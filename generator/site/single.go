package site

import (
	"cmp"
	"slices"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/sitemap"
)

// ExplorePage, DataPage and SearchPage are filled by other stages' files.
type ExplorePage struct {
	Page
	Years  []int
	Ratios []Ratio
}

// SearchPage is the shell of the search.
type SearchPage struct {
	Page
	Years []int
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

// VerifyPage verifies a report in the browser.
type VerifyPage struct {
	Page
	Key     string // to verify signatures with; "" where nothing is signed
	Command string // that does the same, and more
}

// verify plans the page; none for an archive without releases.
func (w *walker) verify() []Document {
	if !w.in.Proven {
		return nil
	}
	command := "annals verify " + cmp.Or(w.plan.facts.BaseURL, "URL")
	if w.in.Key != "" {
		command += " --key '" + w.in.Key + "'"
	}
	return []Document{&VerifyPage{w.plan.single(sitemap.Verify), w.in.Key, command + " --since CHECKPOINT"}}
}

// PageData is what the layout of each kind is given: a nil of its type.
var PageData = map[Kind]Document{
	sitemap.Home: (*HomePage)(nil), sitemap.Years: (*YearsPage)(nil), sitemap.Year: (*YearPage)(nil),
	sitemap.Agencies: (*TreePage)(nil), sitemap.Agency: (*AgencyPage)(nil), sitemap.Report: (*ReportPage)(nil),
	sitemap.Coverage: (*CoveragePage)(nil), sitemap.Explore: (*ExplorePage)(nil), sitemap.Search: (*SearchPage)(nil),
	sitemap.Data: (*DataPage)(nil), sitemap.Rules: (*RulesPage)(nil), sitemap.Free: (*FreePage)(nil),
	sitemap.NotFound: (*NotFoundPage)(nil), sitemap.Changes: (*ChangesPage)(nil), sitemap.Verify: (*VerifyPage)(nil), sitemap.Moved: (*MovedPage)(nil), sitemap.Withdrawn: (*WithdrawnPage)(nil),
}

// once plans the pages that their kind has once, and the free pages.
func (w *walker) once(top *node, rules []diag.Rule, free []*Free) []Document {
	p, in := w.plan, w.in
	pages := []Document{w.home(top), w.yearsPage(top), p.explore(in), p.search(in), p.rules(in.Forms, rules), p.notFound()}
	for _, f := range free {
		pages = append(pages, p.free(f))
	}
	return slices.Concat(pages, w.changes(), w.verify())
}

// single is a page that its kind has once, below the home page.
func (p *Plan) single(kind Kind) Page {
	path, title := kind.Path(), p.Words(string(kind))
	return p.page(kind, path, title, p.Words(string(kind)+"-description"), []Link{p.home(Root(path)), {Text: title}})
}

func (p *Plan) explore(in *Archive) *ExplorePage {
	x := &ExplorePage{Page: p.single(sitemap.Explore), Years: newestFirst(in.Years)}
	if n := len(in.Years); n > 0 {
		if f := ForYear(in.Forms, in.Years[n-1]); f != nil {
			x.Ratios = p.ratios(f)
		}
	}
	return x
}

func (p *Plan) search(in *Archive) *SearchPage {
	return &SearchPage{Page: p.single(sitemap.Search), Years: newestFirst(in.Years)}
}

func newestFirst(years []int) []int {
	list := slices.Clone(years)
	slices.Reverse(list)
	return list
}

func (p *Plan) notFound() *NotFoundPage {
	x := &NotFoundPage{p.page(sitemap.NotFound, sitemap.NotFound.Path(), p.Words("not-found"), p.Words("not-found-description"), nil)}
	x.Canonical = ""
	x.Root = p.facts.BaseURL // a host shows this page at any address, so relative links would not work
	return x
}

func (p *Plan) free(f *Free) *FreePage {
	path := sitemap.Of(sitemap.Free).Path.File(sitemap.At{Name: f.Name})
	x := &FreePage{Page: p.page(sitemap.Free, path, f.Title, f.Title, []Link{p.home(Root(path)), {Text: f.Title}}), Body: f.Body}
	x.article(archive.Date{}, p.facts.Owner)
	return x
}
