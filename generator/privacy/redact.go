package privacy

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Masked stands in place of a masked digit. It is no mark of Markdown, and as long
// as a full-width digit.
const Masked = '＊'

// Pattern is the text of an entry of redact: a piece of the report's text in which
// digits that are to be masked are written as *.
type Pattern []token

// token is a character of a text, as entries of redact are compared with it:
// without white space, dashes and the marks of Markdown.
type token struct {
	r     rune  // ordinary for a full-width one; star in a pattern
	start int32 // in bytes
	size  uint8
	glue  bool // nothing that a reader sees stands before it
}

const star = -1

// Compile reads the text of an entry of redact.
func Compile(text string) Pattern {
	p, _ := tokens([]byte(text), true)
	return p
}

// Empty reports whether a pattern masks nothing.
func (p Pattern) Empty() bool {
	return !slices.ContainsFunc(p, func(t token) bool { return t.r == star })
}

// Redact masks the digits in a text that the patterns name, everywhere: in the
// addresses of links too. It adds to counts how often each pattern was found, and
// returns the text itself if none was. Every line keeps its characters, one for one.
func Redact(text []byte, list []Pattern, counts []int) []byte {
	var at []digit
	var visit func(text []byte, base int)
	visit = func(text []byte, base int) {
		all, inner := tokens(text, false)
		for i, p := range list {
			for _, d := range p.find(all, &counts[i]) {
				at = append(at, digit{start: base + d.start, end: base + d.end})
			}
		}
		for _, x := range inner {
			visit(text[x[0]:x[1]], base+x[0])
		}
	}
	visit(text, 0)
	return cover(text, at)
}

// tokens reads a text. inner are the places of what it skips as a whole: addresses
// of links, and tags of HTML, without the first and the last character.
func tokens(text []byte, pattern bool) (list []token, inner [][2]int) {
	glue := false
	for i := 0; i < len(text); {
		r, n := runeAt(text, i)
		switch value, ok := valueOf(r); {
		case pattern && (r == '*' || r == Masked):
			list = append(list, token{star, 0, 0, glue})
		case ok:
			list = append(list, token{rune('0' + value), int32(i), uint8(n), glue})
		case unicode.IsSpace(r):
			glue, i = false, i+n
			continue
		default:
			kind, skip := gapAt(text, i, none)
			if kind == point && !(len(list) > 0 && list[len(list)-1].digit() && glue && digitOrStar(text, i+n)) {
				skip = 0 // the end of a sentence
			}
			if skip == 0 {
				if 0xff01 <= r && r <= 0xff5e {
					r -= 0xfee0
				}
				list = append(list, token{r, int32(i), uint8(n), glue})
				break
			}
			if skip > 2 && kind == none {
				inner = append(inner, [2]int{i + 1, i + skip - 1})
			}
			glue = glue && kind == none
			i += skip
			continue
		}
		glue = true
		i += n
	}
	return list, inner
}

func digitOrStar(text []byte, i int) bool {
	if i >= len(text) {
		return false
	}
	_, _, ok := digitAt(text, i)
	return ok || text[i] == '*'
}

func (t token) digit() bool { return t.r == star || '0' <= t.r && t.r <= '9' }

// find returns the digits in a text that the pattern masks.
func (p Pattern) find(text []token, count *int) (at []digit) {
	first := slices.IndexFunc(p, func(t token) bool { return t.r == star })
	if first < 0 {
		return nil
	}
	for i := 0; i+len(p) <= len(text); {
		if !text[i+first].digit() || !p.at(text, i) {
			i++
			continue
		}
		*count++
		for k, t := range p {
			if t.r == star {
				x := text[i+k]
				at = append(at, digit{start: int(x.start), end: int(x.start) + int(x.size)})
			}
		}
		i += len(p)
	}
	return at
}

// at reports whether the pattern stands at token i: all of a number, never a part.
func (p Pattern) at(text []token, i int) bool {
	same := true // the digits are parted as in the pattern
	behind := p[0].r == star && i > 0 && text[i-1].digit()
	if behind && text[i].glue {
		return false
	}
	for k, t := range p {
		if behind && !same {
			return false
		}
		x := text[i+k]
		switch {
		case t.r == x.r:
		case t.r == star && (x.digit() || k > 0 && x.r|0x20 == 'x' && text[i+k-1].digit()):
		default:
			return false
		}
		if k > 0 && x.digit() && p[k-1].digit() {
			same = same && t.glue == x.glue
		}
	}
	free := func(a, b int) bool { // no number goes on from token a to token b
		return a < 0 || b >= len(text) || !text[a].digit() || !text[b].digit() || same && !text[b].glue
	}
	end := i + len(p)
	return (p[0].r != star || free(i-1, i)) && (p[len(p)-1].r != star || free(end-1, end))
}

// cover masks characters of a text, which may be written as entities.
func cover(text []byte, at []digit) []byte {
	if len(at) == 0 {
		return text
	}
	slices.SortFunc(at, func(a, b digit) int { return a.start - b.start })
	out := make([]byte, 0, len(text)+2*len(at))
	done := 0
	for _, d := range at {
		if d.start < done {
			continue // two patterns name it
		}
		out = append(out, text[done:d.start]...)
		out = appendMask(out, text[d.start:d.end])
		done = d.end
	}
	return append(out, text[done:]...)
}

// appendMask writes an entity for a digit as one for an asterisk, of the same length,
// so that the places behind it stay.
func appendMask(out, was []byte) []byte {
	switch {
	case utf8.RuneCount(was) == 1:
		return utf8.AppendRune(out, Masked)
	case bytes.HasPrefix(bytes.ToLower(was), []byte("&#x")):
		return fmt.Appendf(out, "&#x%0*x;", len(was)-len("&#x;"), '*')
	}
	return fmt.Appendf(out, "&#%0*d;", len(was)-len("&#;"), '*')
}

// Stars returns the text of an entry with its digits as *, for a message.
func (p Pattern) Stars() string {
	var b strings.Builder
	for _, t := range p {
		if t.digit() {
			t.r = '*'
		}
		b.WriteRune(t.r)
	}
	return b.String()
}
