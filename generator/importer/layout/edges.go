package layout

import (
	"math"
	"regexp"
)

// edgeLines is how many lines the header or the footer of a page has at most.
const edgeLines = 3

var digits = regexp.MustCompile(`[0-9]+`)

// edges marks the lines of headers and footers: page numbers, and lines that more
// pages have at the same height, but for a number in them.
func edges(sheets []*sheet, number func(string) bool) {
	type place struct {
		text   string
		bottom bool
	}
	seen := map[place][]*line{}
	for _, s := range sheets {
		for _, bottom := range []bool{false, true} {
			for n := range min(edgeLines, len(s.items)) {
				x := s.items[n]
				if bottom {
					x = s.items[len(s.items)-1-n]
				}
				if x.line == nil {
					break
				}
				text := x.line.text()
				if number(text) {
					x.line.edge = true
					continue
				}
				k := place{digits.ReplaceAllString(text, "#"), bottom}
				seen[k] = append(seen[k], x.line)
			}
		}
	}
	for _, list := range seen {
		for _, a := range list {
			for _, b := range list {
				if a.page != b.page && math.Abs(a.base()-b.base()) < 2*near && math.Abs(a.left()-b.left()) < 10*near {
					a.edge = true
				}
			}
		}
	}
}
