package search

import (
	"slices"
	"strings"
)

// terms splits a query into its terms, all of which a result must contain: words,
// and phrases in straight quotation marks, which keep their spaces. A quotation mark
// that does not begin a word, or has no partner, is a character like any other.
func terms(query string) []string {
	s := Fold(query)
	var out []string
	for s != "" {
		if s[0] == ' ' {
			s = s[1:]
			continue
		}
		if s[0] == '"' {
			if end := strings.IndexByte(s[1:], '"'); end >= 0 {
				if t := s[1 : 1+end]; strings.TrimSpace(t) != "" {
					out = append(out, t)
				}
				s = s[end+2:]
				continue
			}
		}
		end := strings.IndexByte(s, ' ')
		if end < 0 {
			end = len(s)
		}
		out = append(out, s[:end])
		s = s[end:]
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// maxGrams is the most grams of a query whose lists are loaded. Leaving grams
// out gives more candidates to verify, but never changes the results.
const maxGrams = 12

// plan is how a query's candidates are found.
type plan struct {
	terms  []string
	grams  []string
	owners [][]int // of each gram, the terms that hold it
	exact  bool    // a report in all lists certainly contains all terms
	none   bool    // a character of the query occurs in no report
}

// newPlan chooses the grams to look up: for every place of a term the triple
// where it is listed, else the pair; the rarest first.
func (r *reader) newPlan(list []string) plan {
	p := plan{terms: list, exact: true}
	type gram struct {
		text  string
		level int
	}
	var all []gram
	seen := map[string]bool{}
	for _, t := range list {
		s := []rune(t)
		low := 99
		for _, c := range s {
			l, ok := r.chars[c]
			p.none = p.none || !ok
			low = min(low, l)
		}
		dense := func(i, n int) bool {
			for _, c := range s[i : i+n] {
				if !r.dense.has(c) {
					return false
				}
			}
			return !isLetters(s[i : i+n])
		}
		add := func(i, n int) {
			l := 99
			for _, c := range s[i : i+n] {
				l = min(l, r.chars[c])
			}
			if g := string(s[i : i+n]); !seen[g] {
				seen[g] = true
				all = append(all, gram{g, l})
			}
		}
		switch {
		case len(s) <= 2:
			add(0, len(s))
		default:
			p.exact = p.exact && len(s) == 3 && dense(0, 3)
			for i := 0; i+1 < len(s); i++ {
				switch {
				case i+2 < len(s) && dense(i, 3):
					add(i, 3)
				case i > 0 && dense(i-1, 3): // the pair is part of the triple before
				default:
					add(i, 2)
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b gram) int { return a.level - b.level })
	if len(all) > maxGrams {
		all, p.exact = all[:maxGrams], false
	}
	for _, g := range all {
		p.grams = append(p.grams, g.text)
		var owners []int
		for i, t := range list {
			if strings.Contains(t, g.text) {
				owners = append(owners, i)
			}
		}
		p.owners = append(p.owners, owners)
	}
	return p
}
