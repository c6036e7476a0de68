package generator

import (
	"context"
	"slices"

	"annals/generator/archive"
	"annals/generator/check"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/site"
	"annals/generator/snapshot"
)

// Check reads and checks everything and writes nothing.
func Check(ctx context.Context, opt Options) (*Result, error) {
	l, err := load(ctx, opt, nil)
	if err != nil {
		return nil, err
	}
	b := newBuilt(l)
	err = l.eachSource(ctx, func(s *source) error {
		b.settle(s)
		return nil
	})
	if err == nil {
		b.siteFound, b.acrossFound = b.deadLinks(l.sources, true), b.across()
	}
	return b.Result(), err
}

// judge reads an agency's reports and checks them: each by itself, against
// those of the years beside it, and against the agencies below. It returns the
// data of the agency's pages, and the outcome that the rest of the archive
// needs.
func (b *Built) judge(s *source) (*site.Agency, *snapshot.Outcome) {
	below := b.below(s)
	o := &snapshot.Outcome{Files: slices.Clone(s.files), Refs: site.Refs(s.agency.Body)}
	var all []*archive.Report // in ascending years
	var found []diag.Diagnostic
	for i := range s.folder.Reports {
		f := &s.folder.Reports[i]
		if i > 0 && f.Year == s.folder.Reports[i-1].Year {
			continue // the walk has reported the second file of the year
		}
		x := b.reader.report(s, f)
		found = append(found, x.found...)
		for _, file := range x.files {
			o.Files.Saw(file.Path, file.Sum)
		}
		if x.report != nil {
			all = append(all, x.report)
			o.Refs = append(o.Refs, site.Refs(x.report.Body)...)
		}
	}
	pages := &site.Agency{
		Agency: s.agency, Forms: b.Forms.Forms(), Findings: map[int][]archive.Finding{}, Checked: map[int]archive.Checked{}, Moved: b.moved(s, all),
	}
	if b.opt.Release == nil && b.record.Empty() {
		o.Unreleased = true
	} else {
		found = append(found, b.compare(s, all, o)...)
		found = append(found, b.versions(s, all, o, pages)...)
	}
	for _, r := range all {
		if r.Withdrawn != nil && !r.Draft {
			o.Withdrawn = append(o.Withdrawn, archive.Withdrawn{Year: r.Year, Withdrawal: *r.Withdrawn})
		}
	}
	pages.Withdrawn = o.Withdrawn
	all = slices.DeleteFunc(all, func(r *archive.Report) bool { return r.Withdrawn != nil })
	more, records := check.Years(all)
	found = append(found, more...)
	inTexts, mentioned := b.texts(s, all, o)
	found = append(found, once(found, inTexts)...)
	children, entries := compared(below)
	sums := make([]*archive.Rollup, len(all))
	for i, r := range all {
		found = append(found, check.Late(r, b.site)...)
		if len(children) > 0 && !r.Draft {
			sums[i] = archive.RollUp(r.Form, r.Year, children, entries)
			found = append(found, check.Rollup(records[i], sums[i], sameYear(entries, r.Year, r.Form), func(e *archive.Entry) *archive.Report {
				return b.quoted(e, below, &o.Torn)
			})...)
		}
	}
	if b.opt.AsOf != nil {
		found = nil // of the past nothing can be mended
	}
	accepted := check.Accepted{}
	for i, r := range all {
		var left []diag.Diagnostic
		var findings []archive.Finding
		found, left, findings = b.accept(r, found)
		checked := records[i].Settle(accepted, findings)
		checked.Below, checked.Text = sums[i], mentioned[i]
		if !r.Draft {
			e := b.entry(r, left, findings)
			e.Checked = checked.Tally.Pack()
			pages.Findings[r.Year], pages.Checked[r.Year] = b.shown(r.Form, left, findings), checked
			pages.Reports = append(pages.Reports, r)
			o.Entries = append(o.Entries, e)
		}
	}
	o.Diagnostics = found
	return pages, o
}

// accept removes from found, the diagnostics of an agency, those that the
// report r accepts. It returns the remaining diagnostics, those of them that
// are about r, and the findings that r accepts.
func (b *Built) accept(r *archive.Report, found []diag.Diagnostic) (rest, left []diag.Diagnostic, findings []archive.Finding) {
	var own []diag.Diagnostic
	for _, d := range found {
		if r.Holds(d.Place.File) {
			own = append(own, d)
		} else {
			rest = append(rest, d)
		}
	}
	left, findings = check.Judge(accepting(r, false), b.record.Of(r.Agency.Path).Released(r.Year), b.site.Explain, own)
	left = capped(b.recognise(left))
	return append(rest, left...), left, findings
}

// compared lists the agencies below a government, and all of their entries.
func compared(below []snapshot.Below) (children []*archive.Agency, entries []*archive.Entry) {
	for _, x := range below {
		children = append(children, x.Agency)
		for i := range x.Outcome.Entries {
			entries = append(entries, &x.Outcome.Entries[i])
		}
	}
	return children, entries
}

func sameYear(entries []*archive.Entry, year int, f *form.Form) []*archive.Entry {
	return slices.DeleteFunc(slices.Clone(entries), func(e *archive.Entry) bool { return e.Year != year || e.Form.Base() != f.Base() })
}

// quoted reads the report of an agency below once more, for the places of its
// cells. It sets torn if the file has changed since its figures were read.
func (b *Built) quoted(e *archive.Entry, below []snapshot.Below, torn *bool) *archive.Report {
	s := b.of(e.Agency)
	f := s.report(e.Year)
	if f == nil {
		return nil
	}
	x := b.reader.report(s, f)
	i := slices.IndexFunc(below, func(x snapshot.Below) bool { return x.Agency == e.Agency })
	was, _ := below[i].Outcome.Files.Sum(f.Path)
	if len(x.files) == 0 || x.files[0].Sum != was {
		*torn = true
	}
	return x.report
}
