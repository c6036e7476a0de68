package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
)

// encodeShard writes all of a shard for the cache, except its postings and
// its files' data.
func encodeShard(x *shardIndex, f *shardFacts) []byte {
	b := append([]byte(nil), x.name[:]...)
	number := func(n int) { b = binary.AppendUvarint(b, uint64(n)) }
	text := func(s string) { number(len(s)); b = append(b, s...) }
	number(len(f.agencies))
	for _, a := range f.agencies {
		text(a.path)
		text(a.kind)
		text(a.name)
	}
	number(len(x.years))
	for _, y := range x.years {
		number(y)
		number(f.counts[y])
	}
	number(len(f.singles))
	for _, r := range slices.Sorted(maps.Keys(f.singles)) {
		number(int(r))
		number(f.singles[r])
	}
	number(len(f.written))
	for _, r := range slices.Sorted(maps.Keys(f.written)) {
		number(int(r))
	}
	number(len(f.files))
	for _, file := range f.files {
		text(file.path[len(folderPath("t", x.name)):])
	}
	for s := range sections {
		b = binary.LittleEndian.AppendUint32(b, x.sections.ends[s])
		b = append(b, x.sections.sums[s][:]...)
	}
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// decodeShard reads what encodeShard wrote. The sum at its end makes sure
// that it did, so nothing else can be damaged.
func decodeShard(b []byte) (*shardIndex, *shardFacts, bool) {
	if len(b) < sha256.Size {
		return nil, nil, false
	}
	body := b[:len(b)-sha256.Size]
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:], b[len(body):]) {
		return nil, nil, false
	}
	x := &shardIndex{name: [hashBytes]byte(body)}
	f := &shardFacts{counts: map[int]int{}, singles: map[rune]int{}, written: map[rune]bool{}}
	b = body[hashBytes:]
	number := func() int {
		v, n := binary.Uvarint(b)
		b = b[n:]
		return int(v)
	}
	text := func() string {
		n := number()
		s := string(b[:n])
		b = b[n:]
		return s
	}
	x.agencies = number()
	for range x.agencies {
		f.agencies = append(f.agencies, agency{text(), text(), text()})
	}
	for range number() {
		y := number()
		x.years = append(x.years, y)
		f.counts[y] = number()
	}
	for range number() {
		r := rune(number())
		f.singles[r] = number()
	}
	for range number() {
		f.written[rune(number())] = true
	}
	for range number() {
		f.files = append(f.files, file{path: folderPath("t", x.name) + text()})
	}
	for s := range sections {
		x.sections.ends[s] = binary.LittleEndian.Uint32(b)
		copy(x.sections.sums[s][:], b[4:])
		b = b[4+len(x.sections.sums[s]):]
	}
	return x, f, true
}
