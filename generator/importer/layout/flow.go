package layout

import (
	"math"
	"slices"
)

// flow is a document that is being put together from its pages.
type flow struct {
	*Document
	edges     map[int]span // the sides of the text of pages of a width
	paragraph []*line      // that may go on
	table     *Table       // that may go on upon the next page
	lattice   *lattice     // of its last part
}

func (f *flow) page(s *sheet) {
	first := true // nothing but the margin stands above
	for _, x := range s.items {
		switch {
		case x.line != nil && x.line.edge:
			f.Blocks = append(f.Blocks, Block{Page: s.number, Edge: true, Lines: []Line{x.line.line()}})
			continue
		case x.table != nil:
			if !first || !f.goesOn(x) {
				f.end()
				f.table, f.lattice = x.table, x.lattice
				f.Blocks = append(f.Blocks, Block{Page: s.number, Table: x.table})
			}
		default:
			f.line(x.line, f.edges[s.kind()])
		}
		first = false
	}
	for _, l := range s.unseen {
		f.Blocks = append(f.Blocks, Block{Page: s.number, Lines: []Line{l.line()}})
	}
}

// end ends the paragraph and the table that may go on.
func (f *flow) end() {
	if f.paragraph != nil {
		b := Block{Page: f.paragraph[0].page}
		for _, l := range f.paragraph {
			b.Lines = append(b.Lines, l.line())
		}
		f.Blocks = append(f.Blocks, b)
	}
	f.paragraph, f.table, f.lattice = nil, nil, nil
}

func (l *line) line() Line {
	return Line{Text: l.text(), Hidden: l.hidden}
}

// line adds a line of text to the paragraph before it, or begins one.
func (f *flow) line(l *line, edge span) {
	if f.paragraph == nil || !f.continues(l, edge) {
		f.end()
	}
	f.table, f.lattice = nil, nil
	f.paragraph = append(f.paragraph, l)
}

// continues reports whether the paragraph goes on in the line: the last one
// reaches the right edge, this one is not indented, nor set in another size, nor
// far below.
func (f *flow) continues(l *line, edge span) bool {
	last := f.paragraph[len(f.paragraph)-1]
	size := last.size()
	switch {
	case edge.to-last.right() > 1.6*size, l.left()-edge.from > 1.2*size, math.Abs(l.size()-size) > 0.15*size:
		return false
	case last.page == l.page:
		return last.base()-l.base() < 3.2*size
	}
	return true
}

// span is a stretch from one x to another.
type span struct{ from, to float64 }

// sides returns the left and right edges of the text, for the pages of each width.
// Pages on which no line is as wide as prose have no right edge.
func sides(sheets []*sheet) map[int]span {
	list := map[int]span{}
	for _, s := range sheets {
		for _, x := range s.items {
			if x.line == nil || x.line.edge {
				continue
			}
			k := s.kind()
			e, ok := list[k]
			if !ok {
				e = span{math.Inf(1), math.Inf(-1)}
			}
			list[k] = span{min(e.from, x.line.left()), max(e.to, x.line.right())}
		}
	}
	for _, s := range sheets {
		if e, ok := list[s.kind()]; ok && e.to-e.from < s.Width/2 {
			list[s.kind()] = span{e.from, math.Inf(1)}
		}
	}
	return list
}

// kind is the same for pages of the same width.
func (s *sheet) kind() int { return int(math.Round(s.Width / 10)) }

// goesOn adds a table at the top of a page to the one before it, if its columns
// stand where those of the other stand, but for those that the cells of one of the
// two parts cover together. Heads that are printed again are left out, and a row
// that breaks over the pages is made whole.
func (f *flow) goesOn(x *item) bool {
	if f.table == nil {
		return false
	}
	if places, ok := among(x.lattice.xs, f.lattice.xs); ok {
		x.table.spread(places)
	} else if places, ok := among(f.lattice.xs, x.lattice.xs); ok {
		f.table.spread(places)
	} else {
		return false
	}
	rows := x.table.Rows
	if f.lattice.isOpen(true) && x.lattice.isOpen(false) && len(rows) > 0 {
		f.table.mend(rows[0])
		rows = rows[1:]
	} else {
		heads := 0
		for heads < min(len(rows), len(f.table.Rows)) && alike(rows[heads], f.table.Rows[heads]) {
			heads++
		}
		rows = rows[heads:]
	}
	f.table.Rows = append(f.table.Rows, rows...)
	if len(x.lattice.xs) >= len(f.lattice.xs) {
		f.lattice = x.lattice
	} else {
		f.lattice = &lattice{xs: f.lattice.xs, ys: x.lattice.ys, level: x.lattice.level}
	}
	return true
}

// among returns where each line of a stands among those of b. The outer ones must
// be the same.
func among(a, b []float64) (places []int, ok bool) {
	for _, at := range a {
		i := slices.IndexFunc(b, func(x float64) bool { return math.Abs(x-at) <= 2*near })
		if i < 0 {
			return nil, false
		}
		places = append(places, i)
	}
	return places, places[0] == 0 && places[len(places)-1] == len(b)-1
}

// spread numbers the table's columns as those of one with more columns.
func (t *Table) spread(places []int) {
	for _, row := range t.Rows {
		for i := range row {
			c := &row[i]
			c.Column, c.ColSpan = places[c.Column], places[c.Column+c.ColSpan]-places[c.Column]
		}
	}
}

// mend adds the rest of the table's last row, which breaks over two pages.
func (t *Table) mend(rest []Cell) {
	for _, c := range rest {
		for i := len(t.Rows) - 1; i >= 0; i-- {
			k := slices.IndexFunc(t.Rows[i], func(x Cell) bool { return x.Column == c.Column && i+x.RowSpan == len(t.Rows) })
			if k < 0 {
				continue
			}
			x := &t.Rows[i][k]
			x.Text, x.RowSpan = x.Text+c.Text, x.RowSpan+c.RowSpan-1
			break
		}
	}
}

// alike reports whether two rows have the same text.
func alike(a, b []Cell) bool {
	return len(a) == len(b) && slices.EqualFunc(a, b, func(x, y Cell) bool { return x.Text == y.Text && x.Column == y.Column })
}
