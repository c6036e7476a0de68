package draft

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var digits = regexp.MustCompile(`[0-9]+`)

// margins finds the headers and footers of the pages of a text, also of one that was
// pasted into another document. A page
// ends with its number, or where the next begins with a form feed, on the lines
// feeds. What is printed beside several ends is of the margin, and so are numbers
// alone that count the form feeds.
func (r *reader) margins(feeds []int) {
	for range mostLines {
		if !r.beside(feeds) {
			break
		}
	}
	countPages(r.bodyLines(), feeds)
}

// lineOf is where a line stands among the others.
func lineOf(p *Paragraph) int { return max(p.At.Line, p.At.Paragraph) }

// mostLines is how many lines a header or footer has at most.
const mostLines = 3

// bodyLines returns the lines that are not of the margin; a table is nil.
func (r *reader) bodyLines() (body []*Paragraph) {
	for _, b := range r.Blocks {
		if b.Paragraph == nil || b.Paragraph.Role == Body {
			body = append(body, b.Paragraph)
		}
	}
	return body
}

// beside moves the lines next to the ends of pages to the margin that are printed at
// several. It reports whether there were any.
func (r *reader) beside(feeds []int) (any bool) {
	type place struct {
		text  string
		above bool // of the break
	}
	lines := map[place][]*Paragraph{}
	note := func(p *Paragraph, above bool) {
		if text := digits.ReplaceAllString(p.Text, "#"); p.Role == Body && isWording(text) {
			k := place{text, above}
			if all := lines[k]; len(all) == 0 || all[len(all)-1] != p {
				lines[k] = append(all, p)
			}
		}
	}
	body := r.bodyLines()
	breaks := slices.Clone(feeds)
	for _, b := range r.Blocks {
		if p := b.Paragraph; p != nil && p.Role == Margin {
			breaks = append(breaks, lineOf(p))
		}
	}
	slices.Sort(breaks)
	next := 0 // the first of body after the break
	for _, at := range breaks {
		for next < len(body) && (body[next] == nil || lineOf(body[next]) < at) {
			next++
		}
		if next > 0 && body[next-1] != nil {
			note(body[next-1], true)
		}
		if next < len(body) {
			note(body[next], false)
		}
	}
	for k, all := range lines {
		first := len(body) > 1 && body[0] != nil && digits.ReplaceAllString(body[0].Text, "#") == k.text && !k.above && all[0] != body[0]
		if len(all) > 1 || first {
			if first && body[1] != nil && strings.Contains(body[0].Text, body[1].Text) {
				all = append(all, body[0]) // a header with the title, above the title
			}
			for _, p := range all {
				p.Role = Margin
			}
			any = true
		}
	}
	return any
}

// isWording reports whether a text has words enough to be a page's header.
func isWording(text string) bool {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n >= 4 && utf8.RuneCountInString(text) <= 60 && !strings.ContainsAny(text, "\t|")
}

// countPages moves the last lines of pages to the margin if they are numbers, one
// more on each page than on the page before.
func countPages(body []*Paragraph, feeds []int) {
	var last []*Paragraph
	next, before := 0, -1
	for _, at := range feeds {
		for next < len(body) && (body[next] == nil || lineOf(body[next]) < at) {
			next++
		}
		if next == 0 || body[next-1] == nil {
			return
		}
		n, err := strconv.Atoi(body[next-1].Text)
		if err != nil || before >= 0 && n != before+1 {
			return
		}
		before, last = n, append(last, body[next-1])
	}
	for _, p := range last {
		if len(last) > 1 {
			p.Role = Margin
		}
	}
}
