package draft

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/generator/importer/layout"
)

// While a document is read, text that is struck out, or raised or lowered, is
// put between two noncharacters of Unicode, which no text contains. It must not
// run into the text beside it: a struck-out 5 before an 8 means 8 and not 58, and
// 12 with a raised 1 means 12 with a reference to a footnote.
const (
	struckOpen, struckClose = layout.StruckOpen, layout.StruckClose
	raisedOpen, raisedClose = layout.RaisedOpen, layout.RaisedClose

	marks = "\uFDD0\uFDD1\uFDD2\uFDD3"
)

// look is how a stretch of text is set.
type look struct {
	struck, double bool // struck out, with one line or with two
	raised         bool // or lowered
	hidden         bool
}

// mark returns the text between the two marks of its look.
func (l look) mark(text string) string {
	switch {
	case text == "":
	case l.struck || l.double:
		return string(struckOpen) + text + string(struckClose)
	case l.raised:
		return string(raisedOpen) + text + string(raisedClose)
	}
	return text
}

// unmark splits a text with marks into ordinary, struck-out and raised text. If
// inline is true, raised text is not split off but stays in its place, in brackets
// where beside puts them.
func unmark(text string, inline bool) (left string, struck, raised []string) {
	if !strings.ContainsAny(text, marks) {
		return text, nil, nil
	}
	var b, part strings.Builder
	// Adjacent stretches of the same kind are one stretch.
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

// beside returns raised text as it is written after the text before it: in
// brackets, unless it is a sign or comes first or after a Latin letter.
func beside(before, raised string) string {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(raised)
	if before == "" || last < unicode.MaxASCII && unicode.IsLetter(last) || !unicode.IsLetter(first) && !unicode.IsDigit(first) {
		return raised
	}
	return "[" + raised + "]"
}

func isAlphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// unmarkCell takes the marks out of a cell. Raised text stays in the cell behind
// a number, as a remark on it; in any other cell it becomes a footnote. The text
// of a cell that holds only raised text is read as ordinary text.
func (r *reader) unmarkCell(c *Cell) {
	left, struck, raised := unmark(c.Text, false)
	left = tidyCell(left)
	switch first, _ := utf8.DecodeRuneInString(left); {
	case left == "" && len(struck) == 0 && strings.ContainsFunc(strings.Join(raised, ""), isAlphanumeric):
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
