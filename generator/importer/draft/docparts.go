package draft

import (
	"encoding/binary"
	"slices"
	"strings"
)

// Changes of properties (sprm) that matter, and what a mark in the text ends.
const (
	inTable     = 0x2416 // the paragraph is in a table
	rowEnd      = 0x2417 // and ends a row
	nesting     = 0x6649 // how deep the table is
	innerCell   = 0x244b // ends a cell of a table within a cell
	innerRow    = 0x244c
	tableCells  = 0xd608 // the cells of the row
	numbering   = 0x460b // the list whose number stands before the paragraph
	strike      = 0x0837
	doubled     = 0x2a53
	vanish      = 0x083c
	removed     = 0x0800 // by a tracked change
	superscript = 0x2a48 // 1 raised, 2 lowered

	cellMark, paraMark, lineBreak, pageBreak = 0x07, 0x0d, 0x0b, 0x0c
	fieldBegin, fieldSeparator, fieldEnd     = 0x13, 0x14, 0x15
)

// each calls f for each change, with its operand.
func each(changes []byte, f func(what uint16, operand []byte)) {
	for len(changes) >= 3 {
		what := binary.LittleEndian.Uint16(changes)
		changes = changes[2:]
		n := 0
		switch what >> 13 {
		case 0, 1:
			n = 1
		case 2, 4, 5:
			n = 2
		case 3:
			n = 4
		case 7:
			n = 3
		case 6:
			n = 1 + int(changes[0])
			if what == tableCells {
				if len(changes) < 2 {
					return
				}
				n = 1 + int(binary.LittleEndian.Uint16(changes))
			}
		}
		if n > len(changes) {
			return
		}
		f(what, changes[:n])
		changes = changes[n:]
	}
}

// docParagraph is what is known of a paragraph.
type docParagraph struct {
	table, row, inner bool
	numbered          bool
	cells             []docCell // of a row's end
}

// docCell is a cell of a row: its sides in twentieths of a point, and whether it
// goes on from the row above, or from the cell before.
type docCell struct {
	left, right   int
	above, begins bool
	before        bool
}

func (d *docFile) paragraph(place uint32) (p docParagraph) {
	each(d.paragraphs.of(d.main, place, 13), func(what uint16, operand []byte) {
		switch what {
		case inTable:
			p.table = operand[0] != 0
		case rowEnd:
			p.row = operand[0] != 0
		case innerCell, innerRow:
			p.inner = operand[0] != 0
		case nesting:
			p.table = p.table || binary.LittleEndian.Uint32(operand) > 0
			p.inner = p.inner || binary.LittleEndian.Uint32(operand) > 1
		case numbering:
			p.numbered = binary.LittleEndian.Uint16(operand) != 0
		case tableCells:
			p.cells = docCells(operand[2:])
		}
	})
	return p
}

// docCells reads how a row is divided.
func docCells(b []byte) (list []docCell) {
	if len(b) == 0 {
		return nil
	}
	n := int(b[0])
	b = b[1:]
	if len(b) < 2*(n+1) {
		return nil
	}
	for i := range n {
		c := docCell{
			left:  int(int16(binary.LittleEndian.Uint16(b[2*i:]))),
			right: int(int16(binary.LittleEndian.Uint16(b[2*i+2:]))),
		}
		if at := 2*(n+1) + 20*i; at+2 <= len(b) {
			flags := binary.LittleEndian.Uint16(b[at:])
			c.before = flags&2 != 0
			c.above, c.begins = flags>>5&3 == 1, flags>>5&3 == 3
		}
		list = append(list, c)
	}
	return list
}

// look returns how a run is set.
func (d *docFile) look(place uint32) (l look, gone bool) {
	each(d.runs.of(d.main, place, 1), func(what uint16, operand []byte) {
		on := operand[0]&1 == 1
		switch what {
		case strike:
			l.struck = on
		case doubled:
			l.double = on
		case vanish:
			l.hidden = on
		case removed:
			gone = on
		case superscript:
			l.raised = operand[0] != 0
		}
	})
	return l, gone
}

// part reads a part of the text: paragraphs, and the tables among them.
func (d *docFile) part(from, to int, role Role) {
	t := &docTable{docFile: d, role: role}
	for from < to && !d.full() {
		end := from
		for end < to && d.text[end] != paraMark && d.text[end] != cellMark && d.text[end] != pageBreak {
			end++
		}
		last := min(end, to-1)
		p := d.paragraph(d.place[last])
		mark := d.text[last]
		s := d.stretch(from, end)
		from = end + 1
		switch {
		case p.row && !p.inner:
			t.endRow(p.cells)
		case p.table:
			t.paragraph(s, mark == cellMark)
		default:
			t.end()
			d.line(s, role, p.numbered)
		}
	}
	t.end()
}

// docText is a paragraph's text: what is shown and what is not.
type docText struct{ shown, hidden, gone string }

// stretch returns the text between two positions, without the codes of fields.
func (d *docFile) stretch(from, to int) docText {
	var hidden, gone, run []rune
	var out strings.Builder
	var now look
	flush := func() {
		out.WriteString(now.mark(unpaired(run)))
		run = run[:0]
	}
	code := 0 // depth of fields whose code is being passed
	for i := from; i < to; i++ {
		c := d.text[i]
		switch c {
		case fieldBegin:
			code++
			continue
		case fieldSeparator, fieldEnd:
			code = max(code-1, 0)
			continue
		case lineBreak:
			c = '\n'
		case 0x1e: // a hyphen at which no line breaks
			c = '-'
		case 0x01, 0x08:
			if code == 0 {
				d.picture(Origin{Paragraph: d.reader.paras + 1})
			}
			continue
		}
		if code > 0 || c < ' ' && c != '\n' && c != '\t' || c == 0x1f {
			continue
		}
		l, removed := d.look(d.place[i])
		switch {
		case removed:
			gone = append(gone, c)
		case l.hidden:
			hidden = append(hidden, c)
		default:
			if l != now {
				flush()
				now = l
			}
			run = append(run, c)
		}
	}
	flush()
	return docText{out.String(), unpaired(hidden), unpaired(gone)}
}

// line adds a paragraph.
func (d *docFile) line(s docText, role Role, numbered bool) {
	d.reader.paras++
	at := Origin{Paragraph: d.reader.paras}
	n := len(d.Blocks)
	d.add(s.shown, role, at)
	for i, b := range d.Blocks[n:] {
		b.Paragraph.Numbered = numbered && i == 0
		if role == Body && isPageNumber(b.Paragraph.Text) {
			b.Paragraph.Role = Margin
		}
	}
	d.unseen(s, at)
}

func (d *docFile) unseen(s docText, at Origin) {
	d.add(s.hidden, Hidden, at)
	d.add(s.gone, Deleted, at)
}

// docTable is a table that is being read.
type docTable struct {
	*docFile
	role  Role
	rows  [][]docCell
	texts [][]string // by row and cell
	row   []string
	cell  []string // the paragraphs of the cell
}

func (t *docTable) paragraph(s docText, ends bool) {
	if s.shown != "" {
		t.cell = append(t.cell, s.shown)
	}
	t.unseen(s, Origin{Table: t.tables + 1, Row: len(t.rows) + 1, Cell: len(t.row) + 1})
	if ends {
		t.row = append(t.row, strings.Join(t.cell, "\n"))
		t.cell = nil
	}
}

func (t *docTable) endRow(cells []docCell) {
	for len(cells) < len(t.row) { // without its division
		cells = append(cells, docCell{left: 1000 * len(cells), right: 1000 * (len(cells) + 1)})
	}
	t.rows, t.texts = append(t.rows, cells[:len(t.row)]), append(t.texts, t.row)
	t.row, t.cell = nil, nil
	if len(t.rows) > MaxRows {
		t.refuse("too-long", "limit", MaxRows)
	}
}

// end makes a grid of the rows.
func (t *docTable) end() {
	if len(t.row) > 0 || len(t.cell) > 0 {
		t.endRow(nil)
	}
	if len(t.rows) == 0 {
		return
	}
	sides := t.sides()
	column := func(at int) int {
		i, _ := slices.BinarySearch(sides, at-sameSide)
		return i
	}
	above := map[int]*Cell{} // by column: the cell that may reach down
	var grid [][]Cell
	for i, cells := range t.rows {
		row := make([]Cell, 0, len(cells))
		for j, c := range cells {
			text := tidyCell(t.texts[i][j])
			from, to := column(c.left), column(c.right)
			if c.before && len(row) > 0 && text == "" {
				row[len(row)-1].ColSpan += max(to-from, 1)
				continue
			}
			if c.above && above[from] != nil {
				above[from].RowSpan++
				if text != "" { // Word shows the first cell of a merge only
					t.add(text, Hidden, Origin{Table: t.tables + 1, Row: i + 1, Cell: j + 1})
				}
				continue
			}
			row = append(row, Cell{Text: text, RowSpan: 1, ColSpan: max(to-from, 1), Column: from})
			delete(above, from)
			if c.begins {
				above[from] = &row[len(row)-1]
			}
		}
		for _, c := range row {
			if !t.countCell(len(c.Text)) {
				return
			}
		}
		grid = append(grid, row)
	}
	if t.role != Body {
		for _, row := range grid {
			for _, c := range row {
				t.add(c.Text, t.role, Origin{})
			}
		}
	} else {
		t.grid(grid, true, Origin{})
	}
	t.rows, t.texts = nil, nil
}

// sameSide is how far the sides of a column may be apart, in twentieths of a point.
const sameSide = 40

// sides returns the places at which columns begin or end, ascending.
func (t *docTable) sides() (list []int) {
	var all []int
	for _, cells := range t.rows {
		for _, c := range cells {
			all = append(all, c.left, c.right)
		}
	}
	slices.Sort(all)
	for _, at := range all {
		if len(list) == 0 || at-list[len(list)-1] > sameSide {
			list = append(list, at)
		}
	}
	return list
}
