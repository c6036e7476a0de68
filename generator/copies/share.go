package copies

import (
	"bytes"
	"slices"

	"annals/generator/prose"
	"annals/generator/source"
)

// Set holds the hashes of sentences, and of the pieces of sentences.
type Set map[uint64]prose.Stretch

// Set returns the sentences of a text.
func (p *Prose) Set() Set {
	s := make(Set, len(p.Sentences))
	for i := range p.Sentences {
		for piece := range p.Sentences[i].all {
			s.add(piece, p.Sentences[i].Stretch)
		}
	}
	return s
}

// all yields all that a sentence is known by.
func (x *Sentence) all(yield func(Piece) bool) {
	if !yield(x.Piece) {
		return
	}
	for _, list := range [...][]Piece{x.Pieces, x.Named} {
		for _, piece := range list {
			if !yield(piece) {
				return
			}
		}
	}
}

func (s Set) add(p Piece, at prose.Stretch) {
	if _, ok := s[p.Hash]; !ok && p.Hash != 0 {
		s[p.Hash] = at
	}
}

// drop takes from a sentence what is in the set. It reports whether that was all.
func (s Set) drop(x *Sentence) bool {
	if len(s) == 0 {
		return false
	}
	if _, ok := s[x.Hash]; ok {
		return true
	}
	for i, p := range x.Pieces {
		if _, ok := s[p.Hash]; ok {
			x.Letters -= p.Letters
			x.Hash, x.Pieces[i] = 0, Piece{}
		}
	}
	return x.Letters < fewest
}

// Same is what two reports have in common.
type Same struct {
	Share   float64 // of the report's own prose, by letters
	Letters int     // in common
	Own     int     // characters of what it is a share of
	Pairs   []Pair  // the longest first
}

// Pair is a sentence of the report, and where the other one has it.
type Pair struct {
	Sentence
	Other prose.Stretch
}

// In holds a report's prose against that of another. Sentences for which common is
// true, which may be nil, do not count.
func (p *Prose) In(other *Prose, common func(hash uint64) bool) (same Same) {
	set := other.Set()
	own := 0 // letters
	for i := range p.Sentences {
		s := &p.Sentences[i]
		if common != nil && s.any(common) {
			continue
		}
		own += s.Letters
		same.Own += s.Characters
		letters, at := s.in(set)
		if letters < s.Letters {
			if n, there := p.within(s, other); n > letters {
				letters, at = n, there
			}
		}
		if letters > 0 {
			same.Letters += letters
			same.Pairs = append(same.Pairs, Pair{*s, at})
		}
	}
	if own > 0 {
		same.Share = float64(same.Letters) / float64(own)
	}
	slices.SortStableFunc(same.Pairs, func(a, b Pair) int { return b.Letters - a.Letters })
	return same
}

// any reports whether something is true of the whole sentence, however it is known.
func (x *Sentence) any(is func(hash uint64) bool) bool {
	return is(x.Hash) || len(x.Named) > 0 && is(x.Named[0].Hash)
}

// in returns how many letters of a sentence stand in a set, and where.
func (x *Sentence) in(s Set) (letters int, at prose.Stretch) {
	in := func(whole Piece, pieces []Piece) {
		if found, ok := s[whole.Hash]; ok {
			letters, at = x.Letters, found
			return
		}
		n := 0
		for _, p := range pieces {
			if found, ok := s[p.Hash]; ok {
				n += p.Letters
				at = found
			}
		}
		letters = max(letters, min(n, x.Letters))
	}
	in(x.Piece, x.Pieces)
	if len(x.Named) > 0 {
		in(x.Named[0], x.Named[1:])
	}
	return letters, at
}

// within returns how many letters of a sentence stand in another text that has other
// punctuation, and where. It is looked for only between texts that are near.
func (p *Prose) within(s *Sentence, other *Prose) (letters int, at prose.Stretch) {
	run := Piece{folded: prose.Stretch{From: s.folded.From, To: s.folded.From}}
	for _, piece := range append(s.Pieces[:len(s.Pieces):len(s.Pieces)], Piece{}) {
		if len(s.Pieces) == 0 {
			piece = s.Piece
		}
		run.Letters += piece.Letters
		run.folded.To = max(run.folded.To, piece.folded.To)
		if run.Letters < fewest {
			continue
		}
		if i := bytes.Index(other.folded, p.folded[run.folded.From:run.folded.To]); i >= 0 {
			letters += run.Letters
			at = other.sentence(i)
		}
		run = Piece{folded: prose.Stretch{From: run.folded.To, To: run.folded.To}}
	}
	if at == (prose.Stretch{}) {
		return 0, at
	}
	return letters, at
}

// sentence returns the sentence in which a letter stands, or the first one.
func (p *Prose) sentence(letter int) prose.Stretch {
	i := 0
	for i+1 < len(p.Sentences) && p.Sentences[i+1].folded.From <= letter {
		i++
	}
	return p.Sentences[i].Stretch
}

// Place returns where a stretch stands.
func (p *Prose) Place(s prose.Stretch) source.Place { return p.text.Place(s) }

// nearly is what part of a share must be found by the number of sentences, so that
// two texts are compared letter by letter. What was not written by the same hand has a
// tenth in common at most.
const nearly = .4

// near reports whether a report may have a share, in percent, of its sentences in
// common with another.
func (p *Prose) near(other *Prose, percent int) bool {
	n, k := 0, 0
	for _, h := range p.Hashes {
		for k < len(other.Hashes) && other.Hashes[k] < h {
			k++
		}
		if k < len(other.Hashes) && other.Hashes[k] == h {
			n++
		}
	}
	return float64(n*100) >= nearly*float64(percent*len(p.Hashes))
}

func short(hash uint64) uint32 { return uint32(hash >> 32) }
