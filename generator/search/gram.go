package search

import (
	"cmp"
	"fmt"
	"math/bits"
	"unicode/utf8"
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

// mix hashes characters to 32 bits; bits.ts does the same with Math.imul.
func mix(seed uint32, s []rune) uint32 {
	h := seed
	for _, r := range s {
		h = (h ^ uint32(r)) * 0x01000193
	}
	h = (h ^ h>>16) * 0x7feb352d
	h = (h ^ h>>15) * 0x846ca68b
	return h ^ h>>16
}

// hash returns the hash that decides which file of the index holds the key.
func (k key) hash() uint32 {
	if k&wholeName != 0 {
		return mix(keySeed, []rune(k.name()))
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

func compareKeys(ah uint32, a key, bh uint32, b key) int {
	return cmp.Or(cmp.Compare(ah, bh), cmp.Compare(a, b))
}

// name returns the key as it is written in chunk files: the characters of the
// gram, or for a whole name U+0001 followed by the hexadecimal digits of its
// hash.
func (k key) name() string { return string(k.appendName(nil)) }

func (k key) appendName(b []byte) []byte {
	switch {
	case k&wholeName != 0:
		return fmt.Appendf(b, "\x01%016x", uint64(k&^wholeName))
	case k >= 1<<42:
		b = utf8.AppendRune(b, rune(k>>42))
		fallthrough
	case k >= 1<<21:
		b = utf8.AppendRune(b, rune(k>>21&(1<<21-1)))
	}
	return utf8.AppendRune(b, rune(k&(1<<21-1)))
}
