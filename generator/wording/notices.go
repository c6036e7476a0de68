package wording

import (
	"strconv"
	"strings"
	"unicode"

	"annals/generator/form"
	"annals/generator/locale"
	"annals/generator/prose"
)

// notice is how a form's notice is recognised by its number.
type notice struct {
	form.Notice
	issuer, year, number string // 国办公开办函, 2021, 30; "" where its number has another shape
}

func citation(n form.Notice, l locale.Citation) notice {
	c := notice{Notice: n}
	cite := strings.TrimSuffix(n.Cite, l.Mark)
	if m := l.Number.Regexp().FindStringSubmatchIndex(cite); m != nil {
		c.issuer, c.year, c.number = cite[:m[0]], cite[m[2]:m[3]], cite[m[4]:m[5]]
	}
	return c
}

// maxNumber is the length in bytes of the longest number of a document.
const maxNumber = 40

// notices tells the notices that are cited: those that another had replaced before
// the year's end, and those with the number of one and another issuer.
func (j *judge) notices(s *sentence) {
	last := -1 // where the last citation ended
	for _, h := range s.hits {
		switch {
		case h.From < last:
		case h.kind == number:
			j.number(s, h)
		case h.kind == cited:
			n := &j.words.notices[h.index]
			other := j.numbered(s, h.To)
			if other == nil {
				j.superseded(s, h.Stretch, n)
				last = h.To
				continue
			}
			behind := j.text.Norm[h.To:min(s.To, h.To+maxNumber)]
			last = h.To + strings.Index(behind, j.lang.Citation.Mark) + len(j.lang.Citation.Mark)
			if other.Cite == n.Cite {
				j.superseded(s, h.Stretch, n)
			} else { // the title of one and the number of another
				j.tell("malformed-notice/title", s, prose.Stretch{From: h.From, To: last}, "cite", other.Cite)
			}
		}
	}
}

// numbered returns the notice whose number follows within a few characters.
func (j *judge) numbered(s *sentence, from int) *notice {
	for _, h := range s.hits {
		if h.kind == number && h.From >= from && h.From-from <= maxNumber {
			for i := range j.words.notices {
				n := &j.words.notices[i]
				if m := j.cites(h); m != nil && n.year == m.year && n.number == m.number && strings.HasSuffix(m.issuer, n.issuer) {
					return n
				}
			}
			return nil
		}
	}
	return nil
}

// document is the number of a document, as it is cited.
type document struct {
	at                   prose.Stretch // with the issuer
	issuer, year, number string
}

// cites reads the number of a document that ends with the mark.
func (j *judge) cites(mark hit) *document {
	from := max(0, mark.From-maxNumber)
	m := j.lang.Citation.Number.Regexp().FindStringSubmatchIndex(j.text.Norm[from:mark.From])
	if m == nil {
		return nil
	}
	d := &document{at: prose.Stretch{From: from + m[0], To: mark.To}}
	group := func(i int) string { return j.text.Norm[from+m[i] : from+m[i+1]] }
	d.year, d.number = group(2), group(4)
	end := d.at.From
	for n := 0; n < maxIssuer && d.at.From > 0; n++ {
		c, size := lastRune(j.text.Norm[:d.at.From])
		if !unicode.Is(unicode.Han, c) {
			break
		}
		d.at.From -= size
	}
	d.issuer = j.text.Norm[d.at.From:end]
	return d
}

// maxIssuer is how many characters an issuer's short name has at most.
const maxIssuer = 24

// number tells what is wrong with the number of a document.
func (j *judge) number(s *sentence, mark hit) {
	d := j.cites(mark)
	if d == nil {
		return
	}
	for i := range j.words.notices {
		n := &j.words.notices[i]
		if n.issuer == "" || d.year != n.year || d.number != n.number {
			continue
		}
		switch {
		case strings.HasSuffix(d.issuer, n.issuer):
			cite := d.at
			cite.From += len(d.issuer) - len(n.issuer)
			j.superseded(s, cite, n)
		case strings.Contains(j.text.In(s.Stretch), j.review.Subject):
			if at, national := j.national(d.issuer); national {
				d.at.From += at
				j.tell("malformed-notice", s, d.at, "cite", n.Cite)
			}
		}
	}
}

// national returns where the name of a national body begins that is the issuer:
// nothing local stands behind it.
func (j *judge) national(issuer string) (at int, ok bool) {
	for _, word := range j.lang.Citation.National {
		i := strings.LastIndex(issuer, word)
		if i >= 0 && !strings.ContainsAny(issuer[i:], j.lang.Citation.Local) {
			return i, true
		}
	}
	return 0, false
}

func (j *judge) superseded(s *sentence, at prose.Stretch, n *notice) {
	if n.Until == "" || n.Until > strconv.Itoa(j.r.Year)+"-12-31" || j.historic(s, at) {
		return
	}
	j.tell("superseded-notice", s, at, "by", n.By, "until", n.Until, "year", j.r.Year)
}

// historic reports whether a citation is named as history, in its clause before it
// or shortly behind it.
func (j *judge) historic(s *sentence, at prose.Stretch) bool {
	before := j.text.Norm[s.clause(at.From).From:at.From]
	behind := j.text.Norm[at.To:min(s.To, at.To+2*maxNumber)]
	for _, word := range j.lang.Citation.Before {
		if i := strings.LastIndex(before, word); i >= 0 && len(before)-i <= 2*maxNumber {
			return true
		}
	}
	for _, word := range j.lang.Citation.Behind {
		if strings.Contains(behind, word) {
			return true
		}
	}
	return false
}
