package export

import (
	"cmp"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"annals/generator/archive"
	"annals/generator/htmltext"
	"annals/generator/locale"
	"annals/generator/site"
	"annals/generator/sitemap"
)

const (
	maxSitemap = 50_000 // addresses in a sitemap, by the protocol
	maxFeed    = 50     // entries of the feed
	xmlHead    = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
)

// feeds writes robots.txt, the sitemap and the feed. A sitemap holds absolute
// addresses, so that there is none where the site has no base_url.
func (e *Exporter) feeds(in *site.Archive, free []*site.Free, emit Emit) error {
	robots := "User-agent: *\nAllow: /\n"
	if e.site.BaseURL != "" {
		robots += "Sitemap: " + e.site.BaseURL + sitemap.SitemapFile + "\n"
		if err := e.sitemap(in, free, emit); err != nil {
			return err
		}
	}
	if err := emit(sitemap.RobotsFile, []byte(robots)); err != nil {
		return err
	}
	return e.feed(in, emit)
}

// sitemap lists the pages. More than a sitemap may hold are cut into several,
// and sitemap.xml is their index.
func (e *Exporter) sitemap(in *site.Archive, free []*site.Free, emit Emit) error {
	var pages []string
	list := func(at sitemap.At) { pages = slices.AppendSeq(pages, sitemap.Listed(at)) }
	list(sitemap.At{})
	for _, f := range free {
		list(sitemap.At{Name: f.Name})
	}
	if len(in.Releases) > 0 {
		pages = append(pages, sitemap.Changes.Path())
	}
	if in.Proven {
		pages = append(pages, sitemap.Verify.Path())
	}
	for _, y := range in.Years {
		list(sitemap.At{Year: y})
	}
	for a := range archive.Each(in.Roots) {
		list(sitemap.At{Agency: a.Path})
		for _, x := range in.Reports(a) {
			list(sitemap.At{Agency: a.Path, Year: x.Year})
		}
	}
	if len(pages) <= maxSitemap {
		return emit(sitemap.SitemapFile, e.urls(pages))
	}
	index := []byte(xmlHead + `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	n := 0
	for some := range slices.Chunk(pages, maxSitemap) {
		n++
		name := "sitemap-" + strconv.Itoa(n) + ".xml"
		if err := emit(name, e.urls(some)); err != nil {
			return err
		}
		index = htmltext.Join(index, "<sitemap><loc>", xmlText(e.site.BaseURL+name), "</loc></sitemap>\n")
	}
	return emit(sitemap.SitemapFile, append(index, "</sitemapindex>\n"...))
}

// urls is a sitemap of pages.
func (e *Exporter) urls(pages []string) []byte {
	b := []byte(xmlHead + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, path := range pages {
		b = htmltext.Join(b, "<url><loc>", xmlText(site.Address(e.site.BaseURL, path)), "</loc></url>\n")
	}
	return append(b, "</urlset>\n"...)
}

// news is a report in the feed.
type news struct {
	agency    *archive.Agency
	year      int
	title     string
	published archive.Date
	updated   archive.Date
}

func newer(a, b news) int {
	return cmp.Or(b.updated.Compare(a.updated), cmp.Compare(a.agency.Path, b.agency.Path), cmp.Compare(b.year, a.year))
}

// feed writes the reports that were published or corrected last, as an Atom
// feed. All its dates are dates of reports, none is the time of the build, so
// that the same input gives the same bytes.
func (e *Exporter) feed(in *site.Archive, emit Emit) error {
	var list []news
	for a := range archive.Each(in.Roots) {
		for _, x := range in.Reports(a) {
			if x.Published != (archive.Date{}) {
				list = append(list, news{a, x.Year, x.Title, x.Published, x.Updated})
			}
		}
		if len(list) > 100*maxFeed {
			slices.SortFunc(list, newer)
			list = list[:maxFeed]
		}
	}
	slices.SortFunc(list, newer)
	list = list[:min(len(list), maxFeed)]

	updated := "1970-01-01"
	if len(list) > 0 {
		updated = site.Day(list[0].updated)
	}
	self := ""
	if e.site.BaseURL != "" { // without base_url a feed reader could not resolve relative links
		self = e.link("self", "application/atom+xml", sitemap.FeedFile)
	}
	title := e.site.Title.In(e.tag)
	b := htmltext.Join(nil, xmlHead, `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="`, locale.For(e.tag).Code, "\">\n",
		element("title", title), element("id", e.id(sitemap.Home.Path())), element("updated", midnight(updated)),
		"<author>", element("name", cmp.Or(e.site.Owner, title)), "</author>\n", e.page(sitemap.Home.Path()), self)
	for _, x := range list {
		path := site.ReportPath(x.agency, x.year)
		b = htmltext.Join(b, "<entry>\n", element("title", x.title), element("id", e.id(path)),
			element("published", midnight(site.Day(x.published))), element("updated", midnight(site.Day(x.updated))),
			e.page(path), element("summary", x.agency.Name), "</entry>\n")
	}
	return emit(sitemap.FeedFile, append(b, "</feed>\n"...))
}

// link is a link element to a file of the site; the feed is at the root, so the
// path is relative to it.
func (e *Exporter) link(rel, mime, path string) string {
	href := cmp.Or(site.Address(e.site.BaseURL, path), path)
	return `<link rel="` + rel + `" type="` + mime + `" href="` + xmlText(href) + "\"/>\n"
}

func (e *Exporter) page(path string) string { return e.link("alternate", "text/html", path) }

// id returns the permanent identifier of a page: its absolute address, or,
// without base_url, a UUID made from its path.
func (e *Exporter) id(path string) string {
	if e.site.BaseURL != "" {
		return site.Address(e.site.BaseURL, path)
	}
	sum := sha256.Sum256([]byte(path))
	h := sum[:16]
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80 // a UUID of version 8: made by the program's own rule
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:])
}

// midnight turns a date without a time of day into the time format of Atom.
func midnight(day string) string { return day + "T00:00:00Z" }

func element(name, text string) string { return "<" + name + ">" + xmlText(text) + "</" + name + ">\n" }

func xmlText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}
