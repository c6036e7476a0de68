package site

import (
	"slices"

	"annals/generator/archive"
	"annals/generator/content"
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
