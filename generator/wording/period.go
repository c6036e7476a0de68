package wording

import (
	"regexp"
	"strconv"

	"annals/generator/prose"
)

// period tells a period of the report's figures that is not its year. Only what a
// sentence states as that period counts, and in the preface what it says of the
// report.
func (j *judge) period(s *sentence) {
	for _, h := range s.hits {
		if h.kind != cue || j.quoted(h.From) {
			continue
		}
		from := h.To + len(j.lang.Period.Between.Regexp().FindString(j.text.Norm[h.To:s.To]))
		if x, n, ok := j.span(prose.Stretch{From: from, To: s.To}); ok {
			if !j.fits(x, s) {
				j.wrongPeriod(s, prose.Stretch{From: from, To: from + n})
			}
			return
		}
	}
	if s.part.Heading != "" || !s.has(reports) {
		return
	}
	for _, h := range s.of(yearMark) {
		_, from, ok := j.year(h)
		if !ok || from < s.From || j.quoted(from) {
			continue
		}
		x, n, ok := j.span(prose.Stretch{From: from, To: s.To})
		if ok && n > h.To-from && x.whole() && x.from.year != j.r.Year {
			j.wrongPeriod(s, prose.Stretch{From: from, To: from + n})
			return
		}
	}
}

func (j *judge) wrongPeriod(s *sentence, at prose.Stretch) {
	j.tell("wrong-period", s, at, "year", j.r.Year)
}

// day is a day of a period; a month or day of 0 is not given.
type day struct{ year, month, day int }

// span is a period, as it is written.
type span struct{ from, to day }

// span reads the period with which a stretch begins, and returns its length.
func (j *judge) span(at prose.Stretch) (x span, length int, ok bool) {
	text := j.text.In(at)
	figures := j.r.Form.Language.Figures(text)
	for _, p := range j.lang.Period.Ranges {
		re := p.Regexp()
		m := re.FindStringSubmatchIndex(figures)
		if m == nil || m[0] != 0 {
			continue
		}
		group := func(name string) int { return value(re, figures, m, name) }
		x = span{day{group("y"), group("m"), group("d")}, day{group("Y"), group("M"), group("D")}}
		if x.from.month == 0 { // a year alone
			x.from.month, x.to.month = 1, 12
		}
		if x.from.year == 0 {
			x.from.year = j.r.Year
		}
		if x.to.year == 0 {
			x.to.year = x.from.year
		}
		for length < len(text) && len(j.r.Form.Language.Figures(text[:length])) < m[1] { // numerals are longer than digits
			_, size := firstRune(text[length:])
			length += size
		}
		return x, length, true
	}
	return x, 0, false
}

func value(re *regexp.Regexp, text string, m []int, name string) int {
	i := re.SubexpIndex(name)
	if i < 0 || m[2*i] < 0 {
		return 0
	}
	n, _ := strconv.Atoi(text[m[2*i]:m[2*i+1]])
	return n
}

func (x span) begins() bool { return x.from.month == 1 && x.from.day <= 1 }
func (x span) ends() bool   { return x.to.month == 12 && (x.to.day == 0 || x.to.day == 31) }

// whole reports whether the period is one calendar year.
func (x span) whole() bool { return x.begins() && x.ends() && x.from.year == x.to.year }

// fits reports whether the period is the report's year, or the part of it in which
// the agency was there.
func (j *judge) fits(x span, s *sentence) bool {
	a, year := j.r.Agency, j.r.Year
	part := s.has(partial)
	begins := x.from.year == year && (x.begins() || a.Since == year) || part && (x.from.year == year || x.from.year == year-1)
	ends := x.to.year == year && (x.ends() || a.Until == year || part)
	return begins && ends
}
