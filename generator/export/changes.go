package export

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"annals/generator/htmltext"
	"annals/generator/locale"
	"annals/generator/release"
	"annals/generator/site"
	"annals/generator/sitemap"
)

// changes writes the feed of what changed after it was published, and the table of
// the values that ever were another one; neither for an archive without releases.
func (e *Exporter) changes(in *site.Archive, emit Emit) ([]site.DataFile, error) {
	if len(in.Releases) == 0 {
		return nil, nil
	}
	if err := e.changesFeed(in, emit); err != nil {
		return nil, err
	}
	b := []byte(byteOrderMark + "path,agency,year,cell,value,known_from,known_to,by\r\n")
	rows := 0
	for _, r := range in.Changed {
		for _, v := range vintages(r.Versions) {
			b = appendFields(b, r.Agency.Path, r.Agency.Name, strconv.Itoa(r.Year), v.cell, v.value, v.from, v.to, v.by)
			b = append(b, "\r\n"...)
			rows++
		}
	}
	if err := emit(sitemap.Vintages, b); err != nil {
		return nil, err
	}
	return []site.DataFile{{Href: "vintages.csv", Title: e.words("data-vintages"), Rows: rows}}, nil
}

// changesFeed writes what changed as an Atom feed.
func (e *Exporter) changesFeed(in *site.Archive, emit Emit) error {
	list := site.New(e.site, e.words, nil).Changes(in)
	list = list[:min(len(list), maxFeed)]
	updated := in.Releases[0].Date
	if len(list) > 0 {
		updated = list[0].Date
	}
	up := site.Root(sitemap.ChangesFeed)
	if e.site.BaseURL != "" {
		up = ""
	}
	page := func(path string) string {
		return `<link rel="alternate" type="text/html" href="` + xmlText(up+cmp.Or(site.Address(e.site.BaseURL, path), path)) + "\"/>\n"
	}
	title := e.words("changes") + " - " + e.site.Title.In(e.tag)
	b := htmltext.Join(nil, xmlHead, `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="`, locale.For(e.tag).Code, "\">\n",
		element("title", title), element("id", e.id(sitemap.ChangesFeed)), element("updated", midnight(updated)),
		"<author>", element("name", cmp.Or(e.site.Owner, title)), "</author>\n", page(sitemap.Changes.Path()))
	for _, x := range list {
		sum := sha256.Sum256([]byte(x.Date + "\x00" + x.Kind + "\x00" + x.Label + "\x00" + x.Was + "\x00" + x.Is + "\x00" + x.Note))
		says := x.Label
		if x.Was != "" {
			says += " " + x.Was + " → " + x.Is
		}
		if x.Note != "" {
			says += " " + x.Note
		}
		b = htmltext.Join(b, "<entry>\n", element("title", e.words(x.Kind)+" - "+x.Agency+" "+strconv.Itoa(x.Year)),
			element("id", e.id(x.Href)+"#"+hex.EncodeToString(sum[:8])), element("updated", midnight(x.Date)),
			`<category term="`, x.Kind, "\"/>\n", page(x.Href), element("summary", says), "</entry>\n")
	}
	return emit(sitemap.ChangesFeed, append(b, "</feed>\n"...))
}

// vintage is a value of a cell and the days on which it began and ceased to be
// known: those of releases, or, of what was corrected before the first, of the
// entries. By is who put another value in its place.
type vintage struct{ cell, value, from, to, by string }

func vintages(versions []release.Version) (list []vintage) {
	last := map[string]int{} // by cell: the index of its newest vintage
	for i, v := range versions {
		for _, c := range v.Changes {
			if c.Text {
				continue
			}
			date := v.Date
			if i == 0 {
				date = c.Date
			}
			k, known := last[c.Cell]
			switch {
			case !known && i == 0:
				list = append(list, vintage{cell: c.Cell, value: c.Was, to: date, by: c.By})
			case !known:
				list = append(list, vintage{cell: c.Cell, value: c.Was, from: versions[0].Date, to: date, by: c.By})
			case list[k].from == date: // a value that no release had
				list[k].value = c.Is
				continue
			default:
				list[k].to, list[k].by = date, c.By
			}
			last[c.Cell] = len(list)
			list = append(list, vintage{cell: c.Cell, value: c.Is, from: date})
		}
	}
	slices.SortStableFunc(list, func(a, b vintage) int { return cmp.Compare(a.cell, b.cell) })
	return list
}
