package importer

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"annals/generator/importer/draft"
)

// longestField is the largest number of characters that a line of metadata may
// have.
const longestField = 120

// longestLabel is the largest number of characters that the name of a field may have
// if its value is on the next line.
const longestLabel = 8

// findDates finds the date of publication: the one that the page declares, else
// the one of the signature, else any other date in a field of the page. above holds
// the lines above the title, before those between title and text, and after those
// below the text t; rows are the rows of tables above the text.
func (n *names) findDates(above, before, after []textLine, rows []string, t text) {
	declared := func(s string) {
		if d, ok := n.date(s); ok && n.published == "" {
			n.published, n.fromPage = d, true
		}
	}
	for _, t := range n.draft.Dates {
		declared(t)
	}
	other := ""
	var field func(text string) bool
	field = func(text string) bool {
		if utf8.RuneCountInString(text) > longestField || n.in.Sentence.Regexp().MatchString(text) {
			return false
		}
		if m := n.in.Published.Regexp().FindStringSubmatch(text); m != nil {
			declared(m[1])
			return true
		}
		m := n.in.Dated.Regexp().FindStringSubmatch(text)
		if m == nil {
			bare := squeeze(text)
			return bare != text && field(bare)
		}
		if d, ok := n.date(m[1]); ok && other == "" {
			other = d
		}
		return true
	}
	for _, text := range rows {
		field(text)
	}
	lines := slices.Concat(above, before)
	for i, p := range lines {
		if field(p.Text) {
			n.heads[p.Paragraph] = "published"
		} else if i+1 < len(lines) && utf8.RuneCountInString(p.Text) <= longestLabel && n.dateOnly(lines[i+1].Text) && field(p.Text+" "+lines[i+1].Text) {
			n.heads[p.Paragraph], n.heads[lines[i+1].Paragraph] = "published", "published"
		}
	}
	for _, p := range before { // a page's date without a word for it
		moment := n.in.Moment.Regexp().FindString(n.language.Figures(p.Text))
		if n.draft.Page && n.published == "" && !n.in.Sentence.Regexp().MatchString(p.Text) && (moment != "" || n.dateOnly(p.Text) && n.isAbout(p, t)) {
			declared(cmp.Or(moment, p.Text))
			n.heads[p.Paragraph] = "published"
		}
	}
	n.sign(after)
	if n.signed == nil {
		n.sign(before)
	}
	if n.published == "" {
		n.published, n.fromPage = other, other != ""
	}
}

// sign finds the signature of the text: the last line that holds only a date, or a
// date and the name of a body. Its date is that of publication unless the page
// declares another.
func (n *names) sign(lines []textLine) {
	for i := len(lines) - 1; i >= 0; i-- {
		d, who, ok := n.signature(lines[i].Text)
		if !ok || n.heads[lines[i].Paragraph] != "" {
			continue
		}
		if n.published == "" || n.published == d {
			n.published, n.fromPage = d, false
		}
		n.signed, n.signedBy, n.signedOn = lines[i].Paragraph, who, d
		return
	}
}

// signature reads a line that is a date, or a body's name with a date.
func (n *names) signature(text string) (date, who string, ok bool) {
	m := n.in.SignOff.Regexp().FindStringSubmatch(text)
	if m == nil {
		return "", "", false
	}
	who = strings.TrimSpace(m[1])
	if who != "" && (!n.in.Body.Regexp().MatchString(who) || strings.ContainsAny(who, n.in.Pause) || n.in.Sentence.Regexp().MatchString(who)) {
		return "", "", false
	}
	date, ok = n.date(m[2])
	return date, who, ok
}

// dateOnly reports whether a line is a date, perhaps with a time.
func (n *names) dateOnly(text string) bool {
	at := n.in.Date.Regexp().FindStringIndex(n.language.Figures(text))
	return at != nil && at[0] == 0 && utf8.RuneCountInString(text) <= 20
}

// isField reports whether a line gives metadata of a text, as pages print them
// beside it: several pairs of a word and a value with a colon between, or a date.
func (n *names) isField(p *draft.Paragraph) bool {
	return utf8.RuneCountInString(p.Text) <= longestField && !n.in.Sentence.Regexp().MatchString(p.Text) && n.in.Fields.Regexp().MatchString(p.Text)
}

// date reads a date, in figures or in the numerals of the language.
func (n *names) date(s string) (iso string, ok bool) {
	m := n.in.Date.Regexp().FindStringSubmatch(n.language.Figures(s))
	if m == nil {
		return "", false
	}
	year, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	day, _ := strconv.Atoi(m[3])
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Month() != time.Month(month) || t.Day() != day {
		return "", false
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day), true
}
