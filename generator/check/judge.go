package check

import (
	"slices"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
)

// Judge decides what comes of the findings about a report: all findings in its
// files, those within it, across its agency's years, and against its agency's
// children. It is the one place where
//
//   - what a rule finds in reports of years before it applies is dropped
//     (diag.Commencement.Since);
//   - an error becomes a warning where the report is older than the rule
//     (diag.Commencement.Lowers), but of rules about the record and about privacy;
//   - what the report accepts is taken out (Accept);
//   - with explain (warnings: explain), a warning that is left becomes an error,
//     unless the report is older than its rule, or the rule's findings cannot be
//     accepted;
//   - each finding gets its place in words (diag.Diagnostic.Where).
//
// released is the version of the program that made the first release with the
// report, or "".
func Judge(r *archive.Report, released string, explain bool, list []diag.Diagnostic) (left []diag.Diagnostic, accepted []archive.Finding) {
	s := diag.Subject{Year: r.Year, Released: released}
	if r.Published != (archive.Date{}) {
		s.Published = r.Published.String()
	}
	var current []diag.Diagnostic
	for _, d := range list {
		about, c := commencement(r, &d)
		if r.Year < c.Since {
			continue
		}
		if about != diag.AboutRecord && about != diag.AboutPrivacy && c.Lowers(s) {
			d.Lowered, d.Severity = true, max(d.Severity, diag.Warning)
		}
		current = append(current, d)
	}
	left, accepted = Accept(r, current)
	for i := range left {
		d := &left[i]
		if explain && d.Severity == diag.Warning && !d.Lowered && acceptable(r, counted(d)) {
			d.Severity, d.Raised = diag.Error, true
		}
		d.Where = r.Where(d)
	}
	return left, accepted
}

// counted is the rule of a finding, or, of a count of findings, theirs.
func counted(d *diag.Diagnostic) string {
	if d.Omitted != nil && d.Omitted.Rule != "" {
		return d.Omitted.Rule
	}
	return d.Rule
}

// commencement returns what the rule of a finding is about, and from when on it is
// in force.
func commencement(r *archive.Report, d *diag.Diagnostic) (diag.About, diag.Commencement) {
	id := counted(d)
	if rule, ok := diag.Lookup(id); ok {
		return rule.About, rule.Commencement
	}
	if i := slices.IndexFunc(r.Form.Relations, func(rel *form.Relation) bool { return rel.ID == id }); i >= 0 {
		return r.Form.Relations[i].About, r.Form.Relations[i].Commencement
	}
	return diag.AboutArithmetic, diag.Commencement{Added: diag.First} // of a form that it is a variant of
}
