package generator

import (
	"annals/generator/archive"
	"annals/generator/check"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/form"
)

// reports reads and binds all reports of an agency, in ascending order of years.
func (p *project) reports(u *unit) (list []*archive.Report, found []diag.Diagnostic) {
	for i := range u.folder.Reports {
		if i > 0 && u.folder.Reports[i].Year == u.folder.Reports[i-1].Year {
			continue // the walk has told that there are two
		}
		r, ds := p.report(u, &u.folder.Reports[i])
		found = append(found, ds...)
		if r != nil {
			list = append(list, r)
		}
	}
	return list, found
}

func (p *project) report(u *unit, f *content.Report) (*archive.Report, []diag.Diagnostic) {
	doc, found := content.ReadDocument(p.files, f.Path)
	if doc == nil {
		return nil, found
	}
	u.saw(doc.File, doc.Hash)
	var attachments []content.Attachment
	for _, a := range f.Attachments {
		x, ds := content.ReadAttachment(p.files, a.Path, "")
		found = append(found, ds...)
		if len(ds) == 0 {
			u.sawAttachment(x)
			found = append(found, x.Traces...)
			attachments = append(attachments, x)
		}
	}
	r, ds := archive.ReadReport(u.agency, f.Year, doc, attachments, p.forms, p.site.Language)
	return r, append(found, ds...)
}

// judged is an agency whose reports have been read and checked.
type judged struct {
	reports  []*archive.Report // not drafts
	findings map[int][]archive.Finding
	rollups  map[int]*archive.Rollup
}

// judge reads an agency's reports, checks them, and leaves in the unit what
// the rest of the archive needs.
func (p *project) judge(u *unit) judged {
	all, found := p.reports(u)
	found = append(found, check.Years(all)...)
	j := judged{findings: map[int][]archive.Finding{}, rollups: map[int]*archive.Rollup{}}
	children, entries := p.below(u)
	for _, r := range all {
		if len(entries) > 0 && !r.Draft {
			sums := archive.RollUp(r.Form, r.Year, children, entries)
			j.rollups[r.Year] = sums
			found = append(found, check.Rollup(r, sums, sameYear(entries, r.Year, r.Form), p.again)...)
		}
	}
	for _, r := range all {
		var mine, others []diag.Diagnostic
		for _, d := range found {
			if r.Holds(d.Place.File) {
				mine = append(mine, d)
			} else {
				others = append(others, d)
			}
		}
		left, accepted := check.Accept(r, mine)
		diag.Sort(left)
		left = diag.Cap(left)
		found = append(others, left...)
		if r.Draft {
			continue
		}
		if p.site.Mark {
			for _, d := range left {
				accepted = append(accepted, archive.Finding{Diagnostic: d})
			}
		}
		j.findings[r.Year] = accepted
		j.reports = append(j.reports, r)
		u.entries = append(u.entries, *entry(r, left, accepted))
	}
	u.reports = found
	u.links(all)
	return j
}

// below returns the agencies that a government is compared with, and their entries.
func (p *project) below(u *unit) ([]*archive.Agency, []*archive.Entry) {
	if u.agency.Kind != archive.Government {
		return nil, nil
	}
	children := u.agency.Reporting()
	var entries []*archive.Entry
	for _, c := range children {
		below := p.byAgency[c].entries
		for i := range below {
			entries = append(entries, &below[i])
		}
	}
	return children, entries
}

func sameYear(entries []*archive.Entry, year int, f *form.Form) []*archive.Entry {
	var list []*archive.Entry
	for _, e := range entries {
		if e.Year == year && e.Form == f {
			list = append(list, e)
		}
	}
	return list
}

// again reads a report a second time, for its places.
func (p *project) again(e *archive.Entry) *archive.Report {
	u := p.byAgency[e.Agency]
	u = &unit{agency: u.agency, folder: u.folder} // its own work is done, and not to be touched
	for i := range u.folder.Reports {
		if f := &u.folder.Reports[i]; f.Year == e.Year {
			r, _ := p.report(u, f)
			return r
		}
	}
	return nil
}

func entry(r *archive.Report, left []diag.Diagnostic, findings []archive.Finding) *archive.Entry {
	e := &archive.Entry{
		Agency: r.Agency, Year: r.Year, Form: r.Form, Title: r.Title, Published: r.Published,
		Corrections: len(r.Corrections), Packed: archive.Pack(r.Facts),
	}
	for _, f := range findings {
		if f.Accepted {
			e.Accepted++
		}
	}
	e.Errors, e.Warnings = diag.Count(left)
	return e
}
