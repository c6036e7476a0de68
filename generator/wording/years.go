package wording

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"annals/generator/diag"
	"annals/generator/prose"
)

// year returns the year before the word for a year, and where its digits begin.
func (j *judge) year(mark hit) (year, from int, ok bool) {
	text := j.text.Norm[:mark.From]
	from = len(text)
	for n := 0; n < 4 && from > 0; n++ {
		c, size := rune(text[from-1]), 1
		if c >= utf8.RuneSelf {
			c, size = lastRune(text[:from])
		}
		if !digit(c) && (size == 1 || !j.numeral(c)) {
			return 0, 0, false
		}
		from -= size
	}
	if from > 0 && digit(rune(text[from-1])) {
		return 0, 0, false
	}
	digits := text[from:]
	if len(digits) > 4 {
		digits = j.r.Form.Language.Figures(digits)
	}
	year, err := strconv.Atoi(digits)
	return year, from, err == nil && 2000 <= year && year < 2100
}

func digit(c rune) bool { return '0' <= c && c <= '9' }

func (j *judge) numeral(c rune) bool {
	l := j.r.Form.Language
	return strings.ContainsRune(l.Numerals, c) || strings.ContainsRune(l.Zeros, c)
}

// dated is a year in a sentence.
type dated struct {
	year int
	at   prose.Stretch // with the word for a year
}

// dates lists the years of a sentence, but other years within quotation marks, and
// those of clauses about what is carried over: 上年结转1件，结转到2025年办理7件.
func (j *judge) dates(s *sentence) (list []dated) {
	for _, h := range s.hits {
		if h.kind != yearMark {
			continue
		}
		if year, from, ok := j.year(h); ok && from >= s.From && (year == j.r.Year || !j.quoted(from)) && !s.carries(from) {
			list = append(list, dated{year, prose.Stretch{From: from, To: h.To}})
		}
	}
	return list
}

// carries reports whether the clause in which an offset lies is about what is carried
// over the end of a year.
func (s *sentence) carries(at int) bool {
	c := s.clause(at)
	return s.has(carried) && slices.ContainsFunc(s.hits, func(h hit) bool { return h.kind == carried && c.From <= h.From && h.From < c.To })
}

// years tells what a sentence says of another year than the report's, as if it were
// this one: 2023年收到申请5件 in the report of 2024. A sentence that looks back or
// ahead, that compares, or that names several years is about these years.
func (j *judge) years(s *sentence) {
	dates := j.dates(s)
	if len(dates) == 0 || dates[0].year == j.r.Year || s.has(history) || dates[0].year > j.r.Year && s.has(plan) {
		return
	}
	if slices.ContainsFunc(dates, func(d dated) bool { return d.year != dates[0].year }) || j.toldPeriod(s) {
		return
	}
	for _, d := range dates {
		if j.ofReport(s, d) {
			j.tell("other-year/report", s, d.at, "year", d.year, "report", j.r.Year)
			return
		}
		if done, ok := j.happened(s, d); ok && !j.compared(s, d.year, done.index) {
			j.tell("other-year", s, d.at, "year", d.year, "report", j.r.Year, "done", j.text.In(done.Stretch))
			return
		}
	}
}

// toldPeriod reports whether the sentence has a wrong period, which names the year.
func (j *judge) toldPeriod(s *sentence) bool {
	return slices.ContainsFunc(j.found, func(d diag.Diagnostic) bool {
		return d.Rule == "wrong-period" && d.Text == j.text.Raw(s.Stretch)
	})
}

// ofReport reports whether the preface says that the report is of the year.
func (j *judge) ofReport(s *sentence, d dated) bool {
	return s.part.Heading == "" && s.has(reports) && j.lang.Years.Report.Regexp().MatchString(j.text.Norm[d.at.To:s.To])
}

// happened returns what a clause that begins with the year says to have happened in it.
func (j *judge) happened(s *sentence, d dated) (hit, bool) {
	years := j.lang.Years
	before := j.text.Norm[s.clause(d.at.From).From:d.at.From]
	if !years.Before.Regexp().MatchString(j.unnamed(before)) {
		return hit{}, false
	}
	from := d.at.To + len(years.After.Regexp().FindString(j.text.Norm[d.at.To:s.To]))
	for _, h := range s.hits {
		if h.kind != happened || h.From < from {
			continue
		}
		gap := j.text.Norm[from:h.From]
		if utf8.RuneCountInString(gap) > mostBetween || !years.Between.Regexp().MatchString(j.unnamed(gap)) {
			continue
		}
		return h, !strings.HasPrefix(j.text.Norm[h.To:s.To], years.Of)
	}
	return hit{}, false
}

// mostBetween is how many characters may stand between a year and what happened.
const mostBetween = 40

// unnamed is a text without the names of the agency and of those above it.
func (j *judge) unnamed(text string) string {
	for a := j.r.Agency; a != nil; a = a.Parent {
		for _, name := range append([]string{a.Name, a.Short}, a.FormerNames...) {
			if name != "" {
				text = strings.Replace(text, name, "", 1)
			}
		}
	}
	return text
}

// compared reports whether a sentence beside this one says the same of another
// year: then both are a comparison.
func (j *judge) compared(s *sentence, year int, done int16) bool {
	list := s.part.Sentences
	for i := max(0, s.at-2); i < min(len(list), s.at+3); i++ {
		if i == s.at {
			continue
		}
		n := sentence{Sentence: &list[i], part: s.part, at: i}
		for _, h := range j.hits {
			if h.From >= n.From && h.From < n.To {
				n.hits = append(n.hits, h)
			}
		}
		for _, d := range j.dates(&n) {
			if h, ok := j.happened(&n, d); ok && h.index == done && d.year != year {
				return true
			}
		}
	}
	return false
}
