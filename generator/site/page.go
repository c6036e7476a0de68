package site

import (
	"annals/generator/archive"
	"annals/generator/config"
	"annals/generator/lang"
	"annals/generator/locale"
	"annals/generator/sitemap"
	"time"
)

// Kind names a kind of page.
type Kind = sitemap.Kind

// Page is what every page has.
type Page struct {
	Kind        Kind
	Path        string // the page's file: agencies/x/2024/index.html
	Root        string // relative path to the root of the site: ../../../; on the "not found" page the site's absolute address
	Title       string // heading of the page
	Window      string // title of the window: the heading and the site's title
	Description string // one sentence for search engines
	Canonical   string // absolute address; "" where the site has no base_url
	Crumbs      []Link // from the home page to the parent of this page
	Meta        []Meta // tags of the page itself: ArticleTitle, PubDate, …
	Site        *Facts // facts about the site
}

// Document is a page of any kind, as data for its layout.
type Document interface{ Common() *Page }

// Common returns what every page has.
func (pg *Page) Common() *Page { return pg }

// Link is a link to a page of the site. An empty Href is text alone.
type Link struct {
	Href, Text string
}

// Meta is a <meta> tag.
type Meta struct {
	Name, Content string
}

// Facts are the facts about the site that every page shows.
type Facts struct {
	Title        string
	Lang         string // of the words around the content: zh-CN or en
	BaseURL      string
	Domain       string
	Owner        string
	ICP          string
	PoliceRecord string
	SiteCode     string
	PartyMark    string
	Contact      string
	Repository   string
	FewFiles     bool   // at most two files a report: data stand beside the agency
	DatesOnly    bool   // pages show dates of publication and judge nobody by them
	Free         []Link // the free pages, relative to the root
	Meta         []Meta // tags that government sites must carry on every page
}

// Plan makes pages. It holds what does not change from page to page.
type Plan struct {
	Config *config.Site
	Words  Words
	facts  Facts
	tag    lang.Tag
}

// Words gives the interface texts that page data need; render reads them from
// the layouts' words file.
type Words func(key string) string

// New makes a Plan. The free pages stand in the menu of every page.
func New(cfg *config.Site, words Words, free []*Free) *Plan {
	p := &Plan{Config: cfg, Words: words, tag: cfg.Language}
	p.facts = Facts{
		Title: cfg.Title.In(p.tag), Lang: locale.For(p.tag).Code, BaseURL: cfg.BaseURL, Domain: cfg.Domain, Owner: cfg.Owner, ICP: cfg.ICP,
		PoliceRecord: cfg.PoliceRecord, SiteCode: cfg.SiteCode, PartyMark: cfg.PartyMark,
		Contact: cfg.Contact, Repository: cfg.Repository, FewFiles: cfg.FewFiles, DatesOnly: cfg.DatesOnly,
	}
	f := &p.facts
	f.Meta = []Meta{{"SiteName", f.Title}}
	f.Meta = appendMeta(f.Meta, "SiteDomain", f.Domain)
	f.Meta = appendMeta(f.Meta, "SiteIDCode", f.SiteCode)
	for _, m := range [...]Meta{{"ColumnName", "archive"}, {"ColumnDescription", "column-description"},
		{"ColumnKeywords", "column-keywords"}, {"ColumnType", "column-type"}} {
		f.Meta = append(f.Meta, Meta{m.Name, words(m.Content)})
	}
	for _, f := range free {
		p.facts.Free = append(p.facts.Free, Link{Href: sitemap.Of(sitemap.Free).Path.File(sitemap.At{Name: f.Name}), Text: f.Title})
	}
	return p
}

// page fills what all pages have.
func (p *Plan) page(kind Kind, path, title, description string, crumbs []Link) Page {
	pg := Page{
		Kind: kind, Path: path, Root: Root(path), Title: title, Window: title,
		Description: description, Canonical: Address(p.Config.BaseURL, path), Crumbs: crumbs, Site: &p.facts,
	}
	if title != p.facts.Title {
		pg.Window = title + " - " + p.facts.Title
	}
	return pg
}

// Fixed is the data for the parts of a layout that are the same on every page
// of a kind and are therefore executed once.
type Fixed struct {
	Root    string // relative path to the root of the site
	Kind    Kind
	Section Kind // the entry of the main menu that pages of the kind belong to
	Menu    []MenuEntry
	Site    *Facts
}

// MenuEntry is an entry of the main menu.
type MenuEntry struct {
	Kind    Kind   // a key among the words
	Href    string // relative to the root
	Current bool   // the pages of the kind belong to it
}

// Fixed returns the data for the fixed parts of a kind's pages.
func (p *Plan) Fixed(k Kind) Fixed {
	f := Fixed{Kind: k, Section: k.Section(), Site: &p.facts}
	for _, x := range sitemap.Pages {
		if x.Menu == x.Kind {
			f.Menu = append(f.Menu, MenuEntry{x.Kind, x.Kind.Path(), x.Kind == f.Section})
		}
	}
	return f
}

// article adds the tags of a page that is a document of its own.
func (pg *Page) article(published archive.Date, source string) {
	pg.Meta = append(pg.Meta, Meta{"ArticleTitle", pg.Title})
	if published != (archive.Date{}) {
		pg.Meta = append(pg.Meta, Meta{"PubDate", Day(published)})
	}
	pg.Meta = appendMeta(pg.Meta, "ContentSource", source)
	pg.Meta = appendMeta(pg.Meta, "Url", pg.Canonical)
}

func appendMeta(list []Meta, name, content string) []Meta {
	if content == "" {
		return list
	}
	return append(list, Meta{name, content})
}

// home is the first crumb of every page but the home page.
func (p *Plan) home(root string) Link { return Link{root + sitemap.Home.Path(), p.Words("home")} }

// chain are the crumbs from home through the agencies above a.
func (p *Plan) chain(root string, above *archive.Agency) []Link {
	list := make([]Link, 0, 8)
	list = append(list, p.home(root), Link{root + sitemap.Agencies.Path(), p.Words("agencies")})
	if above == nil {
		return list
	}
	for _, x := range above.Chain() {
		list = append(list, Link{root + AgencyPath(x), x.Name})
	}
	return list
}

// Day writes a date as 2025-01-10, and an unknown one as "".
func Day(d archive.Date) string {
	if d == (archive.Date{}) {
		return ""
	}
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}
