package generator

import (
	"slices"
	"strings"

	"annals/generator/archive"
	"annals/generator/config"
	"annals/generator/diag"
	"annals/generator/form"
)

// private reports whether a finding about a report in form f is not published:
// what a report says and how likely it is are for its agency to judge, unless
// the settings name the rule.
func (l *Library) private(f *form.Form, d *diag.Diagnostic) bool {
	return about(f, d).Private() && !l.named(d)
}

func (l *Library) named(d *diag.Diagnostic) bool {
	return slices.ContainsFunc(l.site.PublishFindings, func(r config.Named) bool { return r.Name == d.Counted() })
}

// listed reports whether quality/findings.json has the finding: those about
// figures, which anyone can compute again, and about what was published before.
func (l *Library) listed(f *form.Form, d *diag.Diagnostic) bool {
	x := about(f, d)
	return l.named(d) || d.Severity != diag.Notice && (x == diag.AboutArithmetic || x == diag.AboutRecord)
}

// about says what a finding is about; its rule is the program's or a relation of
// the form.
func about(f *form.Form, d *diag.Diagnostic) diag.About {
	id := d.Counted()
	rule, ofProgram := diag.Lookup(id)
	if i := slices.IndexFunc(f.Relations, func(r *form.Relation) bool { return r.ID == id }); !ofProgram && i >= 0 {
		return f.Relations[i].About
	}
	return rule.About
}

// publishes reports the names in publish_findings that are of no rule whose
// findings would not be published otherwise.
func (l *Library) publishes() {
	var known []string
	for _, r := range diag.Rules() {
		if r.About.Private() {
			known = append(known, r.ID)
		}
	}
	for _, f := range l.Forms.Forms() {
		for _, r := range f.Relations {
			if r.About.Private() && !slices.Contains(known, r.ID) {
				known = append(known, r.ID)
			}
		}
	}
	for _, r := range l.site.PublishFindings {
		if !slices.Contains(known, r.Name) {
			l.found = append(l.found, diag.New("setting/rule", r.Span.In(config.File), "text", r.Name, "known", strings.Join(known, ", ")))
		}
	}
}

// shown returns the findings about a report in form f that its page shows: those that are
// accepted, with the reason; those of rules that the settings name; and where
// faulty reports are published, or an error is in the baseline, errors, and warnings of rules that are not private.
func (l *Library) shown(f *form.Form, left []diag.Diagnostic, accepted []archive.Finding) []archive.Finding {
	list := slices.Clone(accepted)
	for i := range list {
		list[i].Private = l.private(f, &list[i].Diagnostic)
	}
	for i := range left {
		d := &left[i]
		fault := d.Severity == diag.Error && !d.Raised || (d.Severity == diag.Warning || d.Raised) && !l.private(f, d)
		if l.named(d) || (l.site.PublishFaulty || d.Known != "" && d.Severity == diag.Error) && fault {
			list = append(list, archive.Finding{Diagnostic: *d})
		}
	}
	return list
}

// entry makes the entry of a report, with the findings about it that are left and
// those that it accepts, as far as they are published.
func (l *Library) entry(r *archive.Report, left []diag.Diagnostic, accepted []archive.Finding) archive.Entry {
	e := archive.Entry{
		Agency: r.Agency, Year: r.Year, Form: r.Form, Title: r.Title, Published: r.Published, FromPage: r.FromPage, Updated: r.Updated(),
		Corrections: r.Corrected(), Packed: archive.Pack(r.BaseFacts()), Errors: diag.Errors(left),
	}
	for _, d := range left {
		if d.Known != "" && d.Severity == diag.Error && !d.Raised {
			e.Errors++
		}
	}
	add := func(f archive.Finding) {
		if l.listed(r.Form, &f.Diagnostic) {
			e.Departures = append(e.Departures, f.Departure(l.site.Language))
		}
	}
	for _, f := range accepted {
		if !l.private(r.Form, &f.Diagnostic) {
			e.Accepted++
		}
		add(f)
	}
	for _, d := range left {
		add(archive.Finding{Diagnostic: d})
	}
	return e
}
