// Package copies finds prose that stands elsewhere too: in the agency's report of the
// year before, and in those of other agencies for the same year.
//
// Sentences are compared by their letters alone. Punctuation, figures, numerals and
// the names of the agency and of those above it do not count, so that a text in which
// they were changed is still the same text; nor does the order of sentences. A
// sentence with fewer than 12 letters says nothing, and one that stands in more than
// a few of the year's reports is common property. What stands before the first
// heading, the law and notice, the period and whom to ask, is the same each year, and
// does not count where there is more.
//
// What is asked is which share of a report's own prose stands in the other one. The
// other may be longer, and neither is the source of the other: nobody knows which was
// written first.
package copies

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"annals/generator/form"
	"annals/generator/locale"
	"annals/generator/prose"
)

// Prose is a report's own prose.
type Prose struct {
	Sentences  []Sentence
	Characters int // in these sentences, punctuation and figures included
	Letters    int
	// Hashes are the short hashes of the sentences and their pieces, sorted: what is
	// remembered of a report, so that reports can be compared with all others.
	Hashes []uint32

	text   *prose.Text
	folded []byte // the letters that are compared, of all sentences
}

// Sentence is a stretch of prose that ends with a full stop.
type Sentence struct {
	prose.Stretch
	Piece
	Characters int
	Pieces     []Piece // between semicolons; nil where there is one
	// Named are the sentence and its pieces with the names in them, as they stand in a
	// report whose names nobody has put in; nil where there are none.
	Named []Piece
}

// Piece is a stretch as it is compared.
type Piece struct {
	Hash    uint64 // of its letters; 0 if it does not count
	Letters int
	folded  prose.Stretch // in Prose.folded
}

// fewest is how many letters a stretch has that says something.
const fewest = 12

// Read reads the sentences of a text that are not in the boilerplate. Names are
// those that do not count.
func Read(text *prose.Text, names []string, boilerplate Set) *Prose {
	sentences := 0
	for i := range text.Parts {
		sentences += len(text.Parts[i].Sentences)
	}
	p := &Prose{text: text, Sentences: make([]Sentence, 0, sentences), folded: make([]byte, 0, len(text.Norm))}
	numerals := numerals()
	masked := occurrences(text.Norm, names)
	for i := range text.Parts {
		if text.Parts[i].ID == form.PrefaceID && len(text.Parts) > 1 {
			continue
		}
		for _, s := range text.Parts[i].Sentences {
			if s.Heading {
				continue
			}
			for len(masked) > 0 && masked[0].To <= s.From {
				masked = masked[1:]
			}
			x := p.hash(s.Stretch, masked, numerals)
			if len(masked) > 0 && masked[0].From < s.To {
				folded := len(p.folded)
				named := p.hash(s.Stretch, nil, numerals)
				p.folded = p.folded[:folded]
				x.Named = append([]Piece{named.Piece}, named.Pieces...)
			}
			if x.Letters < fewest || boilerplate.drop(&x) {
				continue
			}
			p.Sentences = append(p.Sentences, x)
			p.Letters += x.Letters
			p.Characters += x.Characters
		}
	}
	p.Hashes = make([]uint32, 0, len(p.Sentences))
	for i := range p.Sentences {
		for piece := range p.Sentences[i].all {
			if piece.Hash != 0 {
				p.Hashes = append(p.Hashes, short(piece.Hash))
			}
		}
	}
	slices.Sort(p.Hashes)
	p.Hashes = slices.Compact(p.Hashes)
	return p
}

// hash hashes the letters of a stretch.
func (p *Prose) hash(at prose.Stretch, masked []prose.Stretch, numerals *table) Sentence {
	text, start := p.text.Norm, len(p.folded)
	s := Sentence{Stretch: at}
	whole := sum{from: start, to: start}
	var piece, first sum // begun behind the first semicolon: most sentences are one piece
	pieces := 0
	end := func() {
		if pieces == 0 {
			piece = whole
		}
		if piece.letters == 0 {
			return
		}
		switch pieces++; pieces {
		case 1:
			first = piece
		case 2:
			s.Pieces = append(s.Pieces, first.done(), piece.done())
		default:
			s.Pieces = append(s.Pieces, piece.done())
		}
		piece = sum{from: piece.to, to: piece.to}
	}
	for i := at.From; i < at.To; {
		if len(masked) > 0 && i >= masked[0].From {
			if masked[0].To > i {
				s.Characters += utf8.RuneCountInString(text[i:min(masked[0].To, at.To)])
				i = masked[0].To
			}
			masked = masked[1:]
			continue
		}
		c := text[i]
		if 0xe4 <= c && c <= 0xe9 && i+2 < at.To {
			r := rune(c&0x0f)<<12 | rune(text[i+1]&0x3f)<<6 | rune(text[i+2]&0x3f)
			i += 3
			s.Characters++
			if !numerals.has(r) {
				p.folded = append(p.folded, text[i-3], text[i-2], text[i-1])
				whole.add(r, 3)
				if pieces > 0 {
					piece.add(r, 3)
				}
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		s.Characters++
		switch {
		case r == ';' || r == '.' && !(i < at.To && '0' <= text[i] && text[i] <= '9'):
			end()
		case unicode.IsLetter(r) && !numerals.has(r):
			r = unicode.ToLower(r)
			p.folded = utf8.AppendRune(p.folded, r)
			whole.add(r, utf8.RuneLen(r))
			if pieces > 0 {
				piece.add(r, utf8.RuneLen(r))
			}
		}
	}
	end()
	s.Piece = whole.done()
	return s
}

// sum is a hash that is being made.
type sum struct {
	hash     uint64
	letters  int
	from, to int // in Prose.folded
}

func (s *sum) add(r rune, size int) {
	s.to += size
	s.hash = (s.hash ^ uint64(r)) * 0x9e3779b97f4a7c15
	s.hash ^= s.hash >> 29
	s.letters++
}

func (s *sum) done() Piece {
	p := Piece{Letters: s.letters, folded: prose.Stretch{From: s.from, To: s.to}}
	if s.letters >= fewest {
		p.Hash = max(1, s.hash*0xbf58476d1ce4e5b9)
	}
	return p
}

// table is a set of characters from firstHan on.
type table [0x7000 / 64]uint64

const firstHan = 0x3000

func (t *table) has(r rune) bool {
	i := uint32(r - firstHan)
	return i/64 < uint32(len(t)) && t[i/64]>>(i%64)&1 != 0
}

// numerals are those of all languages.
var numerals = sync.OnceValue(func() *table {
	t := new(table)
	for _, l := range locale.All() {
		for _, r := range l.Numerals + l.Zeros {
			if i := r - firstHan; i >= 0 && int(i/64) < len(t) {
				t[i/64] |= 1 << (i % 64)
			}
		}
	}
	return t
})

// occurrences finds the names in a text, from the left, the longest first where
// several begin at one place.
func occurrences(text string, names []string) (list []prose.Stretch) {
	var begins [64]uint64 // what a name may begin with, a bit for the low bits of a character
	for _, name := range names {
		r, _ := utf8.DecodeRuneInString(name)
		begins[r>>6&63] |= 1 << (r & 63)
	}
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		switch {
		case 0xe4 <= r && r <= 0xe9 && i+2 < len(text):
			r, size = r&0x0f<<12|rune(text[i+1]&0x3f)<<6|rune(text[i+2]&0x3f), 3
		case r >= utf8.RuneSelf:
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		longest := 0
		if begins[r>>6&63]>>(r&63)&1 != 0 {
			for _, name := range names {
				if len(name) > longest && strings.HasPrefix(text[i:], name) {
					longest = len(name)
				}
			}
		}
		if longest > 0 {
			list = append(list, prose.Stretch{From: i, To: i + longest})
		}
		i += max(size, longest)
	}
	return list
}

// Names prepares the names that do not count: the agency's own, and those of the
// agencies above it, which also stand in front of its own.
func Names(own, above []string) []string {
	list := slices.Concat(own, above)
	for _, name := range own {
		for _, a := range above {
			if rest, ok := strings.CutPrefix(name, a); ok {
				list = append(list, rest)
			}
		}
	}
	list = slices.DeleteFunc(list, func(s string) bool { return utf8.RuneCountInString(s) < 2 })
	slices.Sort(list)
	return slices.Compact(list)
}
