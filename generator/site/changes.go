package site

import (
	"cmp"
	"slices"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/release"
	"annals/generator/sitemap"
)

// Changed is a report that ever changed after it was released.
type Changed struct {
	Agency   *archive.Agency
	Year     int
	Form     *form.Form
	Versions []release.Version
}

// Withdrawn is a report that is no longer published.
type Withdrawn struct {
	Agency *archive.Agency
	archive.Withdrawn
}

// ChangesPage lists what changed after it was published, newest first.
type ChangesPage struct {
	Page
	Changes []Change
	Parts   []Link
	Part    int
	Count   int  // of all parts
	Feed    Link // of the changes
	Table   Link // of all values that ever were another one
}

// Change is a line of it, and of the versions of a report.
type Change struct {
	Date    string // of the correction, or of the release
	Kind    string // correction, transcription, otherwise-changed, withdrawal: a key among the words
	Agency  string
	Href    string // the report; "" among its own versions
	Year    int
	Cell    string // "" for what is no cell
	Label   string // what changed
	Was, Is string // "" for text
	Note    string
	URL     string // the agency's notice
	Release string // 0002; "" for a withdrawal
}

// The kinds of changes: the agency corrected itself, the archive its transcription,
// something differs without an entry, and a report was withdrawn.
const (
	agencyCorrected  = "correction"
	archiveCorrected = "transcription"
	otherwise        = "otherwise-changed"
	withdrawal       = "withdrawal"
)

// change makes a line of a change of a report in a form.
func (p *Plan) change(f *form.Form, v release.Version, c release.Change) Change {
	x := Change{Date: cmp.Or(c.Date, v.Date), Kind: otherwise, Note: c.Note, URL: c.URL, Release: release.Number(v.Release)}
	switch c.By {
	case archive.ByAgency:
		x.Kind = agencyCorrected
	case archive.ByArchive:
		x.Kind = archiveCorrected
	}
	if c.Text {
		x.Label = p.Words("changed-text")
		return x
	}
	x.Cell, x.Label = p.cellLabel(f, c.Cell)
	x.Was, x.Is = cmp.Or(c.Was, "∅"), cmp.Or(c.Is, "∅")
	return x
}

// cellLabel returns the id of a cell on the page of a report, "" for what is none,
// and what it is called.
func (p *Plan) cellLabel(f *form.Form, cell string) (id, label string) {
	switch cell {
	case release.Published:
		return "", p.Words("changed-published")
	case release.FormID:
		return "", p.Words("changed-form")
	case release.Title:
		return "", p.Words("changed-title")
	}
	if i, ok := f.Cell(cell); ok {
		return f.Cells[i].ID, f.Cells[i].Label.In(p.tag)
	}
	return "", cell
}

// Changes lists what changed in the archive, newest first.
func (p *Plan) Changes(in *Archive) (list []Change) {
	for _, r := range in.Changed {
		for _, v := range r.Versions {
			for _, c := range v.Changes {
				x := p.change(r.Form, v, c)
				x.Agency, x.Year, x.Href = r.Agency.Name, r.Year, ReportPath(r.Agency, r.Year)
				list = append(list, x)
			}
		}
	}
	for _, w := range in.Withdrawn {
		list = append(list, Change{Date: Day(w.Date), Kind: withdrawal, Agency: w.Agency.Name, Year: w.Year,
			Href: ReportPath(w.Agency, w.Year), Label: p.Words("changed-report"), Note: w.Reason})
	}
	slices.SortStableFunc(list, func(a, b Change) int { return cmp.Compare(b.Date, a.Date) })
	return list
}

// changes plans the pages of what changed; none for an archive without releases.
func (w *walker) changes() (pages []Document) {
	p := w.plan
	if len(w.in.Releases) == 0 {
		return nil
	}
	all := p.Changes(w.in)
	at := func(k int) string { return sitemap.Of(sitemap.Changes).Path.File(sitemap.At{Part: k}) }
	n := parts(len(all))
	for k := 1; k <= n; k++ {
		path := at(k)
		root := Root(path)
		title := p.Words("changes")
		x := &ChangesPage{Page: p.page(sitemap.Changes, path, title, p.Words("changes-description"), []Link{p.home(root), {Text: title}}),
			Part: k, Count: len(all), Changes: slices.Clone(part(all, k)), Parts: partLinks(root, n, k, at),
			Feed: Link{root + sitemap.ChangesFeed, p.Words("changes-feed")}, Table: Link{root + sitemap.Vintages, p.Words("data-vintages")}}
		for i := range x.Changes {
			x.Changes[i].Href = root + x.Changes[i].Href
		}
		pages = append(pages, x)
	}
	return pages
}

// Version is a release in which a report is new or differs.
type Version struct {
	Release, Date string
	Changes       []Change
}

// AddVersions puts the versions of a report on its page, the newest first, and where
// it can be verified.
func (p *Plan) AddVersions(page *ReportPage, list []release.Version, proven bool) {
	if proven && len(list) > 0 {
		page.Verify = page.Root + sitemap.Verify.Path() + "?report=" + sitemap.Address(page.Path)
	}
	f := page.Source.Form
	for _, v := range slices.Backward(list) {
		x := Version{Release: release.Number(v.Release), Date: v.Date}
		for _, c := range v.Changes {
			x.Changes = append(x.Changes, p.change(f, v, c))
		}
		page.Versions = append(page.Versions, x)
	}
}
