package bind

import "annals/generator/importer/draft"

// Take goes through the paragraphs of the sections in order and takes those
// out for which claim returns true.
func (b *Bound) Take(claim func(*Piece) bool) {
	for i := range b.Prose {
		s := &b.Prose[i]
		kept := s.Blocks[:0]
		for _, k := range s.Blocks {
			if k.Piece == nil || !claim(k.Piece) {
				kept = append(kept, k)
			}
		}
		s.Blocks = kept
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
