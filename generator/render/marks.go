package render

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// marks are placeholders in a layout that are replaced after html/template has
// run: for the relative path to the root of the site, and for the values of an
// official table. They consist of letters and digits, which html/template never
// escapes. Content cannot contain one, because they include a random text that
// differs in every run.
type marks struct{ start, root string }

// markEnd follows the number in a mark, so that digits after the mark do not
// belong to the number.
const markEnd = "end"

func newMarks(nonce string) marks {
	m := marks{start: "annals" + nonce + "mark"}
	m.root = m.value(rootSlot)
	return m
}

// rootSlot is the slot of the relative path to the root; other slots are
// numbers of values, from 0.
const rootSlot = -1

// value returns the mark of a value.
func (m marks) value(n int) string { return m.start + strconv.Itoa(n+1) + markEnd }

// pieces is a text cut at its marks.
type pieces struct {
	text  []string // one more than slots
	slots []int    // rootSlot, or the number of a value
	size  int
}

// cut takes a text apart at the marks. A value must stand alone between two
// tags, because what takes its place may be an element itself.
func (m marks) cut(s string) (*pieces, error) {
	p := &pieces{size: len(s)}
	for {
		before, rest, ok := strings.Cut(s, m.start)
		p.text = append(p.text, before)
		if !ok {
			return p, nil
		}
		digits, after, _ := strings.Cut(rest, markEnd)
		n, err := strconv.Atoi(digits)
		if err != nil || n > 0 && !(strings.HasSuffix(before, ">") && strings.HasPrefix(after, "<")) {
			return nil, fmt.Errorf("a value must stand alone between two tags")
		}
		p.slots = append(p.slots, n-1)
		s = after
	}
}

// appendRooted appends a page with the way to the root in the place of its
// marks.
func (m marks) appendRooted(b, page []byte, root string) []byte {
	for {
		before, after, ok := bytes.Cut(page, []byte(m.root))
		b = append(b, before...)
		if !ok {
			return b
		}
		b = append(b, root...)
		page = after
	}
}
