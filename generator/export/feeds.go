package export

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"slices"
	"strconv"

	"annals/generator/archive"
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
	const open, end = xmlHead + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n", "</urlset>\n"
	var full int
	var b []byte
	n := 0
	flush := func(path string) error {
		err := emit(path, append(append([]byte(open), b...), end...))
		b, n = b[:0], 0
		return err
	}
	var failed error
	add := func(path string) {
		if n == maxSitemap && failed == nil {
			full++
			failed = flush("sitemap-" + strconv.Itoa(full) + ".xml")
		}
		b = append(b, "<url><loc>"...)
		b = appendXML(b, site.Address(e.site.BaseURL, path))
		b = append(b, "</loc></url>\n"...)
		n++
	}
	list := func(at sitemap.At) {
		for path := range sitemap.Listed(at) {
			add(path)
		}
	}
	list(sitemap.At{})
	for _, f := range free {
		list(sitemap.At{Name: f.Name})
	}
	for _, y := range in.Years {
		list(sitemap.At{Year: y})
	}
	var down func(agencies []*archive.Agency)
	down = func(agencies []*archive.Agency) {
		for _, a := range agencies {
			list(sitemap.At{Agency: a.Path})
			for _, x := range in.Reports(a) {
				list(sitemap.At{Agency: a.Path, Year: x.Year})
			}
			down(a.Children)
		}
	}
	down(in.Roots)
	if failed != nil {
		return failed
	}
	if full == 0 {
		return flush(sitemap.SitemapFile)
	}
	full++
	if err := flush("sitemap-" + strconv.Itoa(full) + ".xml"); err != nil {
		return err
	}
	index := []byte(xmlHead + `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for i := 1; i <= full; i++ {
		index = append(index, "<sitemap><loc>"...)
		index = appendXML(index, e.site.BaseURL+"sitemap-"+strconv.Itoa(i)+".xml")
		index = append(index, "</loc></sitemap>\n"...)
	}
	return emit(sitemap.SitemapFile, append(index, "</sitemapindex>\n"...))
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
// feed. Its dates are those: the feed does not know the day it is made.
func (e *Exporter) feed(in *site.Archive, emit Emit) error {
	var list []news
	var down func(agencies []*archive.Agency)
	down = func(agencies []*archive.Agency) {
		for _, a := range agencies {
			for _, x := range in.Reports(a) {
				if x.Published != (archive.Date{}) {
					list = append(list, news{a, x.Year, x.Title, x.Published, x.Updated})
				}
			}
			if len(list) > 100*maxFeed {
				slices.SortFunc(list, newer)
				list = list[:maxFeed]
			}
			down(a.Children)
		}
	}
	down(in.Roots)
	slices.SortFunc(list, newer)
	list = list[:min(len(list), maxFeed)]

	updated := "1970-01-01"
	if len(list) > 0 {
		updated = site.Day(list[0].updated)
	}
	b := []byte(xmlHead + `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="` + locale.For(e.tag).Code + `">` + "\n")
	b = appendElement(b, "title", e.site.Title.In(e.tag))
	b = appendElement(b, "id", e.id(sitemap.Home.Path()))
	b = appendElement(b, "updated", midnight(updated))
	author := e.site.Owner
	if author == "" {
		author = e.site.Title.In(e.tag)
	}
	b = append(b, "<author>"...)
	b = appendElement(b, "name", author)
	b = append(b, "</author>\n"...)
	b = appendLink(b, "alternate", "text/html", e.href(sitemap.Home.Path()))
	if e.site.BaseURL != "" { // a reader that has only the file has no way to it otherwise
		b = appendLink(b, "self", "application/atom+xml", e.href(sitemap.FeedFile))
	}
	for _, x := range list {
		path := site.ReportPath(x.agency, x.year)
		b = append(b, "<entry>\n"...)
		b = appendElement(b, "title", x.title)
		b = appendElement(b, "id", e.id(path))
		b = appendElement(b, "published", midnight(site.Day(x.published)))
		b = appendElement(b, "updated", midnight(site.Day(x.updated)))
		b = appendLink(b, "alternate", "text/html", e.href(path))
		b = appendElement(b, "summary", x.agency.Name)
		b = append(b, "</entry>\n"...)
	}
	return emit(sitemap.FeedFile, append(b, "</feed>\n"...))
}

// href is a page's address in the feed, which lies at the root of the site.
func (e *Exporter) href(path string) string {
	if e.site.BaseURL == "" {
		return path
	}
	return site.Address(e.site.BaseURL, path)
}

// id names a page for ever: its address, or a name made of its path.
func (e *Exporter) id(path string) string {
	if e.site.BaseURL != "" {
		return site.Address(e.site.BaseURL, path)
	}
	sum := sha256.Sum256([]byte(path))
	h := sum[:16]
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80 // a UUID of version 8: made by the program's own rule
	s := hex.EncodeToString(h)
	return "urn:uuid:" + s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

func appendElement(b []byte, name, text string) []byte {
	b = append(b, '<')
	b = append(b, name...)
	b = append(b, '>')
	b = appendXML(b, text)
	b = append(b, "</"...)
	b = append(b, name...)
	return append(b, ">\n"...)
}

// midnight is the time of a day of which no more is known.
func midnight(day string) string { return day + "T00:00:00Z" }

func appendLink(b []byte, rel, mime, href string) []byte {
	b = append(b, `<link rel="`+rel+`" type="`+mime+`" href="`...)
	b = appendXML(b, href)
	return append(b, "\"/>\n"...)
}

func appendXML(b []byte, s string) []byte {
	w := bytes.NewBuffer(b)
	_ = xml.EscapeText(w, []byte(s)) // a Buffer does not fail
	return w.Bytes()
}
