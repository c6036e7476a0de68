package site

import (
	"strconv"

	"annals/generator/archive"
	"annals/generator/sitemap"
)

// Moved is an address that leads on: the page of an agency, or of its report of a
// year, before the agency moved.
type Moved struct {
	From string // the agency's path then
	Year int    // 0 for the agency's own page
}

// MovedPage stands at an address that leads on.
type MovedPage struct {
	Page
	To Link
}

// Moved makes the page at an old address.
func (p *Plan) Moved(a *archive.Agency, m Moved) *MovedPage {
	at := sitemap.At{Agency: m.From, Year: m.Year}
	path, to, title := agencyPage.File(at), AgencyPath(a), a.Name
	if m.Year != 0 {
		path, to, title = reportPage.File(at), ReportPath(a, m.Year), a.Name+" "+strconv.Itoa(m.Year)
	}
	root := Root(path)
	x := &MovedPage{Page: p.page(sitemap.Moved, path, title, p.Words("moved-description"), append(p.chain(root, nil), Link{Text: title})),
		To: Link{root + to, title}}
	x.Canonical = Address(p.Config.BaseURL, to)
	return x
}

// WithdrawnPage stands in place of a report that is no longer published.
type WithdrawnPage struct {
	Page
	Agency       Link
	Year         int
	Date, Reason string
}

// Withdrawn makes the page of a report that is no longer published.
func (p *Plan) Withdrawn(a *archive.Agency, w archive.Withdrawn) *WithdrawnPage {
	path := ReportPath(a, w.Year)
	root := Root(path)
	year := strconv.Itoa(w.Year)
	return &WithdrawnPage{Page: p.page(sitemap.Withdrawn, path, a.Name+" "+year, p.Words("withdrawn-description"), append(p.chain(root, a), Link{Text: year})),
		Agency: Link{root + AgencyPath(a), a.Name}, Year: w.Year, Date: Day(w.Date), Reason: w.Reason}
}
