package generator

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"annals/generator/archive"
	"annals/generator/check"
	"annals/generator/content"
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
		b.settle(s, l.read)
		return nil
	})
	b.siteFound = b.deadLinks(l.sources, true)
	return b.Result(), err
}

// filed is a report as its file gives it.
type filed struct {
	report *archive.Report // nil if there is none that can be read
	found  []diag.Diagnostic
	files  snapshot.Files // paths and hashes of what was read
}

// reader gives the report that a file of an agency holds.
type reader func(s *source, f *content.Report) filed

// read reads and binds one report and its attachments.
func (l *Library) read(s *source, f *content.Report) filed {
	doc, found := content.ReadDocument(l.files, f.Path)
	if doc == nil {
		return filed{found: found}
	}
	return l.bind(s, f, doc, found, l.attachments(f))
}

// attached are the attachments of a report.
type attached struct {
	list  []content.Attachment
	found []diag.Diagnostic
}

func (l *Library) attachments(f *content.Report) (a attached) {
	for _, x := range f.Attachments {
		read, found := content.ReadAttachment(l.files, x.Path, "")
		a.found = append(a.found, found...)
		if len(found) == 0 {
			a.found = append(a.found, read.Traces...)
			a.list = append(a.list, read)
		}
	}
	return a
}

func (l *Library) bind(s *source, f *content.Report, doc *content.Document, found []diag.Diagnostic, a attached) filed {
	files := snapshot.Files{{Path: doc.File, Sum: doc.Hash}}
	for _, x := range a.list {
		var sum [sha256.Size]byte
		if n, err := hex.Decode(sum[:], []byte(x.SHA256)); err == nil && n == len(sum) {
			files = append(files, snapshot.File{Path: x.File, Sum: sum})
		}
	}
	found = append(found, a.found...)
	r, more := archive.ReadReport(s.agency, f.Year, doc, a.list, l.Forms, l.site.Language)
	return filed{report: r, found: append(found, more...), files: files}
}

// judge reads an agency's reports and checks them: each by itself, against
// those of the years beside it, and against the agencies below. It returns what
// the agency's pages show, and what the rest of the archive needs.
func (l *Library) judge(s *source, below []snapshot.Below, read reader) (*site.Agency, *snapshot.Outcome) {
	o := &snapshot.Outcome{Files: slices.Clone(s.files), Refs: site.Refs(s.agency.Body)}
	var all []*archive.Report // in ascending years
	var found []diag.Diagnostic
	for i := range s.folder.Reports {
		f := &s.folder.Reports[i]
		if i > 0 && f.Year == s.folder.Reports[i-1].Year {
			continue // the walk has told that there are two
		}
		x := read(s, f)
		found = append(found, x.found...)
		for _, file := range x.files {
			o.Files.Saw(file.Path, file.Sum)
		}
		if x.report != nil {
			all = append(all, x.report)
			o.Refs = append(o.Refs, site.Refs(x.report.Body)...)
		}
	}
	found = append(found, check.Years(all)...)
	pages := &site.Agency{
		Agency: s.agency, Forms: l.Forms.Forms(),
		Findings: map[int][]archive.Finding{}, Rollups: map[int]*archive.Rollup{},
	}
	children, entries := compared(below)
	for _, r := range all {
		if len(entries) > 0 && !r.Draft {
			sums := archive.RollUp(r.Form, r.Year, children, entries)
			pages.Rollups[r.Year] = sums
			found = append(found, check.Rollup(r, sums, sameYear(entries, r.Year, r.Form), func(e *archive.Entry) *archive.Report {
				return l.quoted(e, below, read, &o.Torn)
			})...)
		}
	}
	for _, r := range all {
		var left []diag.Diagnostic
		var findings []archive.Finding
		found, left, findings = l.accept(r, found)
		if !r.Draft {
			pages.Findings[r.Year] = findings
			pages.Reports = append(pages.Reports, r)
			o.Entries = append(o.Entries, entry(r, left, findings))
		}
	}
	o.Diagnostics = found
	return pages, o
}

// accept takes out of what was found in an agency what one of its reports
// accepts. It returns the rest, what of it is about that report, and what the
// report's page shows.
func (l *Library) accept(r *archive.Report, found []diag.Diagnostic) (rest, left []diag.Diagnostic, findings []archive.Finding) {
	var own []diag.Diagnostic
	for _, d := range found {
		if r.Holds(d.Place.File) {
			own = append(own, d)
		} else {
			rest = append(rest, d)
		}
	}
	left, findings = check.Accept(r, own)
	diag.Sort(left)
	left = diag.Cap(left)
	if l.site.PublishFaulty && !r.Draft {
		for _, d := range left {
			findings = append(findings, archive.Finding{Diagnostic: d})
		}
	}
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
	return slices.DeleteFunc(slices.Clone(entries), func(e *archive.Entry) bool { return e.Year != year || e.Form != f })
}

// quoted reads a report below once more, for the places of its cells. It notes
// if that is not the report any more that the figures are from.
func (l *Library) quoted(e *archive.Entry, below []snapshot.Below, read reader, torn *bool) *archive.Report {
	s := l.of(e.Agency)
	f := s.report(e.Year)
	if f == nil {
		return nil
	}
	x := read(s, f)
	i := slices.IndexFunc(below, func(b snapshot.Below) bool { return b.Agency == e.Agency })
	was, _ := below[i].Outcome.Files.Sum(f.Path)
	if len(x.files) == 0 || x.files[0].Sum != was {
		*torn = true
	}
	return x.report
}

func entry(r *archive.Report, left []diag.Diagnostic, findings []archive.Finding) archive.Entry {
	e := archive.Entry{
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
