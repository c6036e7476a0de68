package check

import (
	"slices"
	"strings"

	"annals/generator/archive"
	"annals/generator/diag"
)

// Accept removes from the list the findings that the report accepts, because the
// official document has them; they are published with their reason. left holds the
// others, and a finding for each entry of the report's accept list that matches
// none.
//
// All findings about the report must be in the list: those within it, across
// its agency's years, and against its agency's children.
func Accept(r *archive.Report, list []diag.Diagnostic) (left []diag.Diagnostic, accepted []archive.Finding) {
	used := make([]bool, len(r.Accepts))
	for _, d := range list {
		i := accepting(r, d)
		if i < 0 {
			left = append(left, d)
			continue
		}
		used[i] = true
		accepted = append(accepted, archive.Finding{Diagnostic: d, Accepted: true, Reason: r.Accepts[i].Reason})
	}
	for i, a := range r.Accepts {
		if !used[i] {
			left = append(left, unused(r, a))
		}
	}
	return left, accepted
}

// accepting returns the entry that accepts the finding, or -1. An entry for a
// row or a table accepts the findings on its cells; one for a cell does not
// accept a finding that is about more than this cell. If a row and a column cross
// in the likely mistake, an entry may name that cell or either of the totals.
func accepting(r *archive.Report, d diag.Diagnostic) int {
	if !r.Holds(d.Place.File) || !acceptable(r, d.Rule) {
		return -1
	}
	for i, a := range r.Accepts {
		if a.Rule == d.Rule && (a.Cell == "" || covers(a.Cell, d.Cell) || slices.ContainsFunc(d.Also, func(c string) bool { return covers(a.Cell, c) })) {
			return i
		}
	}
	return -1
}

// covers reports whether the entry names the cell, or its row or table.
func covers(entry, cell string) bool { return entry == cell || strings.HasPrefix(cell, entry+".") }

// acceptable reports whether findings of the rule may be accepted. Those of the
// form's relations may; for the program's own rules diag says it.
func acceptable(r *archive.Report, rule string) bool {
	if known, ok := diag.Lookup(rule); ok {
		return known.Acceptable
	}
	return true
}

// unused reports an entry that accepts nothing.
func unused(r *archive.Report, a archive.Accept) diag.Diagnostic {
	at := a.Span.In(r.File)
	_, ofProgram := diag.Lookup(a.Rule)
	ofForm := false
	for _, rel := range r.Form.Relations {
		ofForm = ofForm || rel.ID == a.Rule
	}
	switch {
	case !ofProgram && !ofForm:
		return diag.New("unused-accept/unknown", at, "rule", a.Rule)
	case !acceptable(r, a.Rule):
		return diag.New("unused-accept/never", at, "rule", a.Rule)
	}
	return diag.New("unused-accept", at, "rule", a.Rule, "cell", a.Cell).OnCell(a.Cell)
}
