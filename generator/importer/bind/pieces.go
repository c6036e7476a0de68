package bind

import (
	"slices"
	"strings"
	"unicode/utf8"

	"annals/generator/form"
	"annals/generator/importer/draft"
)

// pieces turns the draft into pieces. A row of a grid that holds only a heading
// or a line of prose becomes a paragraph, because in a workbook prose is in cells
// too.
func (b *binder) pieces(d *draft.Draft) {
	for i, x := range d.Blocks {
		if x.Paragraph != nil {
			p := x.Paragraph
			b.paragraph(&Piece{Text: p.Text, At: p.At, Role: p.Role, numbered: p.Numbered, block: i})
			continue
		}
		var rows [][]*Piece
		flush := func() {
			if len(rows) > 0 {
				b.blocks = append(b.blocks, &block{rows: rows, grid: x.Grid})
			}
			rows = nil
		}
		for n, cells := range x.Grid.Rows {
			var row []*Piece
			var filled []*Piece
			for _, c := range cells {
				p := &Piece{Text: c.Text, struck: c.Struck, At: c.At, grid: x.Grid, block: i, row: n, column: c.Column, span: c.ColSpan}
				row = append(row, p)
				b.Pieces = append(b.Pieces, p)
				if p.Text != "" {
					filled = append(filled, p)
				}
			}
			if len(filled) == 1 && b.standsAlone(filled[0].Text) {
				flush()
				for _, p := range row {
					if p.Text == "" {
						p.Use = Blank
					}
				}
				b.blocks = append(b.blocks, &block{paragraph: filled[0]})
				continue
			}
			rows = append(rows, row)
		}
		flush()
	}
}

// standsAlone reports whether a text that is the only one in its row is a heading
// or a line of prose, and not a label.
func (b *binder) standsAlone(text string) bool {
	if (b.heads.Find(text) != nil || b.isLike(text) || b.isNumbered(text)) && !b.isLabel(text) {
		return true
	}
	return utf8.RuneCountInString(text) > 30 && !b.isLabel(text)
}

// isLabel reports whether the text is one that a table of the form prints.
func (b *binder) isLabel(text string) bool { return b.isFoldedLabel(fold(text)) }

// isFoldedLabel is isLabel of a text that is folded.
func (b *binder) isFoldedLabel(folded []rune) bool {
	for _, v := range b.tables {
		if v.prints(folded) {
			return true
		}
	}
	return false
}

// paragraph adds a paragraph. If text follows a numbered heading on the same
// line, heading and text become a paragraph each.
func (b *binder) paragraph(p *Piece) {
	if p.Role == draft.Body {
		if cut := b.runIn(p.Text); cut > 0 {
			head := *p
			head.Text = strings.TrimRight(p.Text[:cut], b.pauses())
			rest := *p
			rest.Text = strings.TrimLeft(p.Text[cut:], b.pauses())
			rest.numbered = false
			b.add(&head)
			b.add(&rest)
			return
		}
	}
	b.add(p)
}

// add appends a piece and a block for it.
func (b *binder) add(p *Piece) {
	b.Pieces = append(b.Pieces, p)
	b.blocks = append(b.blocks, &block{paragraph: p})
}

// runIn returns the length of a numbered heading at the start of a longer
// paragraph, or 0.
func (b *binder) runIn(text string) int {
	if !slices.ContainsFunc(b.Form.Sections, func(s *form.Section) bool { return hasNumber(text, s) }) {
		return 0
	}
	i := strings.IndexAny(text, b.pauses())
	for n := 0; i > 0 && n < 4; n++ {
		head := text[:i]
		if s := b.heads.Find(head); s != nil && hasNumber(head, s) && strings.Trim(text[i:], b.pauses()) != "" {
			return i
		}
		next := strings.IndexAny(text[i+1:], b.pauses())
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return 0
}

// pauses returns the characters that may separate a heading from text behind it.
func (b *binder) pauses() string { return b.Form.Language.Document.Pause + " " }

func hasNumber(head string, s *form.Section) bool {
	return s.Number != "" && strings.HasPrefix(head, s.Number)
}
