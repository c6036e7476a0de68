// Package sitemap says what lies where on a site: a table of the kinds of
// pages, and one of the other files that have a name of their own. Who makes a
// link or resolves one, prints the menu, lists the pages, refuses a name that
// is taken or tells a script where its data are asks these tables.
//
// A path is a file's, relative to the root of the site, with forward slashes:
// agencies/x/2024/index.html. It names the index.html, because a folder that
// is opened from the disk is not a page.
package sitemap

import (
	"slices"
	"strings"
)

// Kind names a kind of page; the layout of the page is the file of that name.
type Kind string

// The kinds of pages.
const (
	Home     Kind = "home"
	Years    Kind = "years"
	Year     Kind = "year"
	Agencies Kind = "agencies"
	Agency   Kind = "agency"
	Report   Kind = "report"
	Coverage Kind = "coverage"
	Explore  Kind = "explore"
	Search   Kind = "search"
	Data     Kind = "data"
	Rules    Kind = "rules"
	Free     Kind = "free"
	NotFound Kind = "404"
)

// Page is a kind of page.
type Page struct {
	Kind   Kind
	Path   Pattern
	Menu   Kind // the entry of the main menu that it belongs to; its own kind for an entry, "" for none
	Listed bool // in the sitemap for search engines
	Parts  bool // a list, which may go on in 2.html, 3.html, …
}

// Pages is the table of the kinds of pages. Menus and lists follow its order.
var Pages = []Page{
	{Home, "index.html", Home, true, false},
	{Years, "years/index.html", Years, true, false},
	{Agencies, "agencies/index.html", Agencies, true, true},
	{Coverage, "coverage/[agency]/index.html", Coverage, true, true},
	{Explore, "explore/index.html", Explore, true, false},
	{Data, "data/[year]/index.html", Data, true, true},
	{Rules, "rules/index.html", Rules, true, false},
	{Search, "search/index.html", "", true, false},
	{Free, "{name}/index.html", "", true, false},
	{Year, "years/{year}/[agency]/index.html", Years, true, true},
	{Agency, "agencies/{agency}/index.html", Agencies, true, true},
	{Report, "agencies/{agency}/{year}/index.html", Agencies, true, false},
	{NotFound, "404.html", "", false, false},
}

// Files are the files besides pages that others look for by their name.
var Files = map[string]string{
	"feed":          FeedFile,
	"sitemap":       "sitemap.xml",
	"robots":        "robots.txt",
	"search-index":  SearchFolder + "root.json",
	"explore-index": ExploreFolder + "index.json",
}

// The folders and files that are no pages.
const (
	AssetsFolder  = "assets/"
	DataFolder    = "data/"
	ExploreFolder = "explore/"
	SearchFolder  = "search/"
	FeedFile      = "feed.xml"
)

// ReportFiles are the files of a report, but for its attachments, which are
// named otherwise.
var ReportFiles = []string{"index.html", "report.json", "tables.csv"}

// Of returns the row of a kind.
func Of(k Kind) *Page {
	return &Pages[slices.IndexFunc(Pages, func(p Page) bool { return p.Kind == k })]
}

// Lookup finds the pattern of a kind of page, or the path of a file, by its
// name.
func Lookup(name string) (Pattern, bool) {
	for _, p := range Pages {
		if string(p.Kind) == name {
			return p.Path, true
		}
	}
	file, ok := Files[name]
	return Pattern(file), ok
}

// Reserved reports whether a free page cannot have a name, because the site
// has a page or folder of that name itself.
func Reserved(name string) bool {
	taken := func(path string) bool {
		first, _, below := strings.Cut(path, "/")
		return first == name || !below && first == name+".html"
	}
	return name+"/" == AssetsFolder || slices.ContainsFunc(Pages, func(p Page) bool { return taken(string(p.Path)) })
}
