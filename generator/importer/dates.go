package importer

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"annals/generator/importer/draft"
)

// longestField is the largest number of characters that a line of metadata may
// have.
const longestField = 120

// findDates finds the date of publication: the one that the page declares, else
// the one of the signature, else any other date in a field of the page. before
// holds the lines above the text, also those above the title, and after those below
// the text; rows are the rows of tables above the text.
func (n *names) findDates(before, after []textLine, rows []string) {
	declared := func(s string) {
		if d, ok := n.date(s); ok && n.published == "" {
			n.published, n.fromPage = d, true
		}
	}
	for _, t := range n.draft.Dates {
		declared(t)
	}
	other := ""
	field := func(text string) (found bool) {
		if utf8.RuneCountInString(text) > longestField || n.in.Sentence.Regexp().MatchString(text) {
			return false
		}
		if m := n.in.Published.Regexp().FindStringSubmatch(text); m != nil {
			declared(m[1])
			return true
		}
		m := n.in.Dated.Regexp().FindStringSubmatch(text)
		if m == nil {
			return false
		}
		if d, ok := n.date(m[1]); ok && other == "" {
			other = d
		}
		return true
	}
	for _, text := range rows {
		field(text)
	}
	for _, p := range before {
		if field(p.Text) {
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
// date and the name of a body. It counts only if its date is the one that the page
// declares, or the page declares none.
func (n *names) sign(lines []textLine) {
	for i := len(lines) - 1; i >= 0; i-- {
		d, who, ok := n.signature(lines[i].Text)
		if !ok {
			continue
		}
		if n.published == "" || n.published == d {
			n.published, n.fromPage = d, false
			n.signed, n.signedBy = lines[i].Paragraph, who
		}
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
	if who != "" && (!n.in.Body.Regexp().MatchString(who) || n.in.Chrome.Regexp().MatchString(who) || n.in.Sentence.Regexp().MatchString(who)) {
		return "", "", false
	}
	date, ok = n.date(m[2])
	return date, who, ok
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
