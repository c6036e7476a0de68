package yamlpos

import (
	"strings"
	"unicode/utf8"

	"annals/generator/diag"
	"annals/generator/source"
)

// UnknownKey returns the diagnostic for an item of a map whose key is not among
// the known ones. The message suggests the known key that was most likely
// meant, if any is near.
func UnknownKey(file string, item *Node, known []string) diag.Diagnostic {
	at := item.KeySpan.In(file)
	if s, ok := Suggest(item.Key, known); ok {
		d := diag.New("unknown-key/suggest", at, "key", item.Key, "suggestion", s)
		if Same(item.Key, s) {
			d.Fix = &diag.Fix{Place: at, Replace: s}
		}
		return d
	}
	return diag.New("unknown-key", at, "key", item.Key)
}

// Same reports whether two keys differ only in case and in what joins their words.
func Same(a, b string) bool {
	bare := strings.NewReplacer("_", "", "-", "", " ", "")
	return strings.EqualFold(bare.Replace(a), bare.Replace(b))
}

// MissingKey returns the diagnostic for a map that lacks a key. Its place is
// the key whose value the map is, or, for a map without one, the first key in
// the map.
func MissingKey(file string, m *Node, key string) diag.Diagnostic {
	at := m.Span
	switch {
	case m.KeySpan != (source.Span{}):
		at = m.KeySpan
	case len(m.Items) > 0:
		at = m.Items[0].KeySpan
	}
	return diag.New("missing-key", at.In(file), "key", key)
}

// longest is the length in characters of the longest word that is compared
// with others. The time that takes grows with the product of the lengths.
const longest = 80

// Suggest returns the word of a list that a mistyped word most likely meant.
// A third of the characters may be wrong, missing, added or swapped, and
// capitals do not count; of several words that are equally near the first wins.
func Suggest(word string, among []string) (string, bool) {
	best, found := "", false
	length := utf8.RuneCountInString(word)
	if length > longest {
		return "", false
	}
	limit := length / 3
	for _, w := range among {
		if d := distance(strings.ToLower(word), strings.ToLower(w), limit); d <= limit {
			best, found = w, true
			limit = d - 1
		}
	}
	return best, found
}

// distance counts the insertions, deletions, replacements and swaps of
// neighbours that turn a into b. It gives up above limit.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if n := len(x) - len(y); n > limit || -n > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(row[j-1]+1, last[j]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit+1 {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}
