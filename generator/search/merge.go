package search

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	"slices"
	"sync"

	"annals/generator/wire"
)

// Posting lists are spread over files by the hash of their key.
const (
	chunkBytes      = 2000    // bytes; on average a file of lists has this many, or up to twice as many
	smallArchive    = 2 << 20 // bytes of lists; an archive with fewer gets chunks of twice the size, to have fewer files
	chunksPerFolder = 32

	// The postings of all shards shrink to about a third when they are merged.
	// This estimate decides the number of files and need not be exact.
	mergedShare = 3
)

// writeLists merges the shards' postings into the files of every volume, and
// sets the volumes' folder names. A folder holds some of the sections; each
// core works on one folder at a time, with the sections of that folder from all
// shards in memory.
func (b *builder) writeLists(root *root) error {
	size := 0
	for _, x := range b.shards {
		size += int(x.sections.ends[sections-1])
	}
	size /= mergedShare
	chunk := chunkBytes
	if size < smallArchive {
		chunk *= 2
	}
	if b.Fewer {
		chunk *= fewerFactor
	}
	files := max(1, size/chunk/len(root.volumes))
	files = 1 << (bits.Len(uint(files)) - 1)
	folders := min(max(1, files/chunksPerFolder), sections)
	perFolder := max(1, files/folders)
	shape := b.shape(root, folders, perFolder)
	yearAt := make([][]int, len(b.shards))
	for i, x := range b.shards {
		for _, y := range x.years {
			yearAt[i] = append(yearAt[i], slices.Index(root.years, y))
		}
	}

	type made struct {
		names []([hashBytes]byte) // of the folder, by volume
		files []file
		err   error
	}
	mergers := sync.Pool{New: func() any {
		return &merger{
			builder: b, root: root, folders: folders, perFolder: perFolder, shape: shape,
			yearAt: yearAt, byYear: make([][]uint32, len(root.years)), heading: make([][]uint32, len(root.years)), index: map[key]int32{},
		}
	}}
	jobs := func(yield func(func() made) bool) {
		for p := range folders {
			job := func() made {
				m := mergers.Get().(*merger)
				defer mergers.Put(m)
				var out made
				out.names, out.files, out.err = m.folder(p)
				return out
			}
			if !yield(job) {
				return
			}
		}
	}
	for v := range root.volumes {
		root.volumes[v].perPart = perFolder
	}
	return inOrder(jobs, func(m made) error {
		if m.err != nil {
			return m.err
		}
		for v, h := range m.names {
			root.volumes[v].folders = append(root.volumes[v].folders, h)
		}
		return b.emitAll(m.files)
	})
}

// shape hashes everything besides the postings that the bytes of all lists
// depend on.
func (b *builder) shape(root *root, folders, perFolder int) [32]byte {
	h := sha256.New()
	h.Write(b.salt[:])
	num := func(n int) { h.Write(wire.AppendUvarint(nil, uint64(n))) }
	num(folders)
	num(perFolder)
	for _, v := range root.volumes {
		num(len(v.years))
		for _, y := range v.years {
			num(y)
		}
	}
	for _, x := range b.shards {
		num(x.agencies)
		num(len(x.years))
		for _, y := range x.years {
			num(y)
		}
	}
	return [32]byte(h.Sum(nil))
}

// merger makes the lists of one folder at a time.
type merger struct {
	*builder
	root      *root
	folders   int
	perFolder int
	shape     [32]byte
	yearAt    [][]int // by shard and row: the place of the year among the root's

	arena    []byte // the sections of a folder, of all shards
	index    map[key]int32
	lists    []list
	segments []segment

	docs, places, agencies []uint32
	byYear, heading        [][]uint32
}

// list is a key with its postings in all shards: a chain of segments.
type list struct {
	k           key
	hash        uint32
	first, last int32
}

// segment is the rows of a key in one shard, as encode wrote them.
type segment struct {
	shard int32
	next  int32 // -1 at the end
	data  []byte
}

// folder makes the files of folder p of each volume, or takes their names
// from the cache.
func (m *merger) folder(p int) ([][hashBytes]byte, []file, error) {
	first, last := p*sections/m.folders, (p+1)*sections/m.folders
	h := sha256.New()
	h.Write(m.shape[:])
	h.Write(wire.AppendUvarint(nil, uint64(p)))
	for _, x := range m.shards {
		for s := first; s < last; s++ {
			h.Write(x.sections.sums[s][:])
		}
	}
	id := [32]byte(h.Sum(nil))
	if names, files, ok := m.keptFolders(id); ok {
		return names, files, nil
	}
	if err := m.gather(first, last); err != nil {
		return nil, nil, err
	}
	var names [][hashBytes]byte
	var all []file
	year := 0
	for _, v := range m.root.volumes {
		chunks := make([]chunk, m.perFolder)
		for i := range m.lists {
			l := &m.lists[i]
			at := 0
			if m.perFolder > 1 {
				at = int(uint64(l.hash) * uint64(m.folders*m.perFolder) >> 32 % uint64(m.perFolder))
			}
			if err := m.list(&chunks[at], l, year, len(v.years)); err != nil {
				return nil, nil, err
			}
		}
		files := make([]file, m.perFolder)
		for i := range chunks {
			files[i] = file{chunkName(i), chunks[i].bytes()}
		}
		names = append(names, folder("g", files))
		all = append(all, files...)
		year += len(v.years)
	}
	m.keepFolders(id, names)
	return names, all, nil
}

// gather collects the lists of some sections of all shards, in the order of
// hash and key.
func (m *merger) gather(first, last int) error {
	clear(m.index)
	m.arena, m.lists, m.segments = m.arena[:0], m.lists[:0], m.segments[:0]
	for s, x := range m.shards {
		data, err := m.postings(x, first, last)
		if err != nil {
			return err
		}
		for r := (rowReader{data: data}); len(r.data) > 0; {
			if len(r.data) < 8 {
				return errPart
			}
			k := key(binary.LittleEndian.Uint64(r.data))
			r.data = r.data[8:]
			start := r.data
			for range 2 { // of texts, and of headings
				for r.open(); r.next(); {
				}
			}
			if r.bad {
				return errPart
			}
			n := int32(len(m.segments))
			m.segments = append(m.segments, segment{int32(s), -1, start[:len(start)-len(r.data)]})
			if i, ok := m.index[k]; ok {
				l := &m.lists[i]
				m.segments[l.last].next = n
				l.last = n
				continue
			}
			m.index[k] = int32(len(m.lists))
			m.lists = append(m.lists, list{k, k.hash(), n, n})
		}
	}
	slices.SortFunc(m.lists, func(a, b list) int { return compareKeys(a.hash, a.k, b.hash, b.k) })
	return nil
}

// list adds a key's postings of some years to the chunk, if there are any.
func (m *merger) list(c *chunk, l *list, year, years int) error {
	m.agencies = m.agencies[:0]
	byYear, heading := m.byYear[year:year+years], m.heading[year:year+years]
	for i := range byYear {
		byYear[i], heading[i] = byYear[i][:0], heading[i][:0]
	}
	for n := l.first; n >= 0; n = m.segments[n].next {
		s := &m.segments[n]
		x, yearAt := m.shards[s.shard], m.yearAt[s.shard]
		r := rowReader{data: s.data}
		for _, to := range [2][][]uint32{byYear, heading} {
			for r.open(); r.next(); {
				if r.row == len(yearAt) {
					if year == 0 {
						m.agencies = appendBits(m.agencies, r.bits, uint32(x.first))
					}
					continue
				}
				if r.row > len(yearAt) {
					return errPart
				}
				if at := yearAt[r.row] - year; at >= 0 && at < years {
					to[at] = appendBits(to[at], r.bits, uint32(at*len(m.sources)+x.first))
				}
			}
		}
	}
	m.docs, m.places = m.docs[:0], m.places[:0]
	for i := range byYear {
		m.docs = append(m.docs, byYear[i]...)
		m.places = append(m.places, heading[i]...)
	}
	if len(m.docs) == 0 && len(m.agencies) == 0 {
		return nil
	}
	at := 0
	for i, d := range m.places { // the headings' places among the documents
		for m.docs[at] < d {
			at++
		}
		m.places[i] = uint32(at)
	}
	c.add(l.k, m.docs, m.places, m.agencies, uint32(years*len(m.sources)), uint32(len(m.sources)))
	return nil
}

// appendBits appends the numbers of the bits, from base on.
func appendBits(list []uint32, w uint64, base uint32) []uint32 {
	for ; w != 0; w &= w - 1 {
		list = append(list, base+uint32(bits.TrailingZeros64(w)))
	}
	return list
}
