package search

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Stored text is one string, cut by the separators that ASCII has for this
// and that no content can hold: groups of records, the fields of a record,
// the parts of a field. Go and the browser take it apart with one split each.
const (
	groupSep = "\x1d"
	fieldSep = "\x1e"
	partSep  = "\x1f"
)

// A report's texts are units, in which a query is found or not; each carries
// a letter in front that says what it is.
const (
	unitHeading    = 'h'
	unitText       = 'p'
	unitFootnote   = 'f'
	unitAttachment = 'a'
)

// clean makes s safe to store: valid UTF-8 in NFC without control characters,
// its white space run together.
func clean(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == 0x7f || c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			plain = false
			break
		}
	}
	if !plain {
		s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f }), " ")
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	return norm.NFC.String(s)
}

// appendReport writes the record of a report: year, URL, title, units.
func appendReport(b []byte, r *Report) []byte {
	b = strconv.AppendInt(b, int64(r.Year), 10)
	b = append(append(b, fieldSep...), clean(r.URL)...)
	b = append(append(b, fieldSep...), clean(r.Title)...)
	unit := func(kind byte, text string) {
		for line := range strings.Lines(text) {
			if line = clean(line); line != "" {
				b = append(append(append(b, fieldSep...), kind), line...)
			}
		}
	}
	for i := range r.Sections {
		unit(unitHeading, r.Sections[i].Heading)
		unit(unitText, r.Sections[i].Text)
	}
	for _, s := range r.Footnotes {
		unit(unitFootnote, s)
	}
	for _, s := range r.Attachments {
		unit(unitAttachment, s)
	}
	return b
}

// record is a stored report taken apart.
type record struct {
	year       int
	url, title string
	units      []string // each with its letter in front
	text       string   // the record itself
}

func parseRecord(s string) (r record, ok bool) {
	f := strings.Split(s, fieldSep)
	if len(f) < 3 {
		return r, false
	}
	year, err := strconv.Atoi(f[0])
	return record{year: year, url: f[1], title: f[2], units: f[3:], text: s}, err == nil
}
