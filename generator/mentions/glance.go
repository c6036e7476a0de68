package mentions

import (
	"math/bits"
	"slices"
	"strconv"
	"unicode/utf8"
)

// class is what a character may begin or be part of. A table of all characters
// says it, so that most text is passed over at the cost of looking at it once.
type class uint8

const (
	numeral class = 1 << iota // a digit in words
	unitary                   // begins a unit
	behind                    // begins what may stand behind digits: a unit, a power, a year
	denial                    // stands in a word that there is none of something
)

// classes are those of the characters of the basic plane.
type classes [1 << 16]class

func (c *classes) is(r rune, k class) bool { return r < 1<<16 && c[r]&k != 0 }

func (c *classes) add(r rune, k class) {
	if r < 1<<16 {
		c[r] |= k
	}
}

// glanced is what a sentence holds, without regard to where.
type glanced struct {
	opens  uint64 // topics that a noun or a strong phrase opens
	says   uint64 // topics of which it has a phrase, and, where they need one, a word of form.Topic.With
	counts bool   // a number with a unit, or a denial
	item   bool   // it begins like a numbered heading
}

// hint is what the words say that end at a state of the automaton.
type hint struct {
	opens, says, with uint64
	denies            bool
}

// hints are made when the automaton is: by state, of all words that end there.
func (v *vocabulary) hint() {
	v.hints = make([]hint, len(v.nodes))
	for state := range v.nodes {
		n := &v.nodes[state]
		h := &v.hints[state]
		if n.out != 0 {
			*h = v.hints[n.out] // of a shorter word, whose state was made before
		}
		if n.word < 0 {
			continue
		}
		w := &v.words[n.word]
		h.denies = h.denies || v.denies(w)
		h.with |= w.with
		for _, topic := range w.nouns {
			h.opens |= 1 << topic
		}
		for _, list := range [][]int{w.phrases, w.zeros} {
			for _, k := range list {
				p := v.phrase[k]
				h.says |= 1 << p.Topic
				if p.Strong {
					h.opens |= 1 << p.Topic
				}
			}
		}
	}
}

// denies reports whether a word says that there was none of something.
func (v *vocabulary) denies(w *word) bool {
	strong := func(k int) bool { return v.phrase[k].Strong }
	return w.roles&none != 0 || slices.ContainsFunc(w.zeros, strong)
}

// glance looks through a sentence of a report of the year for words of the form.
// It is what most sentences cost.
func (v *vocabulary) glance(text string, year int) (g glanced) {
	g.item = text[0] == '(' || isDigit(text[0]) || numbered(v, text)
	if !v.counting(text) {
		return g
	}
	before := class(0)
	state, with := uint16(0), v.alone
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		switch {
		case isDigit(text[i]):
			g.counts = true
			end := digits(text, i)
			before, state = 0, 0
			if n := hasPrefix(text[end:], v.prose.Years); n > 0 && end-i == 4 {
				value, _ := strconv.Atoi(text[i:end])
				state = v.step(0, yearSymbol(value, year))
				end += n
			}
			i = end
			continue
		case r >= utf8.RuneSelf:
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		i += size
		if r >= 1<<16 {
			before, state = 0, 0
			continue
		}
		k := v.class[r]
		g.counts = g.counts || before&numeral != 0 && k&unitary != 0
		before = k
		if state == 0 {
			state = v.root[lower(r)]
		} else {
			state = v.step(state, lower(r))
		}
		if state != 0 {
			h := &v.hints[state]
			g.opens |= h.opens
			g.says |= h.says
			with |= h.with
			g.counts = g.counts || h.denies
		}
	}
	if bits.OnesCount64(g.says&^v.alone) > 1 {
		with = allTopics // see scan.together
	}
	g.says &= with
	return g
}

// counting reports whether a sentence may count something. Most do not, and their
// words need not be looked for.
func (v *vocabulary) counting(text string) bool {
	before := class(0)
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		switch {
		case isDigit(text[i]):
			return true
		case 0xe4 <= r && r <= 0xe9 && i+2 < len(text):
			r, size = r&0x0f<<12|rune(text[i+1]&0x3f)<<6|rune(text[i+2]&0x3f), 3
		case r >= utf8.RuneSelf:
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		i += size
		if r >= 1<<16 {
			before = 0
			continue
		}
		k := v.class[r]
		if k&denial != 0 || before&numeral != 0 && k&unitary != 0 {
			return true
		}
		before = k
	}
	return false
}

// yearSymbol is the symbol of a year in a report of another, or of the same.
func yearSymbol(value, year int) rune {
	switch value - year {
	case 0:
		return symThis
	case -1:
		return symLast
	case 1:
		return symNext
	}
	return symYear
}

// numbered reports whether a text begins with a numeral and a pause.
func numbered(v *vocabulary, text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	if !v.class.is(r, numeral) {
		return false
	}
	for v.class.is(r, numeral) {
		text = text[size:]
		r, size = utf8.DecodeRuneInString(text)
	}
	return alone(r) == pause
}
