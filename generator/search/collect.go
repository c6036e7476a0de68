package search

import (
	"math/bits"
	"slices"
	"sync"
)

// collector gathers the keys of a shard. The shard's documents are arranged in
// rows of up to 64: one row for each year, and one for the names of the
// agencies. For each key there is one 64-bit word per row, with a bit for each
// document that holds the key, so a second occurrence in the same document
// costs only the look-up of the key.
type collector struct {
	dense *charSet
	rows  int
	table []slot   // open addressing; a power of two, at most half full
	keys  []key    // by number, in the order of their first occurrence
	words []uint64 // by number, rows of them each
	heads []uint64 // as words, for titles and headings; only keys that occur in one have rows here
	head  []uint32 // by number: 1 + the place of its rows in heads; 0 for none

	starts [sections + 1]int32 // of the sections in order, for each
	order  []uint64
}

// slot is a key and its words. Key 0 is an empty slot.
type slot struct {
	key   key
	words uint32 // where its rows begin
}

// slot is the hash by which find begins to probe a table for the key.
func (k key) slot() uint64 { return uint64(k) * 0x9e3779b97f4a7c15 >> 33 }

var collectors = sync.Pool{New: func() any { return &collector{table: make([]slot, 1<<14)} }}

// collect returns an empty collector. It reuses the memory of collectors that
// were released.
func collect(dense *charSet, rows int) *collector {
	c := collectors.Get().(*collector)
	c.dense, c.rows = dense, rows
	clear(c.table)
	c.keys, c.words, c.heads, c.head = c.keys[:0], c.words[:0], c.heads[:0], c.head[:0]
	return c
}

func (c *collector) free() { collectors.Put(c) }

// place is the position of a document: its row, and its bit in the words of
// that row.
type place struct {
	row int
	bit uint64
}

// add records that the document holds the key.
func (c *collector) add(k key, at place) {
	s := c.find(k)
	if s.key == 0 {
		s = c.insert(s, k)
	}
	c.words[int(s.words)+at.row] |= at.bit
}

// addHeading records that the title or a heading of the document holds the key.
func (c *collector) addHeading(k key, at place) {
	c.add(k, at)
	h := &c.head[int(c.find(k).words)/c.rows]
	if *h == 0 {
		c.heads = grow(c.heads, c.rows)
		*h = uint32(len(c.heads) / c.rows)
	}
	c.heads[int(*h-1)*c.rows+at.row] |= at.bit
}

// grow appends n zeros.
func grow(words []uint64, n int) []uint64 {
	words = slices.Grow(words, n)
	words = words[:len(words)+n]
	clear(words[len(words)-n:])
	return words
}

func (c *collector) insert(s *slot, k key) *slot {
	*s = slot{key: k, words: uint32(len(c.words))}
	c.keys = append(c.keys, k)
	c.head = append(c.head, 0)
	c.words = grow(c.words, c.rows)
	if len(c.keys)*2 <= len(c.table) {
		return s
	}
	old := c.table
	c.table = make([]slot, len(old)*2)
	for _, s := range old {
		if s.key != 0 {
			*c.find(s.key) = s
		}
	}
	return c.find(k)
}

// find returns the slot of the key, or the empty one where it belongs.
func (c *collector) find(k key) *slot {
	mask := uint64(len(c.table) - 1)
	for i := k.slot(); ; i++ {
		if s := &c.table[i&mask]; s.key == k || s.key == 0 {
			return s
		}
	}
}

// text adds the grams of a folded text. A document that holds a gram also holds
// the shorter grams with which that gram begins, so where the longest gram at a
// place is already recorded nothing needs to be added.
func (c *collector) text(s []rune, at place) {
	dense := 0 // how many characters up to the one two ahead are dense
	letters := 0
	for i := range min(2, len(s)) {
		dense, letters = c.count(s[i], dense, letters)
	}
	table, words, mask := c.table, c.words, uint64(len(c.table)-1)
	for i, r := range s {
		k := oneGram(r)
		if i+1 < len(s) {
			k = twoGram(r, s[i+1])
		}
		if i+2 < len(s) {
			dense, letters = c.count(s[i+2], dense, letters)
			if dense >= 3 && letters < 3 {
				k = threeGram(r, s[i+1], s[i+2])
			}
		}
		// Most of the time of indexing is spent here, so the code of add is
		// inlined.
	grams:
		for ; k != 0; k >>= 21 {
			for h := k.slot(); ; h++ {
				p := &table[h&mask]
				if p.key == k {
					w := &words[int(p.words)+at.row]
					if *w&at.bit != 0 {
						break grams
					}
					*w |= at.bit
					break
				}
				if p.key == 0 {
					c.add(k, at)
					table, words, mask = c.table, c.words, uint64(len(c.table)-1)
					break
				}
			}
		}
	}
}

func (c *collector) count(r rune, dense, letters int) (int, int) {
	if c.dense.has(r) {
		dense++
	} else {
		dense = 0
	}
	if r >= 'a' && r <= 'z' {
		letters++
	} else {
		letters = 0
	}
	return dense, letters
}

// heading adds the grams of a title or heading.
func (c *collector) heading(s []rune, at place) {
	for i, r := range s {
		c.addHeading(oneGram(r), at)
		if i+1 < len(s) {
			c.addHeading(twoGram(r, s[i+1]), at)
		}
		if i+2 < len(s) && c.dense.has(r) && c.dense.has(s[i+1]) && c.dense.has(s[i+2]) && !isLetters(s[i:i+3]) {
			c.addHeading(threeGram(r, s[i+1], s[i+2]), at)
		}
	}
}

// isLetters reports whether s consists of Latin letters a…z only. Triples of
// letters are not listed, because the spellings of names are indexed by pairs.
func isLetters(s []rune) bool {
	for _, r := range s {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return true
}

// each calls yield for every key, ordered by hash and then by key, with the
// words of its rows; heads is nil for a key that is in no title or heading.
func (c *collector) each(yield func(k key, hash uint32, words, heads []uint64)) {
	// Hash and number in one word, first by section, then within it.
	clear(c.starts[:])
	for _, k := range c.keys {
		c.starts[k.hash()>>(32-sectionBits)+1]++
	}
	for s := range sections {
		c.starts[s+1] += c.starts[s]
	}
	c.order = slices.Grow(c.order[:0], len(c.keys))[:len(c.keys)]
	next := c.starts
	for i, k := range c.keys {
		h := k.hash()
		at := &next[h>>(32-sectionBits)]
		c.order[*at] = uint64(h)<<32 | uint64(i)
		*at++
	}
	for s := range sections {
		order := c.order[c.starts[s]:c.starts[s+1]]
		slices.Sort(order)
		for i := 1; i < len(order); i++ { // the few with the same hash, by key
			for j := i; j > 0 && order[j]>>32 == order[j-1]>>32 && c.keys[uint32(order[j])] < c.keys[uint32(order[j-1])]; j-- {
				order[j], order[j-1] = order[j-1], order[j]
			}
		}
	}
	for _, o := range c.order {
		n := int(uint32(o))
		var heads []uint64
		if h := int(c.head[n]); h > 0 {
			heads = c.heads[(h-1)*c.rows:][:c.rows]
		}
		yield(c.keys[n], uint32(o>>32), c.words[n*c.rows:][:c.rows], heads)
	}
}

// ones counts the documents of rows.
func ones(words []uint64) (n int) {
	for _, w := range words {
		n += bits.OnesCount64(w)
	}
	return n
}
