package importer

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	utf16s "unicode/utf16"

	"annals/generator/importer/draft"
)

// paper prints a document to a PDF, as office programs do it: each character at a
// place, and lines.
type paper struct {
	paperStyle
	pages []*bytes.Buffer
	y     float64
}

// paperStyle is how a document is printed.
type paperStyle struct {
	size     float64 // of the text
	borders  int     // how lines are drawn: see rule
	glyphs   bool    // each character on its own
	top      bool    // the text of a cell stands at its top, not in its middle
	split    bool    // a row may break over two pages
	heads    int     // rows that are printed again on each page
	turned   bool    // the page is turned by a quarter
	margin   bool    // with a header and the number of the page
	openEdge bool    // a table has no lines at its left and right sides
}

const (
	paperWidth, paperHeight = 595.0, 842.0
	paperEdge               = 62.0
	paperPad                = 4.0
)

func newPaper(s paperStyle) *paper {
	p := &paper{paperStyle: s}
	p.newPage()
	return p
}

func (p *paper) newPage() {
	p.pages = append(p.pages, &bytes.Buffer{})
	p.y = paperHeight - paperEdge
	if p.margin {
		p.text(paperEdge, paperHeight-36, 9, "青禾县水务局政府信息公开年报")
		p.text(paperWidth/2-8, 30, 9, fmt.Sprintf("- %d -", len(p.pages)))
	}
}

func (p *paper) out() *bytes.Buffer { return p.pages[len(p.pages)-1] }

// advance is the room that a text takes.
func advance(s string, size float64) (w float64) {
	for _, r := range s {
		if r < 0x80 {
			w += size / 2
		} else {
			w += size
		}
	}
	return w
}

// text prints a text at a place.
func (p *paper) text(x, y, size float64, s string) {
	parts := []string{s}
	if p.glyphs {
		parts = strings.Split(s, "")
	}
	for _, part := range parts {
		var code strings.Builder
		for _, u := range utf16s.Encode([]rune(part)) {
			fmt.Fprintf(&code, "%04X", u)
		}
		fmt.Fprintf(p.out(), "BT /F %g Tf %.2f %.2f Td <%s> Tj ET\n", size, x, y, code.String())
		x += advance(part, size)
	}
}

// rule draws a line in one of the ways in which programs draw borders.
func (p *paper) rule(x1, y1, x2, y2 float64) {
	w := p.out()
	switch p.borders {
	case 0:
		fmt.Fprintf(w, "0.5 w %.2f %.2f m %.2f %.2f l S\n", x1, y1, x2, y2)
	case 1: // a thin area
		fmt.Fprintf(w, "%.2f %.2f %.2f %.2f re f\n", x1-.25, y1-.25, x2-x1+.5, y2-y1+.5)
	case 2: // two lines
		d := 1.2
		if y1 == y2 {
			fmt.Fprintf(w, "0.4 w %.2f %.2f m %.2f %.2f l %.2f %.2f m %.2f %.2f l S\n", x1, y1-d/2, x2, y2-d/2, x1, y1+d/2, x2, y2+d/2)
		} else {
			fmt.Fprintf(w, "0.4 w %.2f %.2f m %.2f %.2f l %.2f %.2f m %.2f %.2f l S\n", x1-d/2, y1, x2-d/2, y2, x1+d/2, y1, x2+d/2, y2)
		}
	default: // dashes of two points
		n := math.Hypot(x2-x1, y2-y1)
		for at := 0.0; at < n; at += 4 {
			a, b := at/n, min(at+2, n)/n
			fmt.Fprintf(w, "0.5 w %.2f %.2f m %.2f %.2f l S\n", x1+(x2-x1)*a, y1+(y2-y1)*a, x1+(x2-x1)*b, y1+(y2-y1)*b)
		}
	}
}

// wrap breaks a text into lines of a width.
func (p *paper) wrapped(s string, width float64) (lines []string) {
	for part := range strings.SplitSeq(s, "\n") {
		line := ""
		for _, r := range part {
			if line != "" && advance(line+string(r), p.size) > width {
				lines = append(lines, line)
				line = ""
			}
			line += string(r)
		}
		lines = append(lines, line)
	}
	return lines
}

// paragraph prints a paragraph; its first line is indented.
func (p *paper) paragraph(s string) {
	leading := 1.6 * p.size
	for i, line := range p.wrapped("\u3000\u3000"+s, paperWidth-2*paperEdge) {
		if p.y-leading < paperEdge {
			p.newPage()
		}
		p.y -= leading
		x := paperEdge
		if i == 0 {
			line = strings.TrimPrefix(line, "\u3000\u3000")
			x += 2 * p.size
		}
		p.text(x, p.y, p.size, line)
	}
}

// printed is a cell with its lines and the rows that it covers.
type paperCell struct {
	draft.Cell
	lines    []string
	row      int
	x, width float64
}

// grid prints a table.
func (p *paper) grid(g *draft.Grid) {
	columns := 0
	for _, row := range g.Rows {
		for _, c := range row {
			columns = max(columns, c.Column+c.ColSpan)
		}
	}
	share := make([]float64, columns)
	sum := 0.0
	for i := range share {
		share[i] = 2
		for _, row := range g.Rows {
			for _, c := range row {
				if c.Column == i && c.ColSpan == 1 {
					share[i] = max(share[i], min(advance(c.Text, 1), 7))
				}
			}
		}
		sum += share[i]
	}
	xs := []float64{paperEdge}
	for _, s := range share {
		xs = append(xs, xs[len(xs)-1]+s/sum*(paperWidth-2*paperEdge))
	}
	leading := 1.25 * p.size
	height := make([]float64, len(g.Rows))
	var cells []paperCell
	for i, row := range g.Rows {
		height[i] = max(height[i], leading+2*paperPad)
		for _, c := range row {
			x := paperCell{Cell: c, row: i, x: xs[c.Column], width: xs[c.Column+c.ColSpan] - xs[c.Column]}
			x.lines = p.wrapped(c.Text, x.width-2*paperPad)
			need := float64(len(x.lines))*leading + 2*paperPad
			for k := i; k < i+c.RowSpan-1 && k < len(height); k++ {
				need -= max(height[k], leading+2*paperPad)
			}
			last := min(i+c.RowSpan, len(height)) - 1
			height[last] = max(height[last], need)
			cells = append(cells, x)
		}
	}
	for from := 0; from < len(g.Rows); {
		again := 0.0
		if from > 0 {
			for _, h := range height[:p.heads] {
				again += h
			}
		}
		to, used := from, again
		for to < len(g.Rows) && used+height[to] <= p.y-paperEdge {
			used += height[to]
			to++
		}
		rest := 0.0 // of the row that breaks
		if p.split && to < len(g.Rows) && p.y-paperEdge-used > 2*leading+2*paperPad {
			rest = p.y - paperEdge - used
		}
		if to == from && rest == 0 {
			p.newPage()
			continue
		}
		top := p.y
		if from > 0 && p.heads > 0 {
			top = p.rows(cells, height, xs, 0, p.heads, top, 0)
		}
		p.y = p.rows(cells, height, xs, from, to, top, rest)
		if rest > 0 {
			height[to] -= rest
		}
		from = to
		if from < len(g.Rows) {
			p.newPage()
		}
	}
	p.y -= p.size
}

// rows prints rows of a table from a height down, and rest points of the row after
// them. It takes the lines that it prints from the cells.
func (p *paper) rows(cells []paperCell, height, xs []float64, from, to int, top, rest float64) float64 {
	ys := []float64{top}
	for i := from; i < to; i++ {
		ys = append(ys, ys[len(ys)-1]-height[i])
	}
	if rest > 0 {
		ys = append(ys, ys[len(ys)-1]-rest)
	}
	leading := 1.25 * p.size
	last := from + len(ys) - 1
	for i := range cells {
		c := &cells[i]
		if c.row >= last || c.row+c.RowSpan <= from {
			continue
		}
		a, b := max(c.row, from)-from, min(c.row+c.RowSpan, last)-from
		if b <= a {
			continue
		}
		y1, y2 := ys[a], ys[b]
		lines := c.lines
		breaks := c.row+c.RowSpan > to
		if room := int((y1 - y2 - 2*paperPad + 0.01) / leading); breaks && len(lines) > room {
			lines = lines[:max(room, 0)]
		}
		if breaks || p.heads == 0 || c.row >= p.heads {
			c.lines = c.lines[len(lines):]
		}
		y := y1 - paperPad
		if !p.top && !breaks {
			y = (y1+y2)/2 + float64(len(lines))*leading/2
		}
		for _, line := range lines {
			x := c.x + paperPad
			if len(line) < 8 {
				x = c.x + (c.width-advance(line, p.size))/2
			}
			p.text(x, y-p.size, p.size, line)
			y -= leading
		}
		side := !p.openEdge || c.x > xs[0]+1
		if side {
			p.rule(c.x, y2, c.x, y1)
		}
		if !p.openEdge || c.x+c.width < xs[len(xs)-1]-1 {
			p.rule(c.x+c.width, y2, c.x+c.width, y1)
		}
		p.rule(c.x, y1, c.x+c.width, y1)
		p.rule(c.x, y2, c.x+c.width, y2)
	}
	return ys[len(ys)-1]
}

// file returns the PDF.
func (p *paper) file() []byte {
	var b bytes.Buffer
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(at))
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	b.WriteString("%PDF-1.7\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	var kids strings.Builder
	for i := range p.pages {
		fmt.Fprintf(&kids, "%d 0 R ", 6+2*i)
	}
	object("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(p.pages))
	object("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>")
	object("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R >>")
	object("<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>")
	for i, page := range p.pages {
		content := page.String()
		box, rotate := fmt.Sprintf("[0 0 %g %g]", paperWidth, paperHeight), ""
		if p.turned {
			content = fmt.Sprintf("q 0 1 -1 0 %g 0 cm\n%sQ\n", paperHeight, content)
			box, rotate = fmt.Sprintf("[0 0 %g %g]", paperHeight, paperWidth), "/Rotate 90"
		}
		object("<< /Type /Page /Parent 2 0 R /MediaBox %s %s /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>", box, rotate, 7+2*i)
		object("<< /Length %d >>\nstream\n%sendstream", len(content), content)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}
