// Package wire is the binary codec of everything that the program keeps for
// itself between builds: the cache, the manifest of the output, the shards of
// the search index.
//
//	b = wire.AppendString(b, name)
//	b = wire.AppendUvarint(b, uint64(len(list)))
//	…
//	r := wire.NewReader(b)
//	name := r.String()
//	list := make([]item, r.Count(leastItem))
//	…
//	if !r.Done() { … damaged, cut short, or of another shape … }
//
// The rules are:
//
// - Values carry no type: the reader must ask for the values in the order and
// with the types in which they were written. A version and a checksum of the
// whole are left to the caller.
// - Once a value cannot be read the Reader is bad: that value and all later
// ones are zero, counts included, so that a decoder needs no check but Done.
//   - No input makes it panic, and a Count is never more than what is left can
//     hold, so that no input makes a decoder allocate more than its own size
//     allows.
package wire

import "encoding/binary"

// AppendUvarint appends v in one to ten bytes, few for small values.
func AppendUvarint(b []byte, v uint64) []byte { return binary.AppendUvarint(b, v) }

// AppendVarint appends v in one to ten bytes, few for values near zero.
func AppendVarint(b []byte, v int64) []byte { return binary.AppendVarint(b, v) }

// AppendUint32 appends v in four bytes, little-endian.
func AppendUint32(b []byte, v uint32) []byte { return binary.LittleEndian.AppendUint32(b, v) }

// AppendUint64 appends v in eight bytes, little-endian.
func AppendUint64(b []byte, v uint64) []byte { return binary.LittleEndian.AppendUint64(b, v) }

// AppendString appends the length of s and s.
func AppendString[T string | []byte](b []byte, s T) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// AppendBool appends one byte.
func AppendBool(b []byte, v bool) []byte {
	if v {
		return append(b, 1)
	}
	return append(b, 0)
}

// Reader reads values from encoded data. Slices that it returns share memory
// with the data; their capacity is their length.
type Reader struct {
	rest []byte
	bad  bool
}

// NewReader returns a Reader of data.
func NewReader(data []byte) *Reader { return &Reader{rest: data} }

// Len returns how many bytes are left to read; 0 once the Reader is bad.
func (r *Reader) Len() int { return len(r.rest) }

// Bad reports whether a value could not be read, or Fail was called.
func (r *Reader) Bad() bool { return r.bad }

// Done reports whether all values could be read and no bytes are left.
func (r *Reader) Done() bool { return !r.bad && len(r.rest) == 0 }

// Fail makes the Reader bad. Callers use it for a value that can be read but is
// not valid.
func (r *Reader) Fail() { r.rest, r.bad = nil, true }

// Uvarint reads what AppendUvarint wrote.
func (r *Reader) Uvarint() uint64 {
	if len(r.rest) > 0 && r.rest[0] < 0x80 { // nearly all of them
		v := r.rest[0]
		r.rest = r.rest[1:]
		return uint64(v)
	}
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.Fail()
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

// Varint reads what AppendVarint wrote.
func (r *Reader) Varint() int64 {
	v, n := binary.Varint(r.rest)
	if n <= 0 {
		r.Fail()
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

// Uint32 reads what AppendUint32 wrote.
func (r *Reader) Uint32() uint32 {
	b := r.Fixed(4)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint32(b)
}

// Uint64 reads what AppendUint64 wrote.
func (r *Reader) Uint64() uint64 {
	b := r.Fixed(8)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint64(b)
}

// Byte reads one byte.
func (r *Reader) Byte() byte {
	if len(r.rest) == 0 {
		r.Fail()
		return 0
	}
	v := r.rest[0]
	r.rest = r.rest[1:]
	return v
}

// Bool reads what AppendBool wrote.
func (r *Reader) Bool() bool { return r.Byte() == 1 }

// Fixed reads n bytes that were appended without their length; nil if there
// are fewer.
func (r *Reader) Fixed(n int) []byte {
	if n < 0 || n > len(r.rest) {
		r.Fail()
		return nil
	}
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}

// Bytes reads what AppendString wrote, without copying it.
func (r *Reader) Bytes() []byte { return r.Fixed(r.Count(1)) }

// String reads what AppendString wrote.
func (r *Reader) String() string { return string(r.Bytes()) }

// Count reads, with Uvarint, the number of items that follow, each of which
// takes at least the given number of bytes. A number of items for which too few
// bytes are left makes the Reader bad.
func (r *Reader) Count(least int) int {
	n := r.Uvarint()
	if n > uint64(len(r.rest)/max(least, 1)) {
		r.Fail()
		return 0
	}
	return int(n)
}
