package search

import (
	"bytes"
	"crypto/sha256"
	"maps"
	"slices"

	"annals/generator/wire"
)

// encodeShard writes all of a shard for the cache, except its postings and
// its files' data.
func encodeShard(x *shardIndex, f *shardFacts) []byte {
	b := append([]byte(nil), x.name[:]...)
	number := func(n int) { b = wire.AppendUvarint(b, uint64(n)) }
	text := func(s string) { b = wire.AppendString(b, s) }
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
		b = wire.AppendUint32(b, x.sections.ends[s])
		b = append(b, x.sections.sums[s][:]...)
	}
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// decodeShard reads what encodeShard wrote. It returns false where the checksum
// at the end does not match.
func decodeShard(b []byte) (*shardIndex, *shardFacts, bool) {
	if len(b) < sha256.Size {
		return nil, nil, false
	}
	body := b[:len(b)-sha256.Size]
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:], b[len(body):]) {
		return nil, nil, false
	}
	r := wire.NewReader(body)
	x, f := &shardIndex{}, &shardFacts{counts: map[int]int{}, singles: map[rune]int{}, written: map[rune]bool{}}
	copy(x.name[:], r.Fixed(hashBytes))
	number := func() int { return int(r.Uvarint()) }
	x.agencies = r.Count(1)
	for range x.agencies {
		f.agencies = append(f.agencies, agency{r.String(), r.String(), r.String()})
	}
	for range r.Count(1) {
		y := number()
		x.years = append(x.years, y)
		f.counts[y] = number()
	}
	for range r.Count(1) {
		char := rune(number())
		f.singles[char] = number()
	}
	for range r.Count(1) {
		f.written[rune(number())] = true
	}
	for range r.Count(1) {
		f.files = append(f.files, file{path: folderPath("t", x.name) + r.String()})
	}
	for s := range sections {
		x.sections.ends[s] = r.Uint32()
		copy(x.sections.sums[s][:], r.Fixed(len(x.sections.sums[s])))
	}
	return x, f, r.Done()
}
