package bind

import (
	"strings"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/importer/draft"
	"annals/generator/lang"
)

// isHead reports whether every character of the folded text occurs in the
// table's head, as is the case if the text is part of a word broken over lines.
func (r *reader) isHead(folded []rune) bool {
	for _, c := range folded {
		if !r.v.headRunes[c] {
			return false
		}
	}
	return true
}

// write adds the paragraphs and grids that belong to no table of the form to the
// section whose heading is above them.
func (b *binder) write() {
	prose := map[*form.Section]int{}
	section := func(s *form.Section) *Prose {
		i, ok := prose[s]
		if !ok {
			i = len(b.Prose)
			prose[s] = i
			b.Prose = append(b.Prose, Prose{Section: s})
		}
		return &b.Prose[i]
	}
	for _, k := range b.blocks {
		switch {
		case k.heading:
			section(k.section).Heading = k.paragraph
		case k.table != nil:
		case k.paragraph != nil:
			p := k.paragraph
			if p.Role != draft.Body || p.Use != Loose {
				continue
			}
			p.Use = Text
			if k.section != nil {
				p.To = k.section.ID
			}
			if p.numbered {
				b.report("import-unread/numbering", p, "text", p.Text)
			}
			s := section(k.section)
			s.Blocks = append(s.Blocks, Block{Piece: p})
		default:
			b.freeTable(k, section(k.section))
		}
	}
}

// freeTable adds a table that is none of the form's to the section, as it is.
func (b *binder) freeTable(k *block, s *Prose) {
	for _, row := range k.rows {
		for _, p := range row {
			if p.Use == Loose {
				p.Use = Text
			}
		}
	}
	s.Blocks = append(s.Blocks, Block{Rows: k.rows})
}

// Close reports all pieces that are still Loose, so that every word of the
// document is in the result or in a diagnostic. It must be called after the
// metadata has been marked.
func (b *Bound) Close(file string) {
	closer := &binder{Bound: b, file: file}
	var stretch []*Piece
	flush := func() {
		if len(stretch) > 0 {
			closer.reportStretch(stretch)
		}
		stretch = nil
	}
	for _, p := range b.Pieces {
		if p.Use != Loose {
			flush()
			continue
		}
		if p.Text == "" {
			p.Use = Blank
			continue
		}
		if len(stretch) > 0 && b.kind(stretch[0]) != b.kind(p) {
			flush()
		}
		stretch = append(stretch, p)
	}
	flush()
}

// LeftOut names why a piece was left out: the variant of the rule that tells it.
func (b *Bound) LeftOut(p *Piece) string {
	_, why, _ := strings.Cut(b.kind(p), "/")
	return why
}

// kind returns the key of the message that reports a loose piece.
func (b *Bound) kind(p *Piece) string {
	switch p.Role {
	case draft.Around:
		return "import-aside/around"
	case draft.Margin:
		return "import-aside/margin"
	case draft.Footnote:
		return "import-aside/footnote"
	case draft.Box:
		return "import-aside/box"
	case draft.Deleted:
		return "import-aside/deleted"
	case draft.Struck:
		return "import-aside/struck"
	case draft.Hidden:
		return "import-aside/hidden"
	}
	if b.isValue(p.Text) || p.grid != nil && strings.ContainsAny(p.Text, "0123456789") {
		return "import-unplaced/number"
	}
	return "import-aside/text"
}

// reportStretch reports neighbouring loose pieces of the same kind as one
// diagnostic.
func (b *binder) reportStretch(stretch []*Piece) {
	key := b.kind(stretch[0])
	d := b.report(key, stretch[0], "text", stretch[0].Text, "count", len(stretch))
	for _, p := range stretch {
		p.Use = Reported
	}
	for _, p := range stretch[1:] {
		d.Related = append(d.Related, diag.Related{Place: p.At.Place(), Message: lang.Same(diag.Visible(p.Text))})
	}
}
