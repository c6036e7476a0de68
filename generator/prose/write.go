package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"annals/generator/content"
	"annals/generator/lang"
)

// writer writes text in the one spelling.
type writer struct {
	norm  strings.Builder
	marks []mark
	lines []line // of the part at hand

	start int  // where the line at hand begins in norm
	space bool // white space stands before what comes next
	last  rune // the last character, as the file has it, or anyHan; 0 at the beginning of a line
}

// line is a paragraph, heading, item or cell.
type line struct {
	Stretch
	heading bool
}

func (w *writer) run(r content.Run) {
	if r.Ends {
		w.end(r.Heading)
		return
	}
	for i := 0; i < len(r.Text); {
		if n := plain(r.Text[i:]); n > 0 {
			w.before(anyHan, r.At+i)
			w.norm.Write(r.Text[i : i+n])
			i += n
			w.last = anyHan
			continue
		}
		if c := r.Text[i]; c > ' ' && c < utf8.RuneSelf {
			w.before(rune(c), r.At+i)
			w.norm.WriteByte(c)
			w.last = rune(c)
			i++
			continue
		}
		c, size := utf8.DecodeRune(r.Text[i:])
		switch ascii := c < utf8.RuneSelf; {
		case ascii && c <= ' ' || !ascii && unicode.IsSpace(c):
			w.space = true
		case !ascii && !usualForm(c) && unicode.Is(unicode.Cf, c):
		default:
			w.before(c, r.At+i)
			w.norm.WriteRune(usual(c))
			w.last = c
		}
		i += size
	}
}

// anyHan stands for any Han character where white space beside one is judged.
const anyHan = 0x4e00

// plain returns the length of the Han characters with which a text begins:
// most of it, and spelled as it stands.
func plain[T string | []byte](s T) int {
	n := 0
	for n+2 < len(s) && s[n] >= 0xe4 && s[n] <= 0xe9 { // U+4000 to U+9FFF
		n += 3
	}
	return n
}

// before notes the place of the character that comes next, and sets the space
// before it where there is one.
func (w *writer) before(next rune, file int) {
	if w.space && spaced(w.last, next) {
		w.note(max(0, file-1))
		w.norm.WriteByte(' ')
	}
	w.space = false
	w.note(file)
}

// note marks the place of the next byte, unless the last mark tells it.
func (w *writer) note(file int) {
	n := w.norm.Len()
	if i := len(w.marks) - 1; i >= 0 && int(w.marks[i].file)-int(w.marks[i].norm) == file-n {
		return
	}
	w.marks = append(w.marks, mark{int32(n), int32(file)})
}

// end ends a line, unless nothing stands in it.
func (w *writer) end(heading bool) {
	if w.norm.Len() > w.start {
		w.lines = append(w.lines, line{Stretch{w.start, w.norm.Len()}, heading})
		w.norm.WriteByte('\n')
	}
	w.start, w.space, w.last = w.norm.Len(), false, 0
}

// spaced reports whether white space between two characters says anything:
// between Latin words and figures, and behind the punctuation of Latin writing.
func spaced(before, next rune) bool {
	latin := func(r rune) bool { return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return latin(next) && (latin(before) || unicode.IsLetter(next) && strings.ContainsRune(".,;:!?)", before) && before != 0)
}

// usual returns the usual form of a character, in ordinary width.
func usual(c rune) rune {
	if c < utf8.RuneSelf || usualForm(c) {
		return lang.Narrow(c)
	}
	var in, out [32]byte
	s := norm.NFKC.Append(out[:0], utf8.AppendRune(in[:0], c)...)
	n, size := utf8.DecodeRune(s)
	if size != len(s) || unicode.IsDigit(n) != unicode.IsDigit(c) {
		return c
	}
	return n
}

// usualForm reports whether a character is, but for its width, in its usual form
// already: dashes and quotation marks, Chinese punctuation, Han characters, and
// full-width ASCII.
func usualForm(c rune) bool {
	return 0x2012 <= c && c <= 0x2022 || 0x3001 <= c && c <= 0x301f || 0x4e00 <= c && c <= 0x9fff || 0xff01 <= c && c <= 0xff5e
}

// Spelling returns a text in the one spelling, for comparing data with the prose.
func Spelling(s string) string {
	if plain(s) == len(s) {
		return s
	}
	var w writer
	w.run(content.Run{Text: []byte(s)})
	return w.norm.String()
}
