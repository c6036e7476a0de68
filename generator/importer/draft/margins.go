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

// margins finds the headers and footers of the pages of a text. A page
// ends with its number, or where the next begins with a form feed, on the lines
// feeds. What is printed beside several ends is of the margin, and so are numbers
// alone that count the form feeds.
func (r *reader) margins(feeds []int) {
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
	var body []*Paragraph // lines outside of tables; nil for a table
	breaks := slices.Clone(feeds)
	for _, b := range r.Blocks {
		switch p := b.Paragraph; {
		case p == nil || p.Role == Body:
			body = append(body, p)
		case p.Role == Margin:
			breaks = append(breaks, p.At.Line)
		}
	}
	slices.Sort(breaks)
	next := 0 // the first of body after the break
	for _, at := range breaks {
		for next < len(body) && (body[next] == nil || body[next].At.Line < at) {
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
		first := len(body) > 0 && body[0] != nil && digits.ReplaceAllString(body[0].Text, "#") == k.text
		if len(all) > 1 || first && !k.above && all[0] != body[0] {
			for _, p := range all {
				p.Role = Margin
			}
		}
	}
	countPages(body, feeds)
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
		for next < len(body) && (body[next] == nil || body[next].At.Line < at) {
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
