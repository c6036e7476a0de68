package draft

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// While a document is read, text that is struck out, or raised or lowered,
// stands between characters that no text has. It must not run into the text
// beside it: 5 struck out and 8 is 8, and 12 with a raised 1 is 12.
const (
	struckOpen, struckClose = '\uFDD0', '\uFDD1'
	raisedOpen, raisedClose = '\uFDD2', '\uFDD3'

	marks = "\uFDD0\uFDD1\uFDD2\uFDD3"
)

// look is how a stretch of text is set.
type look struct{ struck, raised bool }

// mark puts a text between the marks of its look.
func (l look) mark(text string) string {
	switch {
	case text == "" || l == look{}:
		return text
	case l.struck:
		return string(struckOpen) + text + string(struckClose)
	}
	return string(raisedOpen) + text + string(raisedClose)
}

// unmark takes a text with marks apart: what is left of it, what was struck
// out, and what was raised. Of what was raised nothing is left, unless inline
// is true: then it stays where it is, in brackets behind a number or a word
// that is not of Latin letters.
func unmark(text string, inline bool) (left string, struck, raised []string) {
	if !strings.ContainsAny(text, marks) {
		return text, nil, nil
	}
	var b, part strings.Builder
	// Two stretches that meet are one.
	text = strings.NewReplacer(string(struckClose)+string(struckOpen), "", string(raisedClose)+string(raisedOpen), "").Replace(text)
	in := rune(0)
	for _, r := range text {
		switch r {
		case struckOpen, raisedOpen:
			in = r
			part.Reset()
		case struckClose:
			if s := Tidy(part.String()); s != "" {
				struck = append(struck, s)
			}
			in = 0
		case raisedClose:
			in = 0
			s := Tidy(part.String())
			switch {
			case s == "":
			case inline:
				b.WriteString(beside(b.String(), s))
			default:
				raised = append(raised, s)
			}
		default:
			if in != 0 {
				part.WriteRune(r)
			} else {
				b.WriteRune(r)
			}
		}
	}
	return b.String(), struck, raised
}

// beside writes a raised text so that it can stand behind another.
func beside(before, raised string) string {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(raised)
	if before == "" || last < unicode.MaxASCII && unicode.IsLetter(last) || !unicode.IsLetter(first) && !unicode.IsDigit(first) {
		return raised
	}
	return "[" + raised + "]"
}

// unmarkCell takes the marks out of a cell. Behind a number what was raised is
// a remark; elsewhere it is told by itself. A cell of nothing else is ordinary.
func (r *reader) unmarkCell(c *Cell) {
	left, struck, raised := unmark(c.Text, false)
	left = tidyCell(left)
	switch first, _ := utf8.DecodeRuneInString(left); {
	case left == "" && len(struck) == 0:
		left, _, _ = unmark(c.Text, true)
	case unicode.IsDigit(first):
		for _, s := range raised {
			left += beside(left, s)
		}
	default:
		for _, s := range raised {
			r.add(s, Footnote, c.At)
		}
	}
	for _, s := range struck {
		r.add(s, Struck, c.At)
	}
	c.Text, c.Struck = left, strings.Join(struck, " ")
}
