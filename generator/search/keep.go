package search

import (
	"crypto/sha256"
	"slices"
)

// formatVersion is part of everything that is kept, and of root.json.
const formatVersion = 2

// buildSalt is hashed into every cache key, so that results of another version
// of this package, or for another set of dense characters, are never used.
func (b *builder) buildSalt() [32]byte {
	h := sha256.New()
	writeField(h, []byte("annals search"))
	writeField(h, []byte{formatVersion, partVersion})
	writeField(h, []byte(simplifiedTxt))
	writeField(h, []byte(string(b.dense.list)))
	writeField(h, []byte{byte(b.blockAgencies())})
	return [32]byte(h.Sum(nil))
}

// shard makes the shard of the agencies from…to-1, or takes it from the cache
// where all its files are kept: a shard is a function of its agencies' blobs.
func (b *builder) shard(from, to int) (*shardIndex, *shardFacts, error) {
	h := sha256.New()
	h.Write(b.salt[:])
	for _, s := range b.sources[from:to] {
		h.Write(s.Sum[:])
	}
	id := [32]byte(h.Sum(nil))
	if x, f, ok := b.keptShard(id); ok {
		x.first = from
		return x, f, nil
	}
	x, f, err := b.newShard(from, to)
	if err != nil {
		return nil, nil, err
	}
	x.first, x.id = from, id
	if b.Cache != nil {
		b.Cache.Put(id, encodeShard(x, f))
		b.Cache.Put(postingsKey(id), x.postings)
		taken := x.postings
		b.spare.Put(&taken)
		x.postings = nil
	}
	return x, f, nil
}

func (b *builder) newShard(from, to int) (*shardIndex, *shardFacts, error) {
	parts := make([]part, to-from)
	for i := range parts {
		var err error
		if parts[i], err = b.part(from + i); err != nil {
			return nil, nil, err
		}
	}
	return b.makeShard(parts)
}

// takeSpare returns a buffer for postings that an earlier shard used and no
// longer needs, or nil.
func (b *builder) takeSpare() []byte {
	if p, ok := b.spare.Get().(*[]byte); ok {
		return *p
	}
	return nil
}

func postingsKey(id [32]byte) [32]byte {
	return sha256.Sum256(append(id[:], "postings"...))
}

// postings returns the sections from first up to last of a shard. Sections that
// the cache has lost or damaged are made again.
func (m *merger) postings(x *shardIndex, first, last int) ([]byte, error) {
	from, to := x.sections.start(first), x.sections.ends[last-1]
	m.remaking.Lock()
	all := x.postings
	m.remaking.Unlock()
	if all == nil {
		if data, ok := m.read(x, from, to); ok && x.sections.matches(data, first, last) {
			return data, nil
		}
		again, _, err := m.newShard(x.first, x.first+x.agencies)
		if err != nil {
			return nil, err
		}
		if again.sections != x.sections {
			return nil, errPart
		}
		all = again.postings
		m.remaking.Lock()
		x.postings = all
		m.remaking.Unlock()
	}
	return all[from:to], nil
}

// read reads postings from the cache into the merger's memory.
func (m *merger) read(x *shardIndex, from, to uint32) ([]byte, bool) {
	n := len(m.arena)
	m.arena = slices.Grow(m.arena, int(to-from))[:n+int(to-from)]
	data := m.arena[n:len(m.arena):len(m.arena)]
	return data, m.Cache.Read(postingsKey(x.id), data, int64(from))
}

func (b *builder) keptShard(id [32]byte) (*shardIndex, *shardFacts, bool) {
	if b.Cache == nil || b.Kept == nil {
		return nil, nil, false
	}
	v, ok := b.Cache.Get(id)
	if !ok {
		return nil, nil, false
	}
	x, f, ok := decodeShard(v)
	if !ok || !b.keepsAll(f.files) || !b.Cache.Keep(postingsKey(id)) {
		return nil, nil, false
	}
	x.id = id
	return x, f, true
}

// keepsAll reports whether the output has all the files.
func (b *builder) keepsAll(files []file) bool {
	return b.Kept != nil && !slices.ContainsFunc(files, func(f file) bool { return !b.Kept(f.path) })
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
	var files []file
	for h := range slices.Chunk(v, hashBytes) {
		names = append(names, [hashBytes]byte(h))
		for i := range m.perFolder {
			files = append(files, file{path: folderPath("g", [hashBytes]byte(h)) + chunkName(i)})
		}
	}
	return names, files, m.keepsAll(files)
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
