package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
)

// formatVersion is part of everything that is kept, and of root.json.
const formatVersion = 1

// buildSalt keeps results of other versions of this package apart.
func buildSalt() [32]byte {
	h := sha256.New()
	writeField(h, []byte("annals search"))
	writeField(h, []byte{formatVersion, partVersion})
	writeField(h, []byte(simplifiedTxt))
	return [32]byte(h.Sum(nil))
}

// shard makes a shard, or takes it from the cache where all its files are
// kept: a shard is a function of its agencies' blobs.
func (b *builder) shard(parts []part, blobs [][]byte) (*shardIndex, []file, error) {
	if b.Cache == nil {
		return makeShard(parts)
	}
	h := sha256.New()
	h.Write(b.salt[:])
	for _, blob := range blobs {
		writeField(h, blob)
	}
	id := [32]byte(h.Sum(nil))
	if v, ok := b.Cache.Get(id); ok {
		if x, paths, ok := decodeShard(v); ok {
			if files, ok := b.keptFiles(paths); ok {
				return x, files, nil
			}
		}
	}
	x, files, err := makeShard(parts)
	if err == nil {
		b.Cache.Put(id, encodeShard(x, files))
	}
	return x, files, err
}

// keptFiles returns the paths as files without data if all of them are kept.
func (b *builder) keptFiles(paths []string) ([]file, bool) {
	if b.Kept == nil {
		return nil, false
	}
	files := make([]file, len(paths))
	for i, p := range paths {
		if !b.Kept(p) {
			return nil, false
		}
		files[i].path = p
	}
	return files, true
}

// keptFolders looks up the folders of lists that were made of the inputs id.
func (m *merger) keptFolders(id [32]byte) ([][hashBytes]byte, []file, bool) {
	if m.Cache == nil {
		return nil, nil, false
	}
	v, ok := m.Cache.Get(id)
	if !ok || len(v) != len(m.root.volumes)*hashBytes {
		return nil, nil, false
	}
	var names [][hashBytes]byte
	var paths []string
	for h := range slices.Chunk(v, hashBytes) {
		names = append(names, [hashBytes]byte(h))
		for i := range m.perFolder {
			paths = append(paths, "search/g/"+hashName([hashBytes]byte(h))+"/"+chunkName(i))
		}
	}
	files, ok := m.keptFiles(paths)
	return names, files, ok
}

func (m *merger) keepFolders(id [32]byte, names [][hashBytes]byte) {
	if m.Cache == nil {
		return
	}
	var v []byte
	for _, h := range names {
		v = append(v, h[:]...)
	}
	m.Cache.Put(id, v)
}

// encodeShard writes all of a shard for the cache, except its files' data.
func encodeShard(x *shardIndex, files []file) []byte {
	b := slices.Concat(x.name[:], binary.AppendUvarint(nil, uint64(x.agencies)))
	b = binary.AppendUvarint(b, uint64(len(x.years)))
	for _, y := range x.years {
		b = binary.AppendVarint(b, int64(y))
	}
	chars := slices.Sorted(maps.Keys(x.singles))
	b = binary.AppendUvarint(b, uint64(len(chars)))
	for _, r := range chars {
		b = binary.AppendUvarint(b, uint64(r))
		b = binary.AppendUvarint(b, uint64(x.singles[r]))
	}
	written := slices.Sorted(maps.Keys(x.written))
	b = binary.AppendUvarint(b, uint64(len(written)))
	for _, r := range written {
		b = binary.AppendUvarint(b, uint64(r))
	}
	b = binary.AppendUvarint(b, uint64(len(files)))
	for _, f := range files {
		b = binary.AppendUvarint(b, uint64(len(f.path)))
		b = append(b, f.path...)
	}
	for s := range sections {
		b = binary.LittleEndian.AppendUint32(b, x.ends[s])
		b = append(b, x.sums[s][:]...)
	}
	b = append(b, x.postings...)
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// decodeShard reads what encodeShard wrote. The sum at its end makes sure
// that it did, so nothing else can be damaged.
func decodeShard(b []byte) (x *shardIndex, paths []string, ok bool) {
	if len(b) < sha256.Size {
		return nil, nil, false
	}
	body := b[:len(b)-sha256.Size]
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:], b[len(body):]) {
		return nil, nil, false
	}
	b = body[hashBytes:]
	number := func() int {
		v, n := binary.Uvarint(b)
		b = b[n:]
		return int(v)
	}
	x = &shardIndex{name: [hashBytes]byte(body), agencies: number(), singles: map[rune]int{}, written: map[rune]bool{}}
	for range number() {
		y, n := binary.Varint(b)
		b = b[n:]
		x.years = append(x.years, int(y))
	}
	for range number() {
		r := rune(number())
		x.singles[r] = number()
	}
	for range number() {
		x.written[rune(number())] = true
	}
	for range number() {
		n := number()
		paths = append(paths, string(b[:n]))
		b = b[n:]
	}
	for s := range sections {
		x.ends[s] = binary.LittleEndian.Uint32(b)
		copy(x.sums[s][:], b[4:])
		b = b[4+len(x.sums[s]):]
	}
	x.postings = b
	return x, paths, true
}
