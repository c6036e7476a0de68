package files

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"annals/generator/diag"
)

// checkCharacters finds what a file must not hold, in three classes:
//
//   - bytes that are not UTF-8: the rest of the file cannot be read, so only the
//     first one is reported and whole is false;
//   - control characters, which no editor shows and terminals obey; a file with
//     more of them than are listed is no text, and whole is false;
//   - invisible and direction-changing characters, which make a text read
//     differently from what it is, with the same limit. The joiners of Mongolian,
//     Uyghur, Indic and emoji text are accepted after a character that they can join.
func checkCharacters(file string, data []byte) (diags []diag.Diagnostic, whole bool) {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return []diag.Diagnostic{diag.New("encoding/utf-16", Top(file))}, false
	}
	var found diag.Collector
	at := forward{data: data, line: 1, column: 1}
	controls, hidden := 0, 0
	// Column and message are computed only for findings that will be listed, because
	// a text may have very many.
	control := func(start, end int) {
		controls++
		found.Add("encoding", func() diag.Diagnostic {
			return diag.New("encoding/control", at.span(start, end).In(file), "bytes", hexOf(data[start:end]))
		})
	}
	conceals := func(key string, start, end int, r rune) {
		hidden++
		found.Add("hidden-character", func() diag.Diagnostic {
			place := at.span(start, end).In(file)
			d := diag.New(key, place, "code", fmt.Sprintf("U+%04X", r))
			d.Fix = &diag.Fix{Place: place}
			return d
		})
	}
	for i := 0; i < len(data); {
		c := data[i]
		if c < utf8.RuneSelf {
			if c < ' ' && c != '\n' && c != '\t' && !(c == '\r' && i+1 < len(data) && data[i+1] == '\n') || c == 0x7f {
				control(i, i+1)
			}
			i++
			continue
		}
		// Most other characters are U+4000 to U+9FFF, to which no rule below applies.
		if c >= 0xe4 && c <= 0xe9 && i+2 < len(data) && data[i+1]&0xc0 == 0x80 && data[i+2]&0xc0 == 0x80 {
			i += 3
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return append(found.List(), diag.New("encoding", Span(data, i, i+1).In(file), "bytes", hexOf(data[i:]))), false
		}
		if Invisible(r) && !(i == 0 && r == '\ufeff') {
			switch {
			case r < 0xa0:
				control(i, i+n)
			case Directional(r):
				conceals("hidden-character/direction", i, i+n, r)
			case !joins(data[:i], r):
				conceals("hidden-character", i, i+n, r)
			}
		}
		i += n
	}
	return found.List(), controls <= diag.MaxOfKind && hidden <= diag.MaxOfKind
}

// Invisible reports whether a character may be invisible: controls beyond
// ASCII, format characters, fillers. It decides for nearly all Chinese text by one comparison.
func Invisible(r rune) bool {
	if r >= 0x3000 && r < 0xfe00 {
		return r == '\u3164' // Hangul filler
	}
	switch {
	case r >= 0x7f && r < 0xa0, r == 0xad, r == '\u061c', r == '\u180e', r == '\u115f', r == '\u1160', r == 0xffa0:
		return true
	case r >= '\u200b' && r <= '\u200f', r >= '\u2028' && r <= '\u202e', r >= '\u2060' && r <= '\u206f':
		return true
	case r == '\ufeff', r >= '\ufff9' && r <= '\ufffb', r == '\ufffe', r == '\uffff':
		return true
	}
	return r >= 0xe0000 && r <= 0xe0fff && !(r >= 0xe0100 && r <= 0xe01ef) // tags; not ideographic variations
}

// Directional reports whether a character changes the direction of text.
// Scripts that run from right to left need none of them in a paragraph.
func Directional(r rune) bool {
	return r == '\u061c' || r == '\u200e' || r == '\u200f' ||
		r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// joins reports whether r is a joiner after a character that it can join.
func joins(before []byte, r rune) bool {
	if len(before) == 0 {
		return false
	}
	prev, _ := utf8.DecodeLastRune(before)
	switch r {
	case '\u180e':
		return unicode.Is(unicode.Mongolian, prev)
	case '\u200d':
		if unicode.In(prev, unicode.So, unicode.Sk) || prev == '\ufe0f' {
			return true // emoji sequences
		}
	case '\u200c':
	default:
		return false
	}
	return prev >= 0x600 && unicode.In(prev, unicode.L, unicode.M) &&
		!unicode.In(prev, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Latin)
}

// hexOf writes the first bytes of data, up to two, as people compare them
// with a code table.
func hexOf(data []byte) string { return fmt.Sprintf("% X", data[:min(2, len(data))]) }
