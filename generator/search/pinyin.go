package search

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// readings returns what a folded name may be typed as in Latin letters: for
// each Chinese character its pinyin readings, without tones; for any other
// character the character itself. A character with several readings keeps them
// all, because place names often have unusual readings that no table lists.
func readings(folded []rune) [][]string {
	out := make([][]string, 0, len(folded))
	for _, r := range folded {
		if r == ' ' {
			continue
		}
		list, ok := known.Load(r)
		if !ok {
			list, _ = known.LoadOrStore(r, readingsOf(r))
		}
		out = append(out, list.([]string))
	}
	return out
}

// known caches the readings of characters: the library computes them anew on
// each call, and names consist of few different characters.
var known sync.Map // rune → []string

func readingsOf(r rune) (list []string) {
	args := pinyin.NewArgs()
	args.Heteronym = true
	if r >= 0x3400 {
		for _, s := range pinyin.SinglePinyin(r, args) {
			// ü is typed as v.
			if s = strings.ReplaceAll(s, "ü", "v"); s != "" && !slices.Contains(list, s) {
				list = append(list, s)
			}
		}
	}
	if list == nil {
		list = []string{string(r)}
	}
	return list
}

// spell writes a name's readings down as a names file holds them: syllables
// separated by spaces, alternatives by bars.
func spell(list [][]string) string {
	parts := make([]string, len(list))
	for i, alternatives := range list {
		parts[i] = strings.Join(alternatives, "|")
	}
	return strings.Join(parts, " ")
}

// sortKey orders names as a Chinese dictionary does, by their first reading.
func sortKey(name string) string {
	var b strings.Builder
	for _, alternatives := range readings([]rune(Fold(name))) {
		b.WriteString(alternatives[0])
		b.WriteByte(' ')
	}
	b.WriteString(name)
	return b.String()
}

// spelling adds the pairs of letters that a query in pinyin may contain: pairs
// of the full readings and pairs of the initials, for every alternative
// reading.
func (c *collector) spelling(list [][]string, at place) {
	for i, alternatives := range list {
		for _, s := range alternatives {
			c.text([]rune(s), at)
			if i+1 == len(list) {
				continue
			}
			first, _ := utf8.DecodeRuneInString(s)
			last, _ := utf8.DecodeLastRuneInString(s)
			for _, next := range list[i+1] {
				r, _ := utf8.DecodeRuneInString(next)
				c.add(twoGram(last, r), at)
				c.add(twoGram(first, r), at)
			}
		}
	}
}

// spelled reports whether the query, in Latin letters, matches the spelling
// from the beginning of one of its syllables on, either the full syllables or
// their initials.
func spelled(spelling, query string) bool {
	list := strings.Split(spelling, " ")
	for i := range list {
		if readsOn(list[i:], query) || initialsOf(list[i:], query) {
			return true
		}
	}
	return false
}

func readsOn(list []string, query string) bool {
	if query == "" {
		return true
	}
	if len(list) == 0 {
		return false
	}
	for s := range strings.SplitSeq(list[0], "|") {
		if strings.HasPrefix(s, query) || strings.HasPrefix(query, s) && readsOn(list[1:], query[len(s):]) {
			return true
		}
	}
	return false
}

func initialsOf(list []string, query string) bool {
	for _, r := range query {
		if len(list) == 0 {
			return false
		}
		found := false
		for s := range strings.SplitSeq(list[0], "|") {
			first, _ := utf8.DecodeRuneInString(s)
			found = found || first == r
		}
		if !found {
			return false
		}
		list = list[1:]
	}
	return true
}
