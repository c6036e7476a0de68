package search

import (
	"encoding/binary"
	"math/bits"
)

// Posting lists are binary interpolative codes (Moffat and Stuiver, 2000): the
// middle number of the list is written in as many bits as its possible range
// needs, then the halves to its left and right, whose ranges the middle number
// has narrowed. A run of consecutive numbers takes no bits at all, and runs are
// frequent here: agencies of one county have consecutive numbers and mention
// the same place names.

// bitWriter packs bits, the highest first.
type bitWriter struct {
	out []byte
	acc uint64
	n   uint // bits in acc, under 32

	missing []uint32
}

func (w *bitWriter) bits(v uint32, n uint) {
	w.acc = w.acc<<n | uint64(v)
	w.n += n
	if w.n >= 32 {
		w.n -= 32
		w.out = binary.BigEndian.AppendUint32(w.out, uint32(w.acc>>w.n))
	}
}

// flush fills the last byte with zeros.
func (w *bitWriter) flush() {
	for ; w.n >= 8; w.n -= 8 {
		w.out = append(w.out, byte(w.acc>>(w.n-8)))
	}
	if w.n > 0 {
		w.out = append(w.out, byte(w.acc<<(8-w.n)))
		w.n = 0
	}
}

// upTo writes v, which is in 0…most, in truncated binary: where most+1 is not a
// power of two, the smallest values take one bit less than the others.
func (w *bitWriter) upTo(v, most uint32) {
	k := uint(bits.Len32(most))
	if k == 0 {
		return
	}
	if short := uint32(1)<<k - most - 1; v < short {
		w.bits(v, k-1)
	} else {
		w.bits(v+short, k)
	}
}

// list writes an ascending list of distinct numbers below size. A list of more
// than half of the numbers below size is written as its complement, which is
// shorter for the most frequent grams and faster to write and read. The reader
// must know the length of the list and size.
func (w *bitWriter) list(list []uint32, size uint32) {
	if !mostly(len(list), size) {
		w.set(list, 0, size-1)
		return
	}
	w.missing = w.missing[:0]
	next := uint32(0)
	for _, v := range list {
		for ; next < v; next++ {
			w.missing = append(w.missing, next)
		}
		next = v + 1
	}
	for ; next < size; next++ {
		w.missing = append(w.missing, next)
	}
	w.set(w.missing, 0, size-1)
}

func mostly(n int, size uint32) bool { return uint64(n)*2 > uint64(size) }

// set writes an ascending list of distinct numbers in lo…hi, both included. The
// reader must know the length of the list and the bounds.
func (w *bitWriter) set(list []uint32, lo, hi uint32) {
	for len(list) > 0 && hi-lo+1 != uint32(len(list)) {
		m := uint32(len(list)) / 2
		first := lo + m
		last := hi - (uint32(len(list)) - 1 - m)
		w.upTo(list[m]-first, last-first)
		switch {
		case m > 1:
			w.set(list[:m], lo, list[m]-1)
		case m == 1: // half of all calls
			w.upTo(list[0]-lo, list[1]-1-lo)
		}
		lo, list = list[m]+1, list[m+1:]
	}
}

// bitReader reads what bitWriter wrote. Past the end it reads zeros and records
// that the data were too short.
type bitReader struct {
	in   []byte
	acc  uint64
	n    uint
	over bool
}

func (r *bitReader) bits(n uint) uint32 {
	for r.n < n {
		r.acc <<= 8
		if len(r.in) > 0 {
			r.acc |= uint64(r.in[0])
			r.in = r.in[1:]
		} else {
			r.over = true
		}
		r.n += 8
	}
	r.n -= n
	return uint32(r.acc>>r.n) & (1<<n - 1)
}

func (r *bitReader) upTo(most uint32) uint32 {
	k := uint(bits.Len32(most))
	if k == 0 {
		return 0
	}
	short := uint32(1)<<k - most - 1
	v := r.bits(k - 1)
	if v >= short {
		v = v<<1 | r.bits(1)
		v -= short
	}
	return v
}

// list reads a list of n numbers below size.
func (r *bitReader) list(n int, size uint32) []uint32 {
	if !mostly(n, size) {
		list := make([]uint32, n)
		r.set(list, 0, size-1)
		return list
	}
	missing := make([]uint32, int(size)-n)
	r.set(missing, 0, size-1)
	list := make([]uint32, 0, n)
	for v := range size {
		if len(missing) > 0 && missing[0] == v {
			missing = missing[1:]
			continue
		}
		list = append(list, v)
	}
	return list
}

// set reads a list into all of dst.
func (r *bitReader) set(dst []uint32, lo, hi uint32) {
	for len(dst) > 0 {
		if hi-lo+1 == uint32(len(dst)) {
			for i := range dst {
				dst[i] = lo + uint32(i)
			}
			return
		}
		m := uint32(len(dst)) / 2
		first := lo + m
		last := hi - (uint32(len(dst)) - 1 - m)
		v := first + r.upTo(last-first)
		dst[m] = v
		if m > 0 {
			r.set(dst[:m], lo, v-1)
		}
		lo, dst = v+1, dst[m+1:]
	}
}
