package privacy

import (
	"bytes"
	"html"
	"unicode"
	"unicode/utf8"
)

// gap is what stands before a digit of a run, as a reader sees it.
type gap uint8

const (
	none   gap = iota // nothing, or marks that a page does not show
	space             // white space, within a paragraph
	hyphen            // a dash, with or without spaces
	point             // . · /
)

// digit is a decimal digit of any script, as a character or an entity.
type digit struct {
	start, end int // in bytes
	value      byte
	gap        gap
}

// scanner holds a run: digits between which nothing stands but gaps.
type scanner struct{ digits []digit }

// run reads the next run of digits at or after i. It returns where to go on; the
// run is empty at the end of the text.
func (s *scanner) run(text []byte, i int) int {
	s.digits = s.digits[:0]
	for i < len(text) {
		switch c := text[i]; {
		case c-'0' < 10:
			return s.gather(text, i)
		case c < utf8.RuneSelf && c != '&':
			i++
		case 0xe4 <= c && c <= 0xe9: // an ideograph
			i += 3
		default:
			if _, n, ok := digitAt(text, i); ok {
				return s.gather(text, i)
			} else {
				i += n
			}
		}
	}
	return len(text)
}

// gather reads the run that begins with the digit at i.
func (s *scanner) gather(text []byte, i int) int {
	between, end := none, i
	for i < len(text) {
		if value, n, ok := digitAt(text, i); ok {
			s.digits = append(s.digits, digit{i, i + n, value, between})
			i += n
			between, end = none, i
			continue
		}
		kind, n := gapAt(text, i, between)
		if n == 0 || i+n-end > widest {
			break
		}
		between = max(between, kind)
		i += n
	}
	return end
}

// widest is the most bytes that may stand between two digits of a run: a link's
// address, as in [138](…)1234.
const widest = 400

// digitAt decodes a digit at i, and otherwise says how long the character there is.
func digitAt(text []byte, i int) (value byte, n int, ok bool) {
	c := text[i]
	if c < utf8.RuneSelf && c != '&' {
		return c - '0', 1, c-'0' < 10
	}
	r, n := runeAt(text, i)
	value, ok = valueOf(r)
	return value, n, ok
}

// runeAt decodes the character at i, which may be written as an entity.
func runeAt(text []byte, i int) (rune, int) {
	if text[i] == '&' {
		const longest = 12 // &#x0000ff11;
		if n := bytes.IndexByte(text[i:min(i+longest, len(text))], ';'); n > 2 {
			if s := html.UnescapeString(string(text[i : i+n+1])); utf8.RuneCountInString(s) == 1 {
				r, _ := utf8.DecodeRuneInString(s)
				return r, n + 1
			}
		}
	}
	return utf8.DecodeRune(text[i:])
}

// valueOf returns the value of a decimal digit of any script. Unicode has them in
// tens, each from 0 to 9.
func valueOf(r rune) (byte, bool) {
	switch {
	case r < utf8.RuneSelf:
		return byte(r - '0'), '0' <= r && r <= '9'
	case 0xff00 <= r && r <= 0xffff: // full-width, as are most marks of a Chinese text
		return byte(r - '０'), '０' <= r && r <= '９'
	case r >= 0x2000 && r < 0xa620 || !unicode.IsDigit(r):
		return 0, false
	}
	for _, x := range unicode.Nd.R16 {
		if rune(x.Lo) <= r && r <= rune(x.Hi) {
			return byte((r - rune(x.Lo)) % 10), true
		}
	}
	for _, x := range unicode.Nd.R32 {
		if rune(x.Lo) <= r && r <= rune(x.Hi) {
			return byte((r - rune(x.Lo)) % 10), true
		}
	}
	return 0, false
}

// gapAt says what kind of gap the characters at i are, and how long; 0 where they
// end a run. Before them stood a gap already.
func gapAt(text []byte, i int, before gap) (gap, int) {
	switch c := text[i]; c {
	case '*', '_', '~', '`', '\\', '[':
		return none, 1
	case ']':
		if i+1 < len(text) && text[i+1] == '(' {
			if n := destination(text[i+2:]); n > 0 {
				return none, 2 + n
			}
		}
		return none, 1
	case '<':
		if n := tag(text[i:]); n > 0 {
			return none, n
		}
		return none, 0
	case '\r':
		return space, 1
	case '\n':
		// The next line of the paragraph, but not one that begins with a mark.
		if n := len(text[i+1:]) - len(bytes.TrimLeft(text[i+1:], " \t")); before <= space && i+1+n < len(text) {
			if _, _, ok := digitAt(text, i+1+n); ok {
				return space, 1 + n
			}
		}
		return none, 0
	case '.', '/':
		return point, 1
	}
	switch r, n := runeAt(text, i); {
	case r == '·' || r == '・' || r == '．':
		return point, n
	case unicode.IsSpace(r):
		return space, n
	case unicode.Is(unicode.Pd, r) || r == '−':
		return hyphen, n
	case unicode.Is(unicode.Cf, r): // cannot be seen
		return none, n
	}
	return none, 0
}

// destination returns the length of a link's address and the bracket behind it.
func destination(text []byte) int {
	n := bytes.IndexAny(text[:min(len(text), widest)], ")\n")
	if n < 0 || text[n] == '\n' {
		return 0
	}
	return n + 1
}

// tag returns the length of a tag of HTML. It is shown as text, but a reader reads
// past it.
func tag(text []byte) int {
	if len(text) < 3 || !(text[1] == '/' || text[1] == '!' || 'a' <= text[1]|0x20 && text[1]|0x20 <= 'z') {
		return 0
	}
	n := bytes.IndexAny(text[:min(len(text), widest)], ">\n")
	if n < 0 || text[n] == '\n' {
		return 0
	}
	return n + 1
}
