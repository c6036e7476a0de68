package layout

import (
	"math"
	"strings"
)

// table makes the table of a lattice and of the glyphs that stand in it.
func (l *lattice) table(glyphs []Glyph, rules []Rule, page int) *Table {
	inside := make([][]*line, len(l.cells))
	for i, list := range l.split(glyphs) {
		inside[i] = lines(list, page)
		strike(inside[i], rules)
	}
	room := l.room(inside)
	t := &Table{Rows: make([][]Cell, len(l.ys)-1)}
	for i, c := range l.cells { // from left to right in each row
		cell := Cell{Page: page, Column: c.column, RowSpan: c.rows, ColSpan: c.columns}
		cell.Text = cellText(inside[i], l.width(c)-room)
		t.Rows[c.row] = append(t.Rows[c.row], cell)
	}
	return t
}

// split returns the glyphs of each cell.
func (l *lattice) split(glyphs []Glyph) [][]Glyph {
	list := make([][]Glyph, len(l.cells))
	for _, g := range glyphs {
		if l.holds(g) {
			i := l.cell(g)
			list[i] = append(list[i], g)
		}
	}
	return list
}

func (l *lattice) width(c region) float64 { return l.xs[c.column+c.columns] - l.xs[c.column] }

// room returns the space that is left free in the fullest line of the table: what
// lies between the text and the sides of a cell.
func (l *lattice) room(inside [][]*line) float64 {
	least := math.Inf(1)
	for i, list := range inside {
		for _, x := range list {
			least = min(least, l.width(l.cells[i])-(x.right()-x.left()))
		}
	}
	return max(0, least)
}

// cellText joins the lines of a cell: a line that had room for more ends a
// paragraph, any other is broken.
func cellText(list []*line, width float64) string {
	var b strings.Builder
	for i, x := range list {
		if i > 0 {
			b.WriteString(between(list[i-1], x, width))
		}
		b.WriteString(x.text())
	}
	return b.String()
}

// between is what stands between a line and the next of a stretch that is so wide.
func between(a, b *line, width float64) string {
	first := b.glyphs[0]
	if width-(a.right()-a.left()) >= 1.05*(first.Right-first.Left) {
		return "\n"
	}
	before, after := a.glyphs[len(a.glyphs)-1].Text, first.Text
	if latin(before) && latin(after) {
		return " "
	}
	return ""
}

// latin reports whether a character is a letter of a script that parts its words by
// spaces. Digits are not: a number may be broken.
func latin(s string) bool {
	for _, r := range s {
		return narrow(r) && (r < '0' || r > '9')
	}
	return false
}
