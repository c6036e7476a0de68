// Package copies finds prose that stands elsewhere too: in the agency's report of the
// year before, and in those of other agencies for the same year.
//
// Sentences are compared by their letters alone. Punctuation, figures, numerals and
// the names of the agency and of those above it do not count, so that a text in which
// they were changed is still the same text; nor does the order of sentences. A
// sentence with fewer than 12 letters says nothing, and one that stands in more than
// a few of the year's reports is common property.
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

	"annals/generator/locale"
	"annals/generator/prose"
)

// Prose is a report's own prose.
type Prose struct {
	Sentences  []Sentence
	Characters int // in these sentences, punctuation and figures included
	Letters    int

	text *prose.Text
}

// Sentence is a stretch of prose that ends with a full stop.
type Sentence struct {
	prose.Stretch
	Piece
	Pieces []Piece // between semicolons; nil where there is one
	// Named are the sentence and its pieces with the names in them, as they stand in a
	// report whose names nobody has put in; nil where there are none.
	Named []Piece
}

// Piece is a stretch as it is compared.
type Piece struct {
	Hash    uint64 // of its letters; 0 if it does not count
	Letters int
}

// fewest is how many letters a stretch has that says something.
const fewest = 12

// Read reads the sentences of a text that are not in the boilerplate. Names are
// those that do not count.
func Read(text *prose.Text, names []string, boilerplate Set) *Prose {
	p := &Prose{text: text}
	masked := occurrences(text.Norm, names)
	for i := range text.Parts {
		for _, s := range text.Parts[i].Sentences {
			if s.Heading {
				continue
			}
			for len(masked) > 0 && masked[0].To <= s.From {
				masked = masked[1:]
			}
			x := hash(text.Norm, s.Stretch, masked)
			if len(masked) > 0 && masked[0].From < s.To {
				named := hash(text.Norm, s.Stretch, nil)
				x.Named = append([]Piece{named.Piece}, named.Pieces...)
			}
			if x.Letters < fewest || boilerplate.drop(&x) {
				continue
			}
			p.Sentences = append(p.Sentences, x)
			p.Letters += x.Letters
			p.Characters += utf8.RuneCountInString(text.In(s.Stretch))
		}
	}
	return p
}

// hash hashes the letters of a stretch.
func hash(text string, at prose.Stretch, masked []prose.Stretch) Sentence {
	s := Sentence{Stretch: at}
	var whole, piece, first sum
	pieces := 0
	end := func() {
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
		piece = sum{}
	}
	for i := at.From; i < at.To; {
		if len(masked) > 0 && i >= masked[0].From {
			i = max(i, masked[0].To)
			masked = masked[1:]
			continue
		}
		c := text[i]
		if 0xe4 <= c && c <= 0xe9 && i+2 < at.To {
			r := rune(c&0x0f)<<12 | rune(text[i+1]&0x3f)<<6 | rune(text[i+2]&0x3f)
			i += 3
			if !numeral(r) {
				whole.add(r)
				piece.add(r)
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		switch {
		case r == ';' || r == '.' && !(i < at.To && '0' <= text[i] && text[i] <= '9'):
			end()
		case unicode.IsLetter(r) && !numeral(r):
			r = unicode.ToLower(r)
			whole.add(r)
			piece.add(r)
		}
	}
	end()
	s.Piece = whole.done()
	return s
}

// sum is a hash that is being made.
type sum struct {
	hash    uint64
	letters int
}

func (s *sum) add(r rune) {
	s.hash = (s.hash ^ uint64(r)) * 0x9e3779b97f4a7c15
	s.hash ^= s.hash >> 29
	s.letters++
}

func (s *sum) done() Piece {
	if s.letters < fewest {
		return Piece{Letters: s.letters}
	}
	return Piece{max(1, s.hash*0xbf58476d1ce4e5b9), s.letters}
}

// numeral reports whether a character is a numeral of a language.
func numeral(r rune) bool {
	t := numerals()
	i := r - firstHan
	return i >= 0 && int(i/64) < len(t) && t[i/64]>>(i%64)&1 != 0
}

const firstHan = 0x3000

var numerals = sync.OnceValue(func() *[0x7000 / 64]uint64 {
	t := new([0x7000 / 64]uint64)
	for _, l := range locale.All() {
		for _, r := range l.Numerals + l.Zeros {
			if i := r - firstHan; i >= 0 && int(i/64) < len(t) {
				t[i/64] |= 1 << (i % 64)
			}
		}
	}
	return t
})

// occurrences finds the names in a text, the longest first where they overlap.
func occurrences(text string, names []string) (list []prose.Stretch) {
	for _, name := range names {
		for at := 0; ; {
			i := strings.Index(text[at:], name)
			if i < 0 {
				break
			}
			list = append(list, prose.Stretch{From: at + i, To: at + i + len(name)})
			at += i + len(name)
		}
	}
	slices.SortFunc(list, func(a, b prose.Stretch) int {
		if a.From != b.From {
			return a.From - b.From
		}
		return b.To - a.To
	})
	end := 0
	return slices.DeleteFunc(list, func(s prose.Stretch) bool {
		if s.From < end {
			return true
		}
		end = s.To
		return false
	})
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
