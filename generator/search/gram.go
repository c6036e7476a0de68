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
	table []slot // open addressing; a power of two, at most half full
	keys  []key  // by number, as they came
	posts []posting

	start, end []int32 // of the keys' documents, for lists
	docs       []uint32
	order      []uint64
}

// slot is a key with all that adding a posting needs, so that it costs one
// look at memory. Key 0 is an empty slot.
type slot struct {
	key    key
	number uint32 // of the key
	last   uint32 // the doc of its latest posting
}

// posting is one document that holds the key of a number; the top bit of doc
// says that the title or a heading does. A document in which that shows late
// has a second posting, with the bit.
type posting struct{ number, doc uint32 }

const inHeading = 1 << 31

var collectors = sync.Pool{New: func() any { return &collector{table: make([]slot, 1<<15)} }}

// reset empties the collector and keeps its memory.
func (c *collector) reset() {
	clear(c.table)
	c.keys, c.posts = c.keys[:0], c.posts[:0]
}

func (c *collector) add(k key, doc, flag uint32) {
	s := c.find(k)
	switch {
	case s.key == 0:
		*s = slot{k, uint32(len(c.keys)), doc | flag}
		c.posts = append(c.posts, posting{s.number, doc | flag})
		c.keys = append(c.keys, k)
		if len(c.keys)*2 > len(c.table) {
			c.grow()
		}
	case s.last&^inHeading != doc || flag&^s.last != 0:
		s.last = doc | flag
		c.posts = append(c.posts, posting{s.number, doc | flag})
	}
}

// find returns the slot of the key, or the empty one where it belongs.
func (c *collector) find(k key) *slot {
	mask := uint64(len(c.table) - 1)
	for i := uint64(k) * 0x9e3779b97f4a7c15 >> 33; ; i++ {
		if s := &c.table[i&mask]; s.key == k || s.key == 0 {
			return s
		}
	}
}

func (c *collector) grow() {
	old := c.table
	c.table = make([]slot, len(old)*2)
	for _, s := range old {
		if s.key != 0 {
			*c.find(s.key) = s
		}
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

// text adds the grams of a folded text.
func (c *collector) text(s []rune, doc, flag uint32) {
	for i := range s {
		c.add(oneGram(s[i]), doc, flag)
		if i+1 < len(s) {
			c.add(twoGram(s[i], s[i+1]), doc, flag)
			if i+2 < len(s) && !isLetters(s[i:i+3]) {
				c.add(threeGram(s[i], s[i+1], s[i+2]), doc, flag)
			}
		}
	}
}

// lists calls yield for every key in the order of hash and key, with its
// documents in ascending order. The list is only valid during the call.
func (c *collector) lists(yield func(k key, hash uint32, docs []uint32)) {
	start := slices.Grow(c.start[:0], len(c.keys)+1)[:len(c.keys)+1]
	clear(start)
	for _, p := range c.posts {
		start[p.number+1]++
	}
	for i := range c.keys {
		start[i+1] += start[i]
	}
	docs := slices.Grow(c.docs[:0], len(c.posts))[:len(c.posts)]
	end := append(c.end[:0], start[:len(c.keys)]...)
	for _, p := range c.posts {
		if e := end[p.number]; e > start[p.number] && docs[e-1]&^inHeading == p.doc&^inHeading {
			docs[e-1] |= p.doc
			continue
		}
		docs[end[p.number]] = p.doc
		end[p.number]++
	}
	order := c.order[:0] // hash, then number: quick to sort
	for i, k := range c.keys {
		order = append(order, uint64(k.hash())<<32|uint64(i))
	}
	c.start, c.end, c.docs, c.order = start, end, docs, order
	slices.Sort(order)
	for i := 1; i < len(order); i++ { // the few with the same hash, by key
		for j := i; j > 0 && order[j]>>32 == order[j-1]>>32 && c.keys[uint32(order[j])] < c.keys[uint32(order[j-1])]; j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	for _, o := range order {
		n := uint32(o)
		yield(c.keys[n], uint32(o>>32), docs[start[n]:end[n]])
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
