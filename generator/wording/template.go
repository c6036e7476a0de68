package wording

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/generator/prose"
)

// template tells what shows that a text was not written to its end: sentences of the
// official template, instructions, and holes. What is quoted is another's.
func (j *judge) template(s *sentence) {
	last := -1
	for _, h := range s.hits {
		if h.From < last {
			continue
		}
		at, key := h.Stretch, "template-text/hole"
		switch h.kind {
		case template, prompt:
			key = "template-text"
		case sign:
			at = j.signs(h)
		case unit:
			at = j.blank(s, h)
		case date:
			if !strings.ContainsFunc(j.text.Raw(h.Stretch), unicode.IsSpace) {
				continue
			}
		default:
			continue
		}
		if at.To > at.From && !j.quoted(at.From) {
			j.tell(key, s, at)
			last = at.To
		}
	}
}

// signs returns the signs for missing text that begin with a hit, with what they
// stand for; nothing where they are part of a number that is masked, of a word in
// Latin letters or of a name.
func (j *judge) signs(h hit) (at prose.Stretch) {
	text := j.text.Norm
	c, size := firstRune(text[h.From:])
	end := h.From
	for strings.HasPrefix(text[end:], string(c)) {
		end += size
	}
	from := h.From
	what := j.lang.Holes.Behind.Regexp().FindString(text[end:])
	if strings.HasPrefix(what, j.lang.Years.Mark) {
		from = len(strings.TrimSuffix(text[:from], "20")) // 20XX
	}
	before, _ := lastRune(text[:from])
	behind, _ := firstRune(text[end:])
	if latin(before) || latin(behind) || before == '*' || before == c {
		return at
	}
	if c == '_' || what != "" || end-h.From >= 4*size && c > utf8.RuneSelf {
		at = prose.Stretch{From: from, To: end + len(what)}
	}
	return at
}

// latin reports whether a character can stand beside letters and digits in a name,
// an address or a number.
func latin(c rune) bool {
	return c < utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("./@:-", c)) && c != 0
}

// blank returns the words before a unit and the unit, where the number between
// them is missing.
func (j *judge) blank(s *sentence, h hit) (at prose.Stretch) {
	text := j.text.Norm
	if c, _ := firstRune(text[h.To:s.To]); h.To < s.To && !unicode.IsPunct(c) {
		return at
	}
	before := text[s.From:h.From]
	if before == "" || digit(rune(before[len(before)-1])) {
		return at
	}
	for _, word := range j.lang.Holes.Counted {
		if !strings.HasSuffix(before, word) {
			continue
		}
		at = prose.Stretch{From: h.From - len(word), To: h.To}
		gap, _ := lastRune(strings.TrimSuffix(j.text.Raw(at), j.text.Raw(h.Stretch)))
		if total := j.lang.Holes.Total.Regexp().FindStringIndex(before); total != nil {
			at.From = s.From + total[0]
		} else if !unicode.IsSpace(gap) || gap == '\n' || gap == '\r' {
			break
		}
		return at
	}
	return prose.Stretch{}
}

func firstRune(s string) (rune, int) { return utf8.DecodeRuneInString(s) }
