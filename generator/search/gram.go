package search

import (
	"fmt"
	"math/bits"
	"slices"
	"sync"
)

// A key of the index is a gram of one to three folded characters, or the
// whole of an agency's folded name. Grams hold 21 bits a character; the
// character U+0000 does not occur, so the lengths cannot be confused.
type key uint64

const wholeName key = 1 << 63

func oneGram(a rune) key         { return key(a) }
func twoGram(a, b rune) key      { return key(a)<<21 | key(b) }
func threeGram(a, b, c rune) key { return key(a)<<42 | key(b)<<21 | key(c) }

// nameKey stands for a whole name by 63 bits of its hash.
func nameKey(folded []rune) key {
	return wholeName | key(mix(nameSeed1, folded)&(1<<31-1))<<32 | key(mix(nameSeed2, folded))
}

// runes returns the characters by which the index files know the key: those
// of the gram, or U+0001 and the hexadecimal digits of a whole name.
func (k key) runes() []rune {
	switch {
	case k&wholeName != 0:
		return []rune(fmt.Sprintf("\x01%016x", uint64(k&^wholeName)))
	case k < 1<<21:
		return []rune{rune(k)}
	case k < 1<<42:
		return []rune{rune(k >> 21), rune(k & (1<<21 - 1))}
	}
	return []rune{rune(k >> 42), rune(k >> 21 & (1<<21 - 1)), rune(k & (1<<21 - 1))}
}

// length is the number of characters of a gram; 0 for a whole name.
func (k key) length() int {
	if k&wholeName != 0 {
		return 0
	}
	return (bits.Len64(uint64(k)) + 20) / 21
}

const (
	keySeed   = 0x811c9dc5
	nameSeed1 = 0x3c6ef372
	nameSeed2 = 0x9e3779b9
)

// mix hashes characters to 32 bits; search.js does the same with Math.imul.
func mix(seed uint32, s []rune) uint32 {
	h := seed
	for _, r := range s {
		h = (h ^ uint32(r)) * 0x01000193
	}
	h = (h ^ h>>16) * 0x7feb352d
	h = (h ^ h>>15) * 0x846ca68b
	return h ^ h>>16
}

// hash says which file of the index holds the key.
func (k key) hash() uint32 {
	if k&wholeName != 0 {
		return mix(keySeed, k.runes())
	}
	h := uint32(keySeed)
	if k >= 1<<42 {
		h = (h ^ uint32(k>>42)) * 0x01000193
	}
	if k >= 1<<21 {
		h = (h ^ uint32(k>>21&(1<<21-1))) * 0x01000193
	}
	h = (h ^ uint32(k&(1<<21-1))) * 0x01000193
	h = (h ^ h>>16) * 0x7feb352d
	h = (h ^ h>>15) * 0x846ca68b
	return h ^ h>>16
}

// collector gathers the keys of documents that come in ascending order.
type collector struct {
	table []int32 // open addressing: 1 + index into slots
	slots []slot
	posts []posting
}

type slot struct {
	key  key
	hash uint32
	last int32 // the latest posting, an index into posts
	n    int32
}

// posting is one document that holds the key of one slot; the top bit of doc
// says that the title or a heading does.
type posting struct{ slot, doc uint32 }

const inHeading = 1 << 31

var collectors = sync.Pool{New: func() any { return &collector{table: make([]int32, 1<<15)} }}

// reset empties the collector and keeps its memory.
func (c *collector) reset() {
	clear(c.table)
	c.slots, c.posts = c.slots[:0], c.posts[:0]
}

func (c *collector) add(k key, doc, flag uint32) {
	mask := uint64(len(c.table) - 1)
	i := (uint64(k) * 0x9e3779b97f4a7c15) >> 33 & mask
	for {
		s := c.table[i]
		if s == 0 {
			break
		}
		if x := &c.slots[s-1]; x.key == k {
			if p := &c.posts[x.last]; p.doc&^inHeading == doc {
				p.doc |= flag
				return
			}
			x.last = int32(len(c.posts))
			x.n++
			c.posts = append(c.posts, posting{uint32(s - 1), doc | flag})
			return
		}
		i = (i + 1) & mask
	}
	c.slots = append(c.slots, slot{k, k.hash(), int32(len(c.posts)), 1})
	c.table[i] = int32(len(c.slots))
	c.posts = append(c.posts, posting{uint32(len(c.slots) - 1), doc | flag})
	if len(c.slots)*2 > len(c.table) {
		c.grow()
	}
}

func (c *collector) grow() {
	c.table = make([]int32, len(c.table)*2)
	mask := uint64(len(c.table) - 1)
	for s := range c.slots {
		i := (uint64(c.slots[s].key) * 0x9e3779b97f4a7c15) >> 33 & mask
		for c.table[i] != 0 {
			i = (i + 1) & mask
		}
		c.table[i] = int32(s + 1)
	}
}

// isLetters tells whether s is nothing but letters of the keyboard. Such
// triples are not listed, because a name's readings have only pairs.
func isLetters(s []rune) bool {
	for _, r := range s {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return true
}

// text adds the grams of a folded text of up to n characters each.
func (c *collector) text(s []rune, n int, doc, flag uint32) {
	for i := range s {
		c.add(oneGram(s[i]), doc, flag)
		if i+1 < len(s) && n > 1 {
			c.add(twoGram(s[i], s[i+1]), doc, flag)
			if i+2 < len(s) && n > 2 && !isLetters(s[i:i+3]) {
				c.add(threeGram(s[i], s[i+1], s[i+2]), doc, flag)
			}
		}
	}
}

// lists calls yield for every key in the order of hash and key, with its
// documents in ascending order. The list is only valid during the call.
func (c *collector) lists(yield func(k key, hash uint32, docs []uint32)) {
	start := make([]int32, len(c.slots)+1)
	for i := range c.slots {
		start[i+1] = start[i] + c.slots[i].n
	}
	docs := make([]uint32, len(c.posts))
	next := slices.Clone(start)
	for _, p := range c.posts {
		docs[next[p.slot]] = p.doc
		next[p.slot]++
	}
	order := make([]int32, len(c.slots))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return compareKeys(c.slots[a].hash, c.slots[a].key, c.slots[b].hash, c.slots[b].key)
	})
	for _, s := range order {
		yield(c.slots[s].key, c.slots[s].hash, docs[start[s]:start[s+1]])
	}
}

func compareKeys(ah uint32, a key, bh uint32, b key) int {
	switch {
	case ah != bh && ah < bh, ah == bh && a < b:
		return -1
	case a == b:
		return 0
	}
	return 1
}
