package mentions

import (
	"slices"

	"annals/generator/form"
)

// respective is a number of a list whose names stand together before it:
// 予以公开、不予公开分别为3件、2件.
type respective struct {
	number, phrase int // tokens
	as             *form.Phrase
	unit           *unit // of the last number, where this one has none
}

// mostListed bounds what is listed so in a sentence.
const mostListed = 20

// respectively finds the numbers behind the word at a token, such as 分别为, that
// has a name for each of them before it. A name without a phrase is passed over;
// where the names are not as many as the numbers, none is known.
func (x *scan) respectively(list []respective, i int) []respective {
	first := len(list)
	var unit *unit
	last := i
	for k := i + 1; k < len(x.list); k++ {
		x.look()
		t := &x.list[k]
		if t.kind == numeric {
			n := &x.numbers[x.symbols[t.from].number]
			if unit = n.unit; unit != nil && unit.share {
				return list[:first]
			}
			list = append(list, respective{number: k, phrase: -1})
			last = k
			continue
		}
		if t.kind != pause && t.kind != blank && !t.has(joins|filler) || k > last+2 {
			break
		}
	}
	numbers := list[first:]
	if len(numbers) < 2 || unit == nil {
		return list[:first]
	}
	start := i
	for start > 0 && x.list[start-1].kind != stop && x.list[start-1].kind != colon && x.list[start-1].kind != numeric && !x.list[start-1].has(each) {
		x.look()
		start--
	}
	end := i
	for k := len(numbers) - 1; k >= 0; k-- {
		from := end
		for from > start && x.list[from-1].kind != pause && (!x.list[from-1].has(joins) || x.list[from-1].has(filler)) {
			from--
		}
		if from == end || (from == start) != (k == 0) {
			return list[:first]
		}
		numbers[k].unit = unit
		numbers[k].phrase, numbers[k].as = x.named(from, end, start, i)
		end = from - 1
	}
	return slices.DeleteFunc(list, func(r respective) bool { return r.as == nil })
}

// named returns the phrase of a name, which ends with it but for what may stand
// between a phrase and its number. The noun may stand before all names or behind.
func (x *scan) named(from, to, start, end int) (int, *form.Phrase) {
	weak, at := (*form.Phrase)(nil), -1
	for k := to - 1; k >= from; k-- {
		x.look()
		t := &x.list[k]
		if t.kind != worded {
			break
		}
		if t.word.roles&(never|subject|channel|changes|expected|except|none) != 0 {
			return -1, nil
		}
		for _, topic := range []int8{x.before[start].topic, x.before[k].topic, x.before[end].topic} {
			if p := x.usable(k, t.word.phrases, topic); p != nil && !p.Listed {
				if !p.Weak {
					return k, p
				}
				if weak == nil {
					weak, at = p, k
				}
			}
		}
		if !x.belongs(t.word, x.before[end].topic) && len(t.word.nouns) == 0 && !t.has(filler|thisYear) {
			break
		}
	}
	return at, weak
}
