package sitemap

import (
	"strconv"
	"strings"
)

// Pattern is the paths of the pages of a kind. {year} and {name} stand for one
// segment and {agency} for one or more; what is in [square] brackets may be
// missing, and then means all years, or the whole archive. A list that is too
// long for its index.html goes on in 2.html beside it.
type Pattern string

// At holds the values that select one page among those of its kind.
type At struct {
	Agency string // the path of an agency
	Year   int
	Name   string // of a free page
	Part   int    // part of a list that continues on further pages, from 1; 0 means 1
}

// File returns the path of the page that at selects.
func (p Pattern) File(at At) string {
	b := make([]byte, 0, 128)
	rest := string(p)
	for i := strings.IndexByte(rest, '/'); i >= 0; i = strings.IndexByte(rest, '/') {
		n := len(b)
		switch s := rest[:i]; s[1:] {
		case "agency}", "agency]":
			b = append(b, at.Agency...)
		case "name}":
			b = append(b, at.Name...)
		case "year}", "year]":
			if at.Year != 0 {
				b = strconv.AppendInt(b, int64(at.Year), 10)
			}
		default:
			b = append(b, s...)
		}
		if len(b) > n {
			b = append(b, '/')
		}
		rest = rest[i+1:]
	}
	if at.Part > 1 {
		b = strconv.AppendInt(b, int64(at.Part), 10)
		rest = ".html"
	}
	return string(append(b, rest...))
}

// Match is the inverse of File: it returns the values in a path, and whether the
// path follows the pattern.
func (p Pattern) Match(file string) (at At, ok bool) {
	segments, parts := strings.Split(string(p), "/"), strings.Split(file, "/")
	for i, s := range segments {
		left := len(segments) - i - 1 // segments that follow, each of one part but for an agency
		if len(parts) == 0 {
			return At{}, false
		}
		n := 1
		switch s {
		case "{agency}", "[agency]":
			if n = len(parts) - left; n < 0 || n == 0 && s[0] == '{' {
				return At{}, false
			}
			at.Agency = strings.Join(parts[:n], "/")
		case "{name}":
			if at.Name = parts[0]; Reserved(at.Name) {
				return At{}, false
			}
		case "{year}", "[year]":
			if year, err := strconv.Atoi(parts[0]); err == nil && len(parts[0]) == 4 {
				at.Year = year
			} else if n = 0; s[0] == '{' {
				return At{}, false
			}
		default:
			if parts[0] != s {
				return At{}, false
			}
		}
		parts = parts[n:]
	}
	return at, len(parts) == 0
}

// needs reports whether the required segments of the pattern are exactly those for
// which at has a value. Segments in [square] brackets are optional and not
// considered.
func (p Pattern) needs(at At) bool {
	has := func(s string) bool { return strings.Contains(string(p), s) }
	return has("{agency}") == (at.Agency != "") && has("{year}") == (at.Year != 0) && has("{name}") == (at.Name != "")
}

// Fill replaces the required segments, such as {year}, by the values, in order. It
// leaves out optional segments, and keeps required ones for which there is no value.
// The result is false if there are more values than segments.
func (p Pattern) Fill(values ...string) (string, bool) {
	var b strings.Builder
	for s := range strings.SplitAfterSeq(string(p), "/") {
		switch {
		case strings.HasPrefix(s, "["):
		case strings.HasPrefix(s, "{") && len(values) > 0:
			b.WriteString(values[0] + "/")
			values = values[1:]
		default:
			b.WriteString(s)
		}
	}
	return b.String(), len(values) == 0
}
