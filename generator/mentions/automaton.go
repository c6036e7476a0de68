package mentions

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

// maxStates bounds the automaton of a form.
const maxStates = 60_000

// spelled is a word with its number.
type spelled struct {
	symbols []rune
	number  int16
}

// build makes the automaton of words, which are sorted and distinct. It goes through
// the states in breadth: those of one length of beginnings are the groups of words
// that share it, and the state that fail leads to, of a shorter one, is complete.
// Words for which there is no room are left out.
func build(words []spelled) *automaton {
	a := &automaton{nodes: []node{{word: -1}}}
	type group struct {
		state uint16
		words []spelled
		depth int
		fail  uint16
	}
	queue := []group{{words: words}}
	for k := 0; k < len(queue); k++ {
		g := queue[k]
		for len(g.words) > 0 && len(g.words[0].symbols) == g.depth {
			g.words = g.words[1:] // it ends here
		}
		a.nodes[g.state].first = uint16(len(a.edges))
		for len(g.words) > 0 && len(a.nodes) < maxStates {
			r := g.words[0].symbols[g.depth]
			n := 1
			for n < len(g.words) && g.words[n].symbols[g.depth] == r {
				n++
			}
			x := node{word: -1}
			if w := g.words[0]; len(w.symbols) == g.depth+1 {
				x.word = w.number
			}
			to := uint16(len(a.nodes))
			if g.state != 0 {
				x.fail = a.step(g.fail, r)
				if x.out = x.fail; a.nodes[x.fail].word < 0 {
					x.out = a.nodes[x.fail].out
				}
			} else {
				a.root[r] = to
			}
			a.nodes = append(a.nodes, x)
			a.edges = append(a.edges, edge{r, to})
			queue = append(queue, group{to, g.words[:n], g.depth + 1, x.fail})
			g.words = g.words[n:]
		}
		a.nodes[g.state].end = uint16(len(a.edges))
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
