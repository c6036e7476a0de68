package search

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	"slices"

	"annals/generator/wire"
)

// A shard's postings are cut into sections by the top bits of the keys'
// hashes. A file of posting lists is made from the same sections of all
// shards, and again only when one of those changed.
const (
	sectionBits = 10
	sections    = 1 << sectionBits
)

// sectionTable holds the ends of a shard's sections, and hashes of their contents.
type sectionTable struct {
	ends [sections]uint32
	sums [sections][16]byte
}

func (t *sectionTable) start(s int) uint32 {
	if s == 0 {
		return 0
	}
	return t.ends[s-1]
}

// matches reports whether data are the sections from first up to last.
func (t *sectionTable) matches(data []byte, first, last int) bool {
	base := t.start(first)
	if len(data) != int(t.ends[last-1]-base) {
		return false
	}
	for s := first; s < last; s++ {
		if sumOf(data[t.start(s)-base:t.ends[s]-base]) != t.sums[s] {
			return false
		}
	}
	return true
}

func sumOf(data []byte) [16]byte {
	sum := sha256.Sum256(data)
	return [16]byte(sum[:16])
}

// encode writes the postings of the collector, ordered by hash and then by key,
// into b, whose content is overwritten. An entry is the key, the non-empty rows
// of its documents, and the non-empty rows of its titles and headings. Rows are
// written as their number, followed for each row by the number of empty rows
// before it and its bits. Only Build reads this format, so it is made for speed
// rather than size.
func (t *sectionTable) encode(b []byte, c *collector) []byte {
	b = slices.Grow(b[:0], 24*len(c.keys))
	s := 0
	end := func(until int) {
		for ; s < until; s++ {
			t.ends[s] = uint32(len(b))
		}
	}
	c.each(func(k key, hash uint32, words, heads []uint64) {
		end(int(hash >> (32 - sectionBits)))
		b = wire.AppendUint64(b, uint64(k))
		b = appendRows(b, words)
		b = appendRows(b, heads)
	})
	end(sections)
	for s := range sections {
		t.sums[s] = sumOf(b[t.start(s):t.ends[s]])
	}
	return b
}

// fewBits is the most bits of a row that are written one by one; a row with
// more is written as a whole word.
const fewBits = 6

func appendRows(b []byte, words []uint64) []byte {
	n := 0
	for _, w := range words {
		if w != 0 {
			n++
		}
	}
	b = wire.AppendUvarint(b, uint64(n))
	last := 0
	for row, w := range words {
		if w == 0 {
			continue
		}
		b = wire.AppendUvarint(b, uint64(row-last))
		last = row + 1
		n := bits.OnesCount64(w)
		if n > fewBits {
			b = append(b, fewBits+1)
			b = wire.AppendUint64(b, w)
			continue
		}
		b = append(b, byte(n))
		for ; w != 0; w &= w - 1 {
			b = append(b, byte(bits.TrailingZeros64(w)))
		}
	}
	return b
}

// rowReader reads rows that encode wrote; data that are too short for a count
// are an error. Reading rows is the innermost loop of Build, so for speed it
// does not use wire.Reader.
type rowReader struct {
	data []byte
	left int
	row  int
	bits uint64
	bad  bool
}

// open reads the number of rows at the current position.
func (r *rowReader) open() {
	r.left, r.row = r.small(), -1
}

// small reads a varint, which nearly always is one byte.
func (r *rowReader) small() int {
	if len(r.data) > 0 && r.data[0] < 0x80 {
		n := int(r.data[0])
		r.data = r.data[1:]
		return n
	}
	v, n := binary.Uvarint(r.data)
	if n <= 0 || v > 1<<20 {
		r.bad, r.data = true, nil
		return 0
	}
	r.data = r.data[n:]
	return int(v)
}

// next reads a row into r.row and r.bits.
func (r *rowReader) next() bool {
	if r.left == 0 || r.bad {
		return false
	}
	r.left--
	r.row += 1 + r.small()
	n := r.small()
	if n > fewBits {
		if len(r.data) < 8 {
			r.bad = true
			return false
		}
		r.bits = binary.LittleEndian.Uint64(r.data)
		r.data = r.data[8:]
		return true
	}
	if len(r.data) < n {
		r.bad = true
		return false
	}
	r.bits = 0
	for _, at := range r.data[:n] {
		r.bits |= 1 << (at & 63)
	}
	r.data = r.data[n:]
	return true
}
