package bind

import "annals/generator/importer/draft"

// Take goes through the paragraphs and free tables of the sections in order and
// takes those out for which claim returns true, tables with all their cells; and
// it shows claim what nothing has claimed yet.
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

// TakeBefore takes the paragraph just before the place at out as metadata, if
// it is the one that is meant.
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

// claimAll shows claim every cell, and reports whether it claimed one.
func claimAll(rows [][]*Piece, claim func(*Piece) bool) (any bool) {
	for _, row := range rows {
		for _, p := range row {
			any = claim(p) || any
		}
	}
	return any
}
