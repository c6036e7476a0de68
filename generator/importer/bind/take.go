package bind

import "annals/generator/importer/draft"

// Take calls claim for the paragraphs and the cells of free tables in all
// sections, in order. It removes the paragraphs for which claim returns true, and
// the tables of which it claims a cell. Then it calls claim for every piece that is
// still Loose.
func (b *Bound) Take(claim func(*Piece) bool) {
	for i := range b.Prose {
		s := &b.Prose[i]
		kept := s.Blocks[:0]
		for _, k := range s.Blocks {
			if k.Piece != nil && claim(k.Piece) || k.Piece == nil && claimAll(k.Rows, claim) {
				continue
			}
			kept = append(kept, k)
		}
		s.Blocks = kept
	}
	for _, p := range b.Pieces {
		if p.Use == Loose {
			claim(p)
		}
	}
}

// TakeBefore looks at the last paragraph with text before the place at. If it
// belongs to a section and is returns true for it, TakeBefore removes it from the
// section and marks it as metadata of the kind what.
func (b *Bound) TakeBefore(at draft.Origin, is func(*Piece) bool, what string) {
	var before *Piece
	for _, p := range b.Pieces {
		if p.At == at {
			break
		}
		if p.Text != "" {
			before = p
		}
	}
	if before == nil || before.Use != Text || !is(before) {
		return
	}
	b.Take(func(p *Piece) bool {
		if p != before {
			return false
		}
		p.Use, p.To = Metadata, what
		return true
	})
}

// claimAll calls claim for every cell and reports whether it returned true for one.
func claimAll(rows [][]*Piece, claim func(*Piece) bool) (any bool) {
	for _, row := range rows {
		for _, p := range row {
			any = claim(p) || any
		}
	}
	return any
}
