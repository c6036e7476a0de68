package mentions

// kind is the kind of a token.
type kind uint8

const (
	unknown kind = iota // a symbol that no word covers
	worded              // a word
	numeric             // a number
	code                // digits that count nothing
	dated               // a year, a month or a day
	stop                // , ; and the end of a sentence
	pause               // between the items of a list
	colon
	blank // white space, between words of Latin letters
	open
	closed
)

// token is a word of a sentence, or one symbol.
type token struct {
	kind     kind
	word     *word // of a worded token
	from, to int32 // in reader.symbols
}

func (t *token) has(r role) bool { return t.kind == worded && t.word.roles&r != 0 }

// tokens divides a sentence.
type tokens struct {
	reader
	list   []token
	cost   []int32 // the least cost of the symbols up to one
	last   []int16 // the word that ends there at this cost; -1: the symbol alone
	bodies []bool  // the name of a public body may end behind the symbol

	about int      // behind the first word that says what the sentence is about, in symbols; 0 for none
	not   uint64   // topics of which a word of form.Topic.Not stands anywhere
	said  []uint64 // by symbol: the topics of which a word of With ends before it
}

// The costs of what a sentence is divided into: first as few unknown symbols as can be, then as few words.
const costUnknown, costToken = 64, 1

// divide reads a sentence into tokens.
func (x *tokens) divide() {
	n := len(x.symbols)
	x.cost, x.last, x.bodies = grown(x.cost, n+1), grown(x.last, n+1), grown(x.bodies, n+1)
	x.about, x.not = 0, 0
	x.said = grown(x.said, n+1)
	x.cost[0] = 0
	state := uint16(0)
	for i := range n {
		s := &x.symbols[i]
		state = x.step(state, s.r)
		least, word := x.cost[i]+costToken, int16(-1)
		if alone(s.r) == unknown {
			least += costUnknown
		}
		x.bodies[i+1], x.said[i+1] = false, 0
		for at := state; at != 0; at = x.nodes[at].out {
			x.look()
			k := x.nodes[at].word
			if k < 0 {
				continue
			}
			w := &x.words[k]
			x.marked(w, i+1)
			if start := i + 1 - w.length; w.token() && x.whole(start, i+1) {
				if c := x.cost[start] + costToken; c < least || c == least && word >= 0 && w.length < x.words[word].length {
					least, word = c, k
				}
			}
		}
		x.cost[i+1], x.last[i+1] = least, word
	}
	x.list = x.list[:0]
	for i := n; i > 0; {
		t := token{kind: alone(x.symbols[i-1].r), from: int32(i - 1), to: int32(i)}
		if k := x.last[i]; k >= 0 {
			t.kind, t.word = worded, &x.words[k]
			t.from = int32(i - t.word.length)
		}
		x.list = append(x.list, t)
		i = int(t.from)
	}
	for i, j := 0, len(x.list)-1; i < j; i, j = i+1, j-1 {
		x.list[i], x.list[j] = x.list[j], x.list[i]
	}
}

// marked notes a word that only has to stand somewhere.
func (x *tokens) marked(w *word, end int) {
	if w.about && x.about == 0 {
		x.about = end
	}
	x.not |= w.not
	x.said[end] |= w.with
	if w.roles&body != 0 {
		x.bodies[end] = true
	}
}

// whole reports whether a word of Latin letters does not stand within another.
func (x *tokens) whole(from, to int) bool {
	letter := func(i int) bool {
		return i >= 0 && i < len(x.symbols) && 'a' <= x.symbols[i].r && x.symbols[i].r <= 'z'
	}
	return !(letter(from) && letter(from-1)) && !(letter(to-1) && letter(to))
}

// alone is the kind of a symbol that is no part of a word.
func alone(r rune) kind {
	switch r {
	case symThis, symLast, symNext, symYear, symDate, symMonth:
		return dated
	case symNumber:
		return numeric
	case symCode:
		return code
	case ',', ';', 0x3002, '!', '?':
		return stop
	case 0x3001:
		return pause
	case ':':
		return colon
	case ' ':
		return blank
	case '(', '[', 0x3010:
		return open
	case ')', ']', 0x3011:
		return closed
	}
	return unknown
}

func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}
