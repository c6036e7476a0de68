package wire_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"annals/generator/wire"
)

// record has a value of every kind.
type record struct {
	u    uint64
	v    int64
	f4   uint32
	f8   uint64
	one  byte
	yes  bool
	s    string
	raw  []byte
	list []string
}

func (x *record) append(b []byte) []byte {
	b = wire.AppendUvarint(b, x.u)
	b = wire.AppendVarint(b, x.v)
	b = wire.AppendUint32(b, x.f4)
	b = wire.AppendUint64(b, x.f8)
	b = append(b, x.one)
	b = wire.AppendBool(b, x.yes)
	b = wire.AppendString(b, x.s)
	b = wire.AppendString(b, x.raw)
	b = wire.AppendUvarint(b, uint64(len(x.list)))
	for _, s := range x.list {
		b = wire.AppendString(b, s)
	}
	return b
}

func read(r *wire.Reader) (x record) {
	x.u, x.v, x.f4, x.f8 = r.Uvarint(), r.Varint(), r.Uint32(), r.Uint64()
	x.one, x.yes = r.Byte(), r.Bool()
	x.s, x.raw = r.String(), r.Bytes()
	for range r.Count(1) {
		x.list = append(x.list, r.String())
	}
	return x
}

func draw(t *rapid.T) record {
	return record{
		u: rapid.Uint64().Draw(t, "u"), v: rapid.Int64().Draw(t, "v"),
		f4: rapid.Uint32().Draw(t, "f4"), f8: rapid.Uint64().Draw(t, "f8"),
		one: rapid.Byte().Draw(t, "one"), yes: rapid.Bool().Draw(t, "yes"),
		s: rapid.String().Draw(t, "s"), raw: rapid.SliceOf(rapid.Byte()).Draw(t, "raw"),
		list: rapid.SliceOf(rapid.String()).Draw(t, "list"),
	}
}

// Written values are read to the last byte. Truncated data make the Reader bad, and
// all values from there on are zero.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := draw(t)
		data := want.append(nil)
		r := wire.NewReader(data)
		got := read(r)
		if !r.Done() || !bytes.Equal(got.append(nil), data) {
			t.Fatalf("%+v is read as %+v", want, got)
		}
		short := rapid.IntRange(0, len(data)-1).Draw(t, "short")
		r = wire.NewReader(data[:short])
		read(r)
		if r.Done() || !r.Bad() {
			t.Fatalf("%d of %d bytes are taken for whole", short, len(data))
		}
		if r.Uvarint() != 0 || r.Varint() != 0 || r.Uint32() != 0 || r.Uint64() != 0 || r.Byte() != 0 || r.Bool() ||
			r.String() != "" || r.Bytes() != nil || r.Fixed(1) != nil || r.Count(1) != 0 || r.Len() != 0 {
			t.Fatal("a bad reader returns a value")
		}
	})
}

// A count is never larger than the rest of the data can hold.
func TestCount(t *testing.T) {
	for _, test := range []struct{ n, left, least, want int }{
		{3, 3, 1, 3}, {4, 3, 1, 0}, {1, 3, 3, 1}, {1, 2, 3, 0}, {2, 5, 3, 0}, {2, 6, 3, 2}, {0, 0, 8, 0}, {5, 5, 0, 5}, {6, 5, 0, 0},
	} {
		b := append(wire.AppendUvarint(nil, uint64(test.n)), make([]byte, test.left)...)
		r := wire.NewReader(b)
		if got := r.Count(test.least); got != test.want || r.Bad() != (test.n != test.want) {
			t.Errorf("%d things of %d bytes in %d: Count is %d, bad %v", test.n, test.least, test.left, got, r.Bad())
		}
	}
	r := wire.NewReader(append(wire.AppendUvarint(nil, 1<<63), 1, 2))
	if r.String() != "" || !r.Bad() {
		t.Error("a length beyond all memory is believed")
	}
	if r := wire.NewReader([]byte{1}); r.Fixed(-1) != nil || !r.Bad() {
		t.Error("a negative length is believed")
	}
}

// Appending to the result of Bytes does not overwrite the data after it.
func TestBytesAreClipped(t *testing.T) {
	data := append(wire.AppendString(nil, "ab"), 'c')
	r := wire.NewReader(data)
	_ = append(r.Bytes(), 'x')
	if r.Byte() != 'c' {
		t.Error("what follows was written over")
	}
}

// FuzzReader: no input makes a decoder panic, or allocate more than its size.
func FuzzReader(f *testing.F) {
	x := record{u: 300, v: -2, f4: 1, f8: 2, one: 3, yes: true, s: "楼烦县", raw: []byte{0, 1}, list: []string{"", "a"}}
	f.Add(x.append(nil))
	f.Add(x.append(nil)[:17])
	f.Add(bytes.Repeat([]byte{0xff}, 40))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := wire.NewReader(data)
		got := read(r)
		size := len(got.s) + len(got.raw)
		for _, s := range got.list {
			size += len(s)
		}
		if size > len(data) || len(got.list) > len(data) {
			t.Errorf("%d bytes are read as %d and %d strings", len(data), size, len(got.list))
		}
		if r.Bad() && r.Len() > 0 {
			t.Error("a bad reader has something left")
		}
	})
}
