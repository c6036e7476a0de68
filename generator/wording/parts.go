package wording

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/prose"
	"annals/generator/source"
)

// section returns the part of the text that is a section of the form, or nil.
func (j *judge) section(s *form.Section) *prose.Part {
	for i := range j.text.Parts {
		if p := &j.text.Parts[i]; s != nil && p.ID == s.ID {
			return p
		}
	}
	return nil
}

// heading is the place of a part's heading.
func (j *judge) heading(p *prose.Part) source.Place {
	for i := range j.r.Body.Sections {
		if s := &j.r.Body.Sections[i]; s.Heading == p.Heading {
			return s.Span.In(j.r.File)
		}
	}
	return j.r.Key.In(j.r.File)
}

// length counts the characters of a part's own text, without its headings; those
// beyond leastText in no more than a few sentences.
func (j *judge) length(p *prose.Part) (n int) {
	for i := range p.Sentences {
		if s := &p.Sentences[i]; !s.Heading {
			if n += utf8.RuneCountInString(j.text.In(s.Stretch)); n >= leastText {
				break
			}
		}
	}
	return n
}

// leastText is how many characters a part has that is not empty.
const leastText = 10

// headings tells headings of an older form. A report in a variant says already what
// it has of another.
func (j *judge) headings() {
	for i := range j.review.Editions {
		e := &j.review.Editions[i]
		for p := range j.text.Parts {
			part := &j.text.Parts[p]
			older := func(h string) bool { return form.Normalise(part.Heading) == form.Normalise(h) }
			if part.Heading != "" && j.r.Form.Parent == nil && slices.ContainsFunc(e.Headings, older) {
				j.add(diag.New("edition/heading", j.heading(part), "heading", part.Heading, "form", e.Form, "parent", j.r.Form.ID))
			}
		}
	}
}

// columns tells words for rows and columns of an older form.
func (j *judge) columns(s *sentence) {
	for _, h := range s.hits {
		if h.kind == older && j.r.Form.Parent == nil && !j.historic(s, h.Stretch) {
			j.tell("edition/words", s, h.Stretch, "form", j.review.Editions[h.index].Form, "parent", j.r.Form.ID)
		}
	}
}

// aspects notices the aspects of which a part does not speak. Where the part is
// divided by them, one that has no heading of its own is missing, whatever word
// stands elsewhere; otherwise any word about it will do.
func (j *judge) aspects() {
	var missing []lang.Text
	var at *prose.Part
	for i := range j.review.Aspects {
		a := &j.review.Aspects[i]
		part := j.section(a.Section)
		if part == nil || a.Kind != "" && archive.Kind(a.Kind) != j.r.Agency.Kind || j.length(part) < leastText {
			continue
		}
		by := anywhere
		if a.Kind == "" {
			by = j.divided(a.Section)
		}
		if !j.spoken[i][by] {
			missing, at = append(missing, a.Label), part
		}
	}
	if missing != nil {
		j.found = append(j.found, diag.New("aspects", j.heading(at), "part", at.Heading, "missing", missing).OnCell(at.ID))
	}
}

// division is what a part is divided by.
type division uint8

const (
	anywhere division = iota // nothing: all of the text counts
	items                    // paragraphs and sentences that begin with a number
	headings
	divisions
)

// speech says where a section has a word about an aspect of it.
type speech [divisions]bool

// speaks notes of which aspects a sentence speaks.
func (j *judge) speaks(s *sentence) {
	item, known := false, false
	for _, h := range s.hits {
		if h.kind != say && h.kind != also {
			continue
		}
		if a := j.review.Aspects[h.index].Section; a == nil || a.ID != s.part.ID {
			continue
		}
		at := &j.spoken[h.index]
		at[anywhere] = true
		switch {
		case h.kind == also || at[headings]:
		case s.Heading:
			at[items], at[headings] = true, true
		case !at[items] && h.From-s.From < leadText*3 && utf8.RuneCountInString(j.text.Norm[s.From:h.From]) < leadText:
			if !known {
				item, known = j.lang.Item.Regexp().MatchString(j.text.In(s.Stretch)), true
			}
			at[items] = item
		}
	}
}

// leadText is how many characters of an item are as good as a heading.
const leadText = 24

// divided returns what most aspects of a section have of their own.
func (j *judge) divided(section *form.Section) division {
	for _, by := range []division{headings, items} {
		all, own := 0, 0
		for i := range j.review.Aspects {
			if a := &j.review.Aspects[i]; a.Kind == "" && a.Section == section {
				all++
				if j.spoken[i][by] {
					own++
				}
			}
		}
		if own > all/2 {
			return by
		}
	}
	return anywhere
}

// filled tells parts that have next to no text. One that may say that there is
// nothing to say, may do so unless another part tells of a fee.
func (j *judge) filled() {
	for i := range j.review.Filled {
		f := &j.review.Filled[i]
		part := j.section(f.Section)
		if part == nil {
			continue
		}
		n := j.length(part)
		if n >= leastText && !j.none(part) || f.None && n > 0 && (j.none(part) && !j.charged() || j.speaksOfFee(part)) {
			continue
		}
		key := "empty-part"
		if n == 0 {
			key = "empty-part/nothing"
		}
		d := diag.New(key, j.heading(part), "part", part.Heading, "n", n).OnCell(part.ID)
		d.Severity = f.Severity
		d.Text = strings.TrimSpace(j.text.In(part.Stretch))
		j.found = append(j.found, d) // parts five and six are two faults
	}
}

// none reports whether all that a part says is that there is nothing to say.
func (j *judge) none(p *prose.Part) bool {
	return j.lang.None.Regexp().MatchString(strings.TrimSpace(j.text.In(p.Stretch)))
}

// speaksOfFee reports whether a part speaks of the fee.
func (j *judge) speaksOfFee(p *prose.Part) bool {
	return slices.ContainsFunc(j.hits, func(h hit) bool {
		return (h.kind == fee || h.kind == feeOther) && p.From <= h.From && h.From < p.To
	})
}

// charged reports whether the text states an amount of the fee.
func (j *judge) charged() bool {
	for s := range j.sentences {
		if s.has(fee) && j.lang.Fees.Amount.Regexp().MatchString(j.text.In(s.Stretch)) {
			return true
		}
	}
	return false
}

// feeStatement notices a report that says nothing of the fee for requests.
func (j *judge) feeStatement() {
	f := j.review.Fee
	if f == nil {
		return
	}
	part := j.section(f.Section)
	said := slices.ContainsFunc(j.hits, func(h hit) bool { return h.kind == fee })
	if part != nil && !said && !j.speaksOfFee(part) && !j.none(part) && j.length(part) >= leastText {
		j.found = append(j.found, diag.New("fee-statement", j.heading(part), "part", part.Heading).OnCell(part.ID))
	}
}

// fee notices amounts that the fee cannot be: those in a clause that names it, and in
// the clauses behind it up to one that names another.
func (j *judge) fee(s *sentence) {
	if j.review.Fee.Step == 0 || s.has(reduced) {
		return
	}
	step := int64(j.review.Fee.Step) * 100
	about := false
	for _, c := range s.Clauses {
		named := func(k kind) bool {
			return slices.ContainsFunc(s.hits, func(h hit) bool { return h.kind == k && c.From <= h.From && h.From < c.To })
		}
		if about = (about || named(fee)) && !named(otherFees); !about {
			continue
		}
		text := j.text.In(c)
		for _, m := range j.lang.Fees.Amount.Regexp().FindAllStringSubmatchIndex(text, -1) {
			amount, ok := hundredths(text[m[2]:m[3]], j.r.Form.Language.Number.Units[text[m[4]:m[5]]])
			if ok && amount%step != 0 {
				j.tell("fee-step", s, prose.Stretch{From: c.From + m[0], To: c.From + m[1]}, "step", j.review.Fee.Step)
			}
		}
	}
}

// hundredths returns an amount of money in hundredths of the smallest unit, of which
// unit is a multiple.
func hundredths(text string, unit int64) (int64, bool) {
	whole, part, _ := strings.Cut(strings.ReplaceAll(text, ",", ""), ".")
	part = strings.TrimRight(part, "0")
	n, err := strconv.ParseInt(whole+part, 10, 64)
	if err != nil || n > 1e12 || unit > 1e9 {
		return 0, false
	}
	n *= unit * 100
	for range part {
		if n%10 != 0 {
			return n, true // parts of a hundredth: no multiple of anything
		}
		n /= 10
	}
	return n, true
}
