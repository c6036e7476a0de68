package generator

import (
	"slices"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/privacy"
	"annals/generator/site"
	"annals/generator/snapshot"
)

// Built is an archive with the outcome of each of its agencies.
type Built struct {
	*Library
	reader      *reader
	outcomes    []*snapshot.Outcome // by source.index; nil where the work is not done yet
	acrossFound []diag.Diagnostic   // about reports of several agencies
	siteFound   []diag.Diagnostic   // about the site as a whole: links that lead nowhere, pages that would go
}

func newBuilt(l *Library) *Built {
	return &Built{Library: l, reader: &reader{Library: l}, outcomes: make([]*snapshot.Outcome, len(l.sources))}
}

// reporting lists the agencies that a government is compared with; none for others.
func (l *Library) reporting(s *source) []*source {
	if s.agency.Kind != archive.Government {
		return nil
	}
	var list []*source
	for _, c := range s.agency.Reporting() {
		list = append(list, l.of(c))
	}
	return list
}

// below returns the outcomes of the agencies that reporting lists, all of which
// must have been judged.
func (b *Built) below(s *source) []snapshot.Below {
	var list []snapshot.Below
	for _, c := range b.reporting(s) {
		list = append(list, snapshot.Below{Agency: c.agency, Outcome: b.outcomes[c.index]})
	}
	return list
}

// Result collects what all stages found.
func (b *Built) Result() *Result {
	res := &Result{Diagnostics: slices.Concat(b.found, b.siteFound, b.acrossFound), Agencies: len(b.sources)}
	for i, s := range b.sources {
		res.Diagnostics = append(res.Diagnostics, s.found...)
		if o := b.outcomes[i]; o != nil { // nil if the run was stopped before it
			res.Diagnostics = append(res.Diagnostics, o.Diagnostics...)
		}
		res.Reports += len(s.folder.Reports)
	}
	res.Diagnostics = b.afterToday(res.Diagnostics)
	b.name(res.Diagnostics)
	b.setApart(res)
	diag.Sort(res.Diagnostics)
	res.Diagnostics = privacy.Said(diag.Cap(res.Diagnostics))
	return res
}

// Blocked reports whether there is an error that keeps the site from being
// written. Faulty reports may be published, if the settings say so; nothing
// else may be.
func (b *Built) Blocked() bool {
	if diag.Errors(b.found)+diag.Errors(b.siteFound)+diag.Errors(b.acrossFound) > 0 {
		return true
	}
	for i, s := range b.sources {
		if diag.Errors(s.found) > 0 || b.faulty(b.outcomes[i]) {
			return true
		}
	}
	return false
}

func (l *Library) faulty(o *snapshot.Outcome) bool {
	return o != nil && diag.Errors(o.Diagnostics) > 0 && (!l.site.PublishFaulty || slices.ContainsFunc(o.Diagnostics, diag.Diagnostic.Stops))
}

// archive returns the data from which the pages that span agencies are made.
func (b *Built) archive() *site.Archive {
	in := b.tree()
	in.Forms, in.Program = b.formsInUse(), b.opt.Program
	years := map[int]bool{}
	for _, o := range b.outcomes {
		for i := range o.Entries {
			years[o.Entries[i].Year] = true
		}
	}
	in.Years = b.expectedYears(years)
	return in
}

// tree returns the part of archive that Links needs: the agencies and their
// reports.
func (b *Built) tree() *site.Archive {
	in := &site.Archive{
		Reports: func(a *archive.Agency) []archive.Entry { return b.settle(b.of(a)).Entries },
	}
	for _, s := range b.sources {
		if s.agency.Parent == nil {
			in.Roots = append(in.Roots, s.agency)
		}
	}
	return in
}

// formsInUse returns the forms that the archive's pages and data describe:
// those of its reports, and what these are variants of, or, for an archive without reports, all forms in its
// language.
func (b *Built) formsInUse() []*form.Form {
	used := map[*form.Form]bool{}
	for _, o := range b.outcomes {
		for i := range o.Entries {
			used[o.Entries[i].Form] = true
			used[o.Entries[i].Form.Base()] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(b.Forms.Forms()), func(f *form.Form) bool {
		if len(used) == 0 {
			return f.Language.Language != b.site.Language || f.Parent != nil
		}
		return !used[f]
	})
}
