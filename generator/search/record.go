package search

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Stored text is one string, divided by the separator characters of ASCII, which
// no content can contain: into records, the fields of a record, and the parts of a
// field. Go and the browser split it with one call each.
const (
	groupSep = "\x1d"
	fieldSep = "\x1e"
	partSep  = "\x1f"
)

// A report's texts are units, such as paragraphs and headings. A query is found in
// one unit, never across two. The first letter of a unit is its kind.
const (
	unitHeading    = 'h'
	unitText       = 'p'
	unitFootnote   = 'f'
	unitAttachment = 'a'
)

// clean makes s safe to store: valid UTF-8 in NFC without control characters,
// its white space run together.
func clean(s string) string {
	s = strings.TrimSpace(s)
	if isClean(s) {
		return s
	}
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "\ufffd"), func(r rune) bool { return r <= ' ' || r == 0x7f }), " ")
	return norm.NFC.String(s)
}

// isClean reports whether clean would return s unchanged. It decides quickly
// for the characters of which nearly all text consists, none of which composes
// with another in NFC, and returns false for any other.
func isClean(s string) bool {
	space := true
	for i := 0; i < len(s); {
		if c := s[i]; c >= 0xe4 && c <= 0xe9 && i+2 < len(s) && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80 {
			space = false // an ideograph from U+4000 on
			i += 3
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == ' ':
			if space {
				return false
			}
			space = true
			continue
		case r > ' ' && r < 0x7f, r >= 0xa1 && r < 0x300, r >= 0x2010 && r < 0x2100,
			r >= 0x2460 && r < 0x2500, r >= 0x3000 && r < 0x302a, r >= 0x3400 && r < 0xa000, r >= 0xff01 && r < 0xff5f:
		default:
			return false
		}
		space = false
	}
	return !space || s == ""
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

// texts yields what is searched: the title and the units.
func (r *record) texts(yield func(string) bool) {
	if !yield(r.title) {
		return
	}
	for _, u := range r.units {
		if !yield(u[1:]) {
			return
		}
	}
}

func parseRecord(s string) (r record, ok bool) {
	f := strings.Split(s, fieldSep)
	if len(f) < 3 {
		return r, false
	}
	year, err := strconv.Atoi(f[0])
	ok = err == nil && !slices.Contains(f[3:], "") // a unit has at least its letter
	return record{year: year, url: f[1], title: f[2], units: f[3:], text: s}, ok
}
