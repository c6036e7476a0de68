package mentions

import (
	"cmp"
	"slices"
)

// automaton finds words in a sequence of symbols, all of them, in one pass
// (Aho–Corasick).
type automaton struct {
	root  [1 << 16]uint16 // by symbol: the state after it at the beginning of a word; 0 for none
	nodes []node
	edges []edge // of all nodes, those of one together and in order
}

type node struct {
	first, end uint16 // its edges
	fail       uint16 // the state of the longest word beginning that ends here too
	word       int16  // the word that ends here, or -1
	out        uint16 // the next state on the way of fail with a word; 0 for none
}

type edge struct {
	symbol rune
	to     uint16
}

// trie is the automaton while it is built.
type trie struct {
	next []map[rune]uint16
	word []int16
}

// maxStates bounds the automaton of a form.
const maxStates = 60_000

// insert adds a word and returns the number that it has. Another one of the same
// symbols keeps its own. ok is false where there is no room.
func (t *trie) insert(symbols []rune, number int) (known int, ok bool) {
	if len(t.next) == 0 {
		t.next, t.word = []map[rune]uint16{{}}, []int16{-1}
	}
	if len(t.next)+len(symbols) > maxStates {
		return 0, false
	}
	state := uint16(0)
	for _, r := range symbols {
		to, ok := t.next[state][r]
		if !ok {
			to = uint16(len(t.next))
			t.next, t.word = append(t.next, nil), append(t.word, -1)
			if t.next[state] == nil {
				t.next[state] = map[rune]uint16{}
			}
			t.next[state][r] = to
		}
		state = to
	}
	if t.word[state] < 0 {
		t.word[state] = int16(number)
	}
	return int(t.word[state]), true
}

// build makes the automaton of a trie. States are visited in breadth, so that
// the one that fail leads to is complete.
func (t *trie) build() *automaton {
	a := &automaton{nodes: make([]node, len(t.next))}
	for i := range a.nodes {
		a.nodes[i].word = t.word[i]
	}
	queue := []uint16{0}
	for len(queue) > 0 {
		state := queue[0]
		queue = queue[1:]
		n := &a.nodes[state]
		n.first = uint16(len(a.edges))
		for r, to := range t.next[state] {
			a.edges = append(a.edges, edge{r, to})
		}
		n.end = uint16(len(a.edges))
		own := a.edges[n.first:n.end]
		slices.SortFunc(own, func(x, y edge) int { return cmp.Compare(x.symbol, y.symbol) })
		for _, x := range own {
			queue = append(queue, x.to)
			if state == 0 {
				a.root[x.symbol] = x.to
				continue
			}
			f := a.step(n.fail, x.symbol)
			a.nodes[x.to].fail = f
			if a.nodes[x.to].out = f; a.nodes[f].word < 0 {
				a.nodes[x.to].out = a.nodes[f].out
			}
		}
	}
	return a
}

// step returns the state after a symbol.
func (a *automaton) step(state uint16, symbol rune) uint16 {
	for state != 0 {
		n := &a.nodes[state]
		for _, x := range a.edges[n.first:n.end] {
			if x.symbol == symbol {
				return x.to
			}
		}
		state = n.fail
	}
	if symbol >= int32(len(a.root)) {
		return 0
	}
	return a.root[symbol]
}
