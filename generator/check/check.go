// Package check finds what is wrong with reports that could be read: within a
// report, across an agency's years, and between a government and the agencies
// below it.
//
// What is checked falls into two kinds. Relations are declared by the forms as
// equations and judged by one engine (relations.go); everything else is a
// function in a file of its own. Both return diagnostics and change nothing.
//
// One fault should be reported once. A wrong number breaks every equation in
// which it occurs, so the engine does not report each of these equations:
//
//   - A derived cell (a total) is judged once, against its parts. Its
//     recomputed value is kept beside the printed one, and another equation that
//     holds with either of them is not reported.
//   - If an equation along a row and one along a column fail by the same
//     difference, the cell in which they cross explains both: one diagnostic
//     names the cell and the value that would resolve both, and equations that
//     hold with that value are not reported.
//   - All failing columns of one relation are one diagnostic.
//
// Blank and not applicable cells are not zero: an equation with one is not
// assessable, and the blank-cell warning says which.
package check

import (
	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
)

// Years checks all reports of one agency, in ascending order of years: each by
// itself, and each against the one of the year before. It returns a record for
// each report.
func Years(reports []*archive.Report) (found []diag.Diagnostic, records []*Record) {
	var before *sheet
	moved := leaps{away: map[string]bool{}}
	for _, r := range reports {
		found = append(found, expected(r)...)
		found = append(found, sections(r)...)
		found = append(found, freeTables(r)...)
		found = append(found, title(r)...)
		found = append(found, power(r)...)
		now := newSheet(r)
		found = append(found, now.report()...)
		follows := before != nil && before.r.Year == r.Year-1
		if follows {
			found = append(found, now.years(before)...)
			found = append(found, moved.judge(newPair(now, before, nil))...)
		}
		if !follows || before.r.Draft && !r.Draft { // a draft's figures are not published
			now.record.none(form.InYears, archive.NoLastYear)
		}
		found = append(found, blanks(now)...)
		before, records = now, append(records, now.record)
	}
	return found, records
}

// expected reports a report that its agency should not have.
func expected(r *archive.Report) []diag.Diagnostic {
	a := r.Agency
	switch {
	case !a.Reports():
		return []diag.Diagnostic{diag.New("unknown-agency/region", a.NameSpan.In(a.File), "year", r.Year).
			With(r.Key.In(r.File), diag.Say("unknown-agency/here"))}
	case !a.Expected(r.Year):
		return []diag.Diagnostic{diag.New("unknown-agency/not-expected", r.Key.In(r.File),
			"year", r.Year, "since", yearOrDash(a.Since), "until", yearOrDash(a.Until))}
	}
	return nil
}
