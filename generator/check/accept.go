package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/prose"
	"annals/generator/yamlpos"
)

// Accept removes from the list the findings that the report accepts, because the
// official document has them; they are published with their reason. left holds the
// others, and a finding for each entry of the report's accept list that matches
// none.
//
// All findings about the report must be in the list that the entries of its accept
// list may be about. Judge calls it.
func Accept(r *archive.Report, list []diag.Diagnostic) (left []diag.Diagnostic, accepted []archive.Finding) {
	used := make([]bool, len(r.Accepts))
	for _, d := range list {
		i := accepting(r, d)
		if i < 0 {
			left = append(left, d)
			continue
		}
		used[i] = true
		accepted = append(accepted, archive.Finding{Diagnostic: d, Accepted: true, Reason: r.Accepts[i].Reason, By: r.Accepts[i].By})
	}
	others := left
	for i, a := range r.Accepts {
		if !used[i] {
			left = append(left, unused(r, a, others))
		}
	}
	return left, accepted
}

// accepting returns the entry that accepts the finding, or -1. An entry for a
// row or a table accepts the findings on its cells; one for a cell does not
// accept a finding that is about more than this cell. If a row and a column cross
// in the likely mistake, an entry may name that cell or either of the totals. One
// with a text accepts findings about a sentence with it.
func accepting(r *archive.Report, d diag.Diagnostic) int {
	if !r.Holds(d.Place.File) || !acceptable(r, d.Rule) {
		return -1
	}
	for i, a := range r.Accepts {
		if a.Rule == d.Rule && (a.Cell == "" || covers(a.Cell, d.Cell) || slices.ContainsFunc(d.Also, func(c string) bool { return covers(a.Cell, c) })) &&
			(a.Text == "" || quotes(a.Text, d.Text)) {
			return i
		}
	}
	return -1
}

// covers reports whether the entry names the cell, or its row or table.
func covers(entry, cell string) bool { return entry == cell || strings.HasPrefix(cell, entry+".") }

// leastText is the fewest characters of a text that stand for one sentence and no other.
const leastText = 4

// quotes reports whether a text, long enough, is a piece of a sentence. White space
// and the width of characters do not matter.
func quotes(text, sentence string) bool {
	text = dense(text)
	return utf8.RuneCountInString(text) >= leastText && strings.Contains(dense(sentence), text)
}

func dense(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return -1
		}
		return c
	}, prose.Spelling(s))
}

// acceptable reports whether findings of the rule may be accepted. Those of the
// form's relations may; for the program's own rules diag says it.
func acceptable(r *archive.Report, rule string) bool {
	if known, ok := diag.Lookup(rule); ok {
		return known.Acceptable
	}
	return true
}

// unused reports an entry that accepts nothing, and what the rule found instead.
func unused(r *archive.Report, a archive.Accept, left []diag.Diagnostic) diag.Diagnostic {
	at := a.Span.In(r.File)
	_, known := diag.Lookup(a.Rule)
	var ids []string
	for _, rel := range r.Form.Relations {
		ids = append(ids, rel.ID)
	}
	if !known && !slices.Contains(ids, a.Rule) {
		for _, rule := range diag.Rules() {
			ids = append(ids, rule.ID)
		}
		if like, ok := yamlpos.Suggest(a.Rule, ids); ok {
			return diag.New("unused-accept/unknown-suggest", at, "rule", a.Rule, "like", like)
		}
		return diag.New("unused-accept/unknown", at, "rule", a.Rule)
	}
	if !acceptable(r, a.Rule) {
		return diag.New("unused-accept/never", at, "rule", a.Rule)
	}
	if a.Text != "" && utf8.RuneCountInString(dense(a.Text)) < leastText {
		return diag.New("unused-accept/short", at, "text", a.Text, "least", leastText)
	}
	d := diag.New("unused-accept", at, "what", strings.Join(strings.Fields(a.Rule+" "+a.Cell+" "+a.Text), " "))
	var near []lang.Text
	for _, other := range left {
		if other.Rule == a.Rule && len(near) < maxNear {
			near = append(near, nameOf(&other))
			d = d.With(other.Place, other.Message)
		}
	}
	rest := diag.Say("unused-accept/gone")
	if near != nil {
		rest = diag.Say("unused-accept/near", "near", near)
	}
	d.Message = both(d.Message, rest)
	return d.OnCell(a.Cell)
}

// maxNear is how many findings are named that an entry may have meant.
const maxNear = 3

// nameOf names a finding as an entry of accept would.
func nameOf(d *diag.Diagnostic) lang.Text {
	switch {
	case d.Text != "":
		return diag.Say("unused-accept/text", "text", strings.TrimSpace(d.Text))
	case d.Cell != "":
		return lang.Same(d.Cell)
	}
	return diag.Say("unused-accept/whole")
}
