package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Span is a run of text as written, and whether it is a hit.
type Span struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit,omitempty"`
}

// folded is a text with its folded form and, for every byte of that, the
// place in the text where the character that it comes from begins and ends.
type folded struct {
	text   string // in NFC
	fold   string
	starts []int
	ends   []int
}

func foldPlaces(s string) folded {
	f := folded{text: norm.NFC.String(s)}
	var b strings.Builder
	for i := 0; i < len(f.text); {
		char, n := utf8.DecodeRuneInString(f.text[i:])
		for _, r := range folding().of(char) {
			if r == ' ' && (b.Len() == 0 || strings.HasSuffix(b.String(), " ")) {
				continue
			}
			at := b.Len()
			b.WriteRune(r)
			for range b.Len() - at {
				f.starts, f.ends = append(f.starts, i), append(f.ends, i+n)
			}
		}
		i += n
	}
	f.fold = strings.TrimSuffix(b.String(), " ")
	return f
}

// hits returns where the terms stand in the text, as pairs of places in
// order that do not overlap.
func (f *folded) hits(terms []string) (out [][2]int) {
	for _, t := range terms {
		for at := 0; ; {
			i := strings.Index(f.fold[at:], t)
			if i < 0 {
				break
			}
			at += i
			out = append(out, [2]int{f.starts[at], f.ends[at+len(t)-1]})
			_, n := utf8.DecodeRuneInString(f.fold[at:])
			at += n
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return a[0] - b[0] })
	merged := out[:0]
	for _, h := range out {
		if n := len(merged); n > 0 && h[0] <= merged[n-1][1] {
			merged[n-1][1] = max(merged[n-1][1], h[1])
			continue
		}
		merged = append(merged, h)
	}
	return merged
}

// Sizes of a snippet, in characters.
const (
	snippetBefore = 24
	snippetLength = 110
)

// mark cuts the text into spans at its hits. With a window it keeps only
// what stands around the first of them.
func mark(s string, terms []string, window bool) []Span {
	f := foldPlaces(s)
	hits := f.hits(terms)
	from, to := 0, len(f.text)
	if window {
		first := 0
		if len(hits) > 0 {
			first = hits[0][0]
		}
		for from = first; from > 0 && utf8.RuneCountInString(f.text[from:first]) < snippetBefore; {
			_, n := utf8.DecodeLastRuneInString(f.text[:from])
			from -= n
		}
		to = from
		for n := 0; to < len(f.text) && n < snippetLength; n++ {
			_, size := utf8.DecodeRuneInString(f.text[to:])
			to += size
		}
	}
	var out []Span
	add := func(a, b int, hit bool) {
		a, b = max(a, from), min(b, to)
		if a < b {
			out = append(out, Span{f.text[a:b], hit})
		}
	}
	at := from
	for _, h := range hits {
		add(at, h[0], false)
		add(h[0], h[1], true)
		at = max(at, h[1])
	}
	add(at, to, false)
	if window && len(out) > 0 {
		if from > 0 {
			out = slices.Insert(out, 0, Span{Text: "…"})
		}
		if to < len(f.text) {
			out = append(out, Span{Text: "…"})
		}
	}
	return out
}
