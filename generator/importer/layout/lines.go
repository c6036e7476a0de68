package layout

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is a line of glyphs, from left to right.
type line struct {
	glyphs []Glyph
	page   int
	hidden bool
	edge   bool // of the page's margin
}

func (l *line) left() float64  { return l.glyphs[0].Left }
func (l *line) right() float64 { return l.glyphs[len(l.glyphs)-1].Right }
func (l *line) base() float64  { return l.glyphs[0].Base }

// size returns the size of most of the line's glyphs.
func (l *line) size() float64 {
	sizes := make([]float64, 0, len(l.glyphs))
	for _, g := range l.glyphs {
		sizes = append(sizes, g.Size)
	}
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}

// lines arranges glyphs in lines, from top to bottom. Raised and lowered glyphs
// are of the line beside them.
func lines(glyphs []Glyph, page int) (list []*line) {
	glyphs = slices.Clone(glyphs)
	slices.SortStableFunc(glyphs, func(a, b Glyph) int { return sign(b.Base - a.Base) })
	for _, g := range glyphs {
		last := len(list) - 1
		if last >= 0 {
			first := list[last].glyphs[0]
			if first.Base-g.Base <= 0.5*max(first.Size, g.Size) {
				list[last].glyphs = append(list[last].glyphs, g)
				continue
			}
		}
		list = append(list, &line{glyphs: []Glyph{g}, page: page})
	}
	for _, l := range list {
		slices.SortStableFunc(l.glyphs, func(a, b Glyph) int { return sign(a.Left - b.Left) })
		l.hidden = !slices.ContainsFunc(l.glyphs, func(g Glyph) bool { return !g.Hidden })
	}
	return slices.DeleteFunc(list, func(l *line) bool { return strings.TrimSpace(l.text()) == "" })
}

// text returns the line's text. Words that are printed apart without a space
// between them get one: a fifth of the size parts the words of a script that has
// spaces, a third of it the cells of a table that has no rules. Between a number and
// Chinese text programs leave a quarter.
func (l *line) text() string {
	var b strings.Builder
	size, base := l.size(), l.usual()
	var open, shut rune // of the stretch that is being written
	for i, g := range l.glyphs {
		from, to := rune(0), rune(0)
		switch {
		case g.struck:
			from, to = StruckOpen, StruckClose
		case g.Size < 0.8*size && math.Abs(g.Base-base) > 0.12*size:
			from, to = RaisedOpen, RaisedClose
		}
		if open != from && open != 0 {
			b.WriteRune(shut)
		}
		if i > 0 && g.Left-l.glyphs[i-1].Right > 0.2*g.Size {
			before, _ := utf8.DecodeLastRuneInString(l.glyphs[i-1].Text)
			after, _ := utf8.DecodeRuneInString(g.Text)
			if narrow(before) && narrow(after) || g.Left-l.glyphs[i-1].Right > 0.35*g.Size {
				b.WriteByte(' ')
			}
		}
		if open != from && from != 0 {
			b.WriteRune(from)
		}
		open, shut = from, to
		b.WriteString(g.Text)
	}
	if open != 0 {
		b.WriteRune(shut)
	}
	return strings.TrimSpace(b.String())
}

// usual returns the height at which the line's largest glyphs stand.
func (l *line) usual() float64 {
	most := l.glyphs[0]
	for _, g := range l.glyphs {
		if g.Size > most.Size {
			most = g
		}
	}
	return most.Base
}

// narrow reports whether a character is of a script that parts its words by
// spaces, or a digit.
func narrow(r rune) bool { return r < 0x2e80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// strike marks the glyphs that a rule strikes out: one that goes through the middle
// of glyphs of a line, and does not reach beyond the line.
func strike(lines []*line, rules []Rule) {
	for _, r := range rules {
		if r.Upright {
			continue
		}
		for _, l := range lines {
			middle := l.base() + 0.35*l.size()
			if math.Abs(r.At-middle) > 0.22*l.size() || r.From < l.left()-l.size() || r.To > l.right()+l.size() {
				continue
			}
			for i, g := range l.glyphs {
				if r.From <= g.center() && g.center() <= r.To {
					l.glyphs[i].struck = true
				}
			}
		}
	}
}

// Join returns the text of lines that are one paragraph.
func Join(lines []Line) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			last, _ := utf8.DecodeLastRuneInString(lines[i-1].Text)
			first, _ := utf8.DecodeRuneInString(l.Text)
			if latin(string(last)) && latin(string(first)) {
				b.WriteByte(' ')
			}
		}
		b.WriteString(l.Text)
	}
	return b.String()
}
