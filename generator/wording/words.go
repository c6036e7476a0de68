package wording

import (
	"strings"
	"unicode/utf8"

	"annals/generator/form"
	"annals/generator/prose"
)

// kind is what a word that is looked for is.
type kind uint8

const (
	cue       kind = iota // says that a period follows
	partial               // a body was founded or abolished
	reports               // the word for a report
	yearMark              // stands behind a year
	happened              // something was done
	history               // the sentence looks back
	carried               // the clause looks back or ahead: what was carried over the end of a year
	plan                  // the sentence looks ahead
	number                // stands behind the number of a document
	cited                 // cites a notice; index: its number
	older                 // a heading of an older form; index: the form's number
	template              // a sentence of the official template
	sign                  // a sign for missing text
	prompt                // an instruction
	unit                  // a unit of counted things
	date                  // a date without digits
	say                   // speaks of an aspect; index: its number
	also                  // the same, in text only
	fee                   // the fee for requests
	feeOther              // words that may stand for it
	reduced               // the fee was reduced
	otherFees             // other fees
)

// hit is a word that was found.
type hit struct {
	prose.Stretch
	kind  kind
	index int16
}

// word is a word that is looked for, without its first character.
type word struct {
	rest  string
	check int  // an offset in rest whose byte tells most words apart
	byte  byte // what stands there
	kind  kind
	index int16
}

// words are those of a form, with the patterns of its language.
type words struct {
	buckets [][]word
	first   [1 << 16]uint8 // by character: the bucket of words that begin with it; 0 is empty
	quotes  map[rune]int   // 1 for an opening mark, -1 for a closing one
	notices []notice
}

func gather(f *form.Form) *words {
	w := &words{buckets: make([][]word, 1), quotes: map[rune]int{}}
	l, v := f.Language.Wording, f.Review
	side := 1
	for _, c := range l.Quotes {
		w.quotes[c] = side
		side = -side
	}
	add := func(k kind, index int, list ...string) {
		for _, text := range list {
			w.add(text, k, index)
		}
	}
	add(cue, 0, l.Period.Cues...)
	add(partial, 0, l.Period.Partial...)
	add(reports, 0, l.Period.Report)
	add(yearMark, 0, l.Years.Mark)
	add(history, 0, l.Years.History...)
	add(carried, 0, l.Years.Carried...)
	add(plan, 0, l.Years.Plans...)
	add(number, 0, l.Citation.Mark)
	add(sign, 0, l.Holes.Signs...)
	for _, bracket := range l.Holes.Brackets {
		for _, text := range l.Holes.Prompts {
			add(prompt, 0, string(bracket)+text)
		}
	}
	add(unit, 0, l.Holes.Units...)
	add(date, 0, l.Holes.Date)
	add(reduced, 0, l.Fees.Reduced...)
	add(otherFees, 0, l.Fees.Others...)
	add(template, 0, v.Template...)
	for i, text := range v.Happened {
		add(happened, i, text)
	}
	for i, n := range v.Notices {
		add(cited, i, n.Say...)
		w.notices = append(w.notices, citation(n, l.Citation))
	}
	for i, e := range v.Editions {
		add(older, i, e.Words...)
	}
	for i, a := range v.Aspects {
		add(say, i, a.Say...)
		add(also, i, a.Also...)
	}
	if v.Fee != nil {
		add(fee, 0, v.Fee.Say...)
		add(feeOther, 0, v.Fee.Other...)
	}
	return w
}

// add adds a word to the bucket of its first character. A form of an archive's own
// may have more first characters than there are buckets; the words beyond are not
// looked for.
func (w *words) add(text string, k kind, index int) {
	c, size := utf8.DecodeRuneInString(text)
	if int(c) >= len(w.first) || text == "" {
		return
	}
	if w.first[c] == 0 {
		if len(w.buckets) > 255 {
			return
		}
		w.first[c] = uint8(len(w.buckets))
		w.buckets = append(w.buckets, nil)
	}
	x := word{rest: text[size:], kind: k, index: int16(index)}
	if x.check = min(2, len(x.rest)-1); x.check >= 0 {
		x.byte = x.rest[x.check]
	}
	w.buckets[w.first[c]] = append(w.buckets[w.first[c]], x)
}

// find appends all words in a text, in the order in which they begin; units with a
// number before them, or with a word behind them, are of no interest.
func (w *words) find(text string, hits []hit) []hit {
	for i := 0; i < len(text); {
		c, size := rune(text[i]), 1
		switch {
		case c < utf8.RuneSelf:
		case c&0xf0 == 0xe0 && i+2 < len(text): // of three bytes, as most are
			c, size = c&0xf<<12|rune(text[i+1]&0x3f)<<6|rune(text[i+2]&0x3f), 3
		default:
			if c, size = utf8.DecodeRuneInString(text[i:]); int(c) >= len(w.first) {
				i += size
				continue
			}
		}
		if bucket := w.first[c]; bucket != 0 {
			for k := range w.buckets[bucket] {
				x := &w.buckets[bucket][k]
				if n := i + size + x.check; x.check >= 0 && n < len(text) && text[n] != x.byte || !strings.HasPrefix(text[i+size:], x.rest) {
					continue
				}
				end := i + size + len(x.rest)
				if x.kind == unit && (i > 0 && digit(rune(text[i-1])) || end < len(text) && han(text[end])) {
					continue
				}
				hits = append(hits, hit{prose.Stretch{From: i, To: end}, x.kind, x.index})
			}
		}
		i += size
	}
	return hits
}

// han reports whether a Chinese character begins with a byte.
func han(b byte) bool { return 0xe4 <= b && b <= 0xe9 }

func lastRune(s string) (rune, int) { return utf8.DecodeLastRuneInString(s) }
