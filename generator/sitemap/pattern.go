package sitemap

import (
	"strconv"
	"strings"
)

// Pattern is the paths of the pages of a kind. {year} and {name} stand for one
// segment and {agency} for one or more; what is in [square] brackets may be
// missing, and then means all years, or the whole archive.
type Pattern string

// At says which page of its kind is meant.
type At struct {
	Agency string // the path of an agency
	Year   int
	Name   string // of a free page
	Part   int    // of a list that goes on, from 1; 0 is the first too
}

// File is the path of a page.
func (p Pattern) File(at At) string {
	b := make([]byte, 0, 128)
	for rest := string(p); ; {
		i := strings.IndexByte(rest, '/')
		if i < 0 {
			if at.Part > 1 {
				return string(append(strconv.AppendInt(b, int64(at.Part), 10), ".html"...))
			}
			return string(append(b, rest...))
		}
		n := len(b)
		switch s := rest[:i]; s[0] {
		case '{', '[':
			switch s[1] {
			case 'a':
				b = append(b, at.Agency...)
			case 'n':
				b = append(b, at.Name...)
			case 'y':
				if at.Year != 0 {
					b = strconv.AppendInt(b, int64(at.Year), 10)
				}
			}
		default:
			b = append(b, s...)
		}
		if len(b) > n {
			b = append(b, '/')
		}
		rest = rest[i+1:]
	}
}

// Fill puts values in the place of the segments that a path must have, in
// their order; without values they stay as they are. What may be missing is.
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
