// Package sitemap defines all paths of a site: it has a table of the kinds of pages,
// and the names of all other files and folders. All code that makes or resolves
// links, prints the menu, lists pages, refuses a reserved name or passes the address
// of data to a script takes the paths from here.
//
// A path is a file's, relative to the root of the site, with forward slashes:
// agencies/x/2024/index.html. It names the index.html, because a folder that
// is opened from the disk is not a page.
package sitemap

import (
	"iter"
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
	Changes  Kind = "changes"
	Verify   Kind = "verify"
	Free     Kind = "free"
	NotFound Kind = "404"

	Moved     Kind = "moved"     // at an address where an agency or its report was before
	Withdrawn Kind = "withdrawn" // in place of a report
)

// Page is a kind of page.
type Page struct {
	Kind   Kind
	Path   Pattern
	Menu   Kind // the entry of the main menu that it belongs to; its own kind for an entry, "" for none
	Listed bool // for search engines, and to be linked to from Markdown
}

// Pages is the table of the kinds of pages. The menu and the sitemap follow
// its order.
var Pages = []Page{
	{Home, "index.html", Home, true},
	{Years, "years/index.html", Years, true},
	{Agencies, "agencies/index.html", Agencies, true},
	{Coverage, "coverage/[agency]/index.html", Coverage, true},
	{Explore, "explore/index.html", Explore, true},
	{Data, "data/[year]/index.html", Data, true},
	{Rules, "rules/index.html", Rules, true},
	{Search, "search/index.html", "", true},
	{Free, "{name}/index.html", "", true},
	{Year, "years/{year}/[agency]/index.html", Years, true},
	{Agency, "agencies/{agency}/index.html", Agencies, true},
	{Report, "agencies/{agency}/{year}/index.html", Agencies, true},
	{Changes, "changes/index.html", Coverage, false}, // only where there are releases
	{Verify, "verify/index.html", "", false},         // the same
	{Moved, "agencies/{agency}/index.html", Agencies, false},
	{Withdrawn, "agencies/{agency}/{year}/index.html", Agencies, false},
	{NotFound, "404.html", "", false},
}

// The files and folders of the site that are no pages.
const (
	FeedFile      = "feed.xml"
	ChangesFeed   = "changes/feed.xml"
	Vintages      = DataFolder + "vintages.csv"
	SitemapFile   = "sitemap.xml"
	RobotsFile    = "robots.txt"
	SearchIndex   = SearchFolder + "root.json"
	ExploreIndex  = ExploreFolder + "index.json"
	AssetsFolder  = "assets/"
	DataFolder    = "data/"
	FormsFolder   = DataFolder + "forms/" // what the cells of each form are, by its id
	RulesFolder   = DataFolder + "rules/" // the equations of each form, by its id
	ReportSchema  = DataFolder + "report.schema.json"
	RulesSchema   = DataFolder + "rules.schema.json"
	ExploreFolder = "explore/"
	SearchFolder  = "search/"

	// What proves the record, where there are releases. The names of the first two
	// are those of C2SP's tlog-tiles.
	Checkpoint  = "checkpoint"
	TileFolder  = "tile/"
	ProofFolder = "proof/"
	Inventory   = ProofFolder + "inventory"
	LooseLines  = ProofFolder + "releases.txt"

	// What was checked.
	QualityFolder  = "quality/"
	Findings       = QualityFolder + "findings.json"
	FindingsSchema = DataFolder + "findings.schema.json"
)

// The files beside a page.
const (
	IndexFile    = "index.html" // the page itself, in a folder of its own
	ReportData   = "report.json"
	ReportTables = "tables.csv"
	AgencyRecord = "record.jsonl" // what the releases have of an agency
	AgencyData   = "reports.json" // all reports of an agency, where a site shall have few files
)

// ReportFiles are the files of a report, but for its attachments, which are
// named otherwise.
var ReportFiles = []string{IndexFile, ReportData, ReportTables}

// Of returns the row of a kind in Pages.
func Of(k Kind) *Page {
	return &Pages[slices.IndexFunc(Pages, func(p Page) bool { return p.Kind == k })]
}

// Path returns the path of the only page of a kind, or of its first page.
func (k Kind) Path() string { return Of(k).Path.File(At{}) }

// Section returns the entry of the main menu that a kind of page belongs to, or the
// kind itself if it belongs to none.
func (k Kind) Section() Kind {
	if menu := Of(k).Menu; menu != "" {
		return menu
	}
	return k
}

// Listed returns the paths of the listed pages whose pattern needs exactly the
// values in at: with an agency and a year the pages of that report, with no values
// the pages that exist once.
func Listed(at At) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, p := range Pages {
			if p.Listed && p.Path.needs(at) && !yield(p.Path.File(at)) {
				return
			}
		}
	}
}

// Lookup finds the pattern of a kind of page, or the path of a file, by the
// name that layouts have for it.
func Lookup(name string) (Pattern, bool) {
	for _, p := range Pages {
		if string(p.Kind) == name {
			return p.Path, true
		}
	}
	file, ok := map[string]Pattern{"feed": FeedFile, "sitemap": SitemapFile, "robots": RobotsFile,
		"search-index": SearchIndex, "explore-index": ExploreIndex,
		"form-rules": RulesFolder + "{form}.json", "findings": Findings}[name]
	return file, ok
}

// Reserved reports whether a free page cannot have a name, because the site
// has a page or folder of that name itself.
func Reserved(name string) bool {
	return slices.Contains([]string{AssetsFolder, QualityFolder, TileFolder, ProofFolder, Checkpoint + "/"}, name+"/") || slices.ContainsFunc(Pages, func(p Page) bool {
		first, _, below := strings.Cut(string(p.Path), "/")
		return first == name || !below && first == name+".html"
	})
}

// Address returns the address of a page on a host, relative to the site: its
// folder instead of the folder's index.html. That of the home page is "".
func Address(path string) string {
	if path == IndexFile || strings.HasSuffix(path, "/"+IndexFile) {
		return strings.TrimSuffix(path, IndexFile)
	}
	return path
}
