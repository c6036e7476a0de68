package layout

import (
	"slices"
)

// Document is what the pages hold, in its order.
type Document struct {
	Blocks     []Block
	Scans      []int // pages, from 1, that are pictures without text
	Recognised []int // pages whose text a machine read from a picture
}

// Read reads the pages of a document. number reports whether a line is nothing but
// the number of a page.
func Read(pages []Page, number func(line string) bool) *Document {
	d := &Document{}
	var sheets []*sheet
	for i, p := range pages {
		s := newSheet(p, i+1)
		switch {
		case s.recognised:
			d.Recognised = append(d.Recognised, i+1)
		case len(s.items) == 0 && p.Pictures > 0:
			d.Scans = append(d.Scans, i+1)
		}
		sheets = append(sheets, s)
	}
	edges(sheets, number)
	f := &flow{Document: d, edges: sides(sheets)}
	for _, s := range sheets {
		f.page(s)
	}
	f.end()
	return d
}

// sheet is a page that is being read.
type sheet struct {
	Page
	number     int
	items      []*item // from top to bottom
	unseen     []*line // text that is not printed
	recognised bool
}

// item is a line, or a table.
type item struct {
	line    *line
	lattice *lattice
	table   *Table
}

func (x *item) top() float64 {
	if x.line != nil {
		return x.line.base() + x.line.size()
	}
	return x.lattice.ys[0]
}

func newSheet(p Page, number int) *sheet {
	s := &sheet{Page: p, number: number}
	var shown, hidden []Glyph
	for _, g := range p.Glyphs {
		if g.Hidden {
			hidden = append(hidden, g)
		} else {
			shown = append(shown, g)
		}
	}
	if len(lines(shown, number)) == 0 && len(hidden) > 0 && p.Pictures > 0 {
		s.recognised = true
		for i := range hidden {
			hidden[i].Hidden = false
		}
		shown, hidden = hidden, nil
	}
	s.unseen = lines(hidden, number)
	found := lattices(p.Rules)
	var free []Glyph
	for _, g := range shown {
		if !slices.ContainsFunc(found, func(l *lattice) bool { return l.holds(g) }) {
			free = append(free, g)
		}
	}
	for _, l := range found {
		own := slices.DeleteFunc(slices.Clone(shown), func(g Glyph) bool { return !l.holds(g) })
		if len(own) > 0 {
			s.items = append(s.items, &item{lattice: l, table: l.table(own, p.Rules, number)})
		}
	}
	list := lines(free, number)
	strike(list, p.Rules)
	for _, l := range list {
		s.items = append(s.items, &item{line: l})
	}
	slices.SortStableFunc(s.items, func(a, b *item) int { return sign(b.top() - a.top()) })
	return s
}
