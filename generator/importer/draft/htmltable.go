package draft

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// has reports whether an element of the kind stands below n.
func has(n *html.Node, kind atom.Atom, depth int) bool {
	for c := n.FirstChild; c != nil && depth <= 4*MaxDepth; c = c.NextSibling {
		if c.DataAtom == kind || has(c, kind, depth+1) {
			return true
		}
	}
	return false
}

// rows reads the cells and the captions of a table that contains no other table.
func (p *page) rows(table *html.Node) (rows [][]Cell, captions []*html.Node) {
	var down []int // by column: rows still covered from above
	var visit func(n *html.Node, depth int)
	visit = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil && depth <= 4*MaxDepth && len(rows) <= MaxRows && !p.refused; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Caption:
				captions = append(captions, c)
			case atom.Tr:
				if isHidden(c) {
					p.hides(c)
					continue
				}
				var row []Cell
				row, down = p.cellsOf(c, down)
				rows = append(rows, row)
				if len(down) > MaxSpan {
					p.refuse("too-wide", "limit", MaxColumns)
				}
			default:
				visit(c, depth+1)
			}
		}
	}
	visit(table, 0)
	return rows, captions
}

// cellsOf reads a row. down holds for each column how many rows, from this one
// on, a cell of an earlier row still covers; the second result is the same for
// the next row.
func (p *page) cellsOf(tr *html.Node, down []int) ([]Cell, []int) {
	var row []Cell
	column := 0
	covered := func() bool { return column < len(down) && down[column] > 0 }
	var next []int
	keep := func(n int) {
		for len(next) <= column {
			next = append(next, 0)
		}
		next[column] = n
		column++
	}
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		if isHidden(c) {
			p.hides(c)
			continue
		}
		for covered() {
			keep(down[column] - 1)
		}
		text := cellText(c, p.hides)
		if !p.countCell(len(text)) {
			return row, nil
		}
		cell := Cell{
			Text: tidyCell(text), Column: column,
			RowSpan: spanOf(attribute(c, "rowspan")), ColSpan: spanOf(attribute(c, "colspan")),
		}
		row = append(row, cell)
		for range min(cell.ColSpan, MaxColumns) {
			keep(cell.RowSpan - 1)
		}
		if len(row) > MaxColumns {
			return row, nil // grid refuses the table
		}
	}
	for column < len(down) {
		keep(max(down[column]-1, 0))
	}
	return row, next
}

// hides keeps the text of an element of a table that is not shown.
func (p *page) hides(n *html.Node) {
	var text strings.Builder
	var visit func(n *html.Node, depth int)
	visit = func(n *html.Node, depth int) {
		if n.Type == html.TextNode {
			text.WriteString(n.Data + " ")
		}
		for c := n.FirstChild; c != nil && depth <= 4*MaxDepth && n.DataAtom != atom.Script && n.DataAtom != atom.Style; c = c.NextSibling {
			visit(c, depth+1)
		}
	}
	visit(n, 0)
	if p.countText(text.Len()) {
		p.add(strings.Map(flow, text.String()), Hidden, Origin{Paragraph: p.paras + 1})
	}
}

// cellText returns the text of a cell, with a line for each block in it. hides is
// called with what is not shown. A mark that leads to a note on the page is raised.
func cellText(n *html.Node, hides func(*html.Node)) string {
	var b strings.Builder
	var visit func(n *html.Node, l look, depth int)
	visit = func(n *html.Node, l look, depth int) {
		for c := n.FirstChild; c != nil && depth <= 4*MaxDepth && b.Len() <= 2*MaxCell; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(l.mark(strings.Map(flow, c.Data)))
			case c.DataAtom == atom.Script || c.DataAtom == atom.Style:
			case isHidden(c):
				hides(c)
			case c.DataAtom == atom.Br:
				b.WriteByte('\n')
			case isNoteMark(c):
				visit(c, look{struck: l.struck, raised: true}, depth+1)
			default:
				if isBlock(c) {
					b.WriteByte('\n')
				}
				visit(c, lookOf(c, l), depth+1)
				if isBlock(c) {
					b.WriteByte('\n')
				}
			}
		}
	}
	visit(n, lookOf(n, look{}), 0)
	return b.String()
}

// isNoteMark reports whether an element is a sign that leads to a note on the page.
func isNoteMark(n *html.Node) bool {
	text := n.FirstChild
	return n.DataAtom == atom.A && strings.HasPrefix(attribute(n, "href"), "#") && text != nil && text.Type == html.TextNode &&
		utf8.RuneCountInString(text.Data) <= 2 && strings.IndexFunc(text.Data, unicode.IsLetter) < 0
}

// layoutOnly reports whether a table only lays out text: no row has more than
// one cell that is not empty.
func layoutOnly(rows [][]Cell) bool {
	for _, row := range rows {
		filled := 0
		for _, c := range row {
			if c.Text != "" {
				filled++
			}
		}
		if filled > 1 {
			return false
		}
	}
	return true
}
