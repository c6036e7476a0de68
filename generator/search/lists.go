package search

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	"slices"
)

// A volume is a run of years whose lists are written together, the newest
// years first. Most archives are one volume; a nation's years come in several,
// so that the first results need not wait for lists of a million reports.
const volumeReports = 1 << 17

// Posting lists are spread over files by the hash of their key.
const (
	chunkBytes      = 1500 // a file of lists has this much or up to twice as much, on average
	chunksPerFolder = 32
)

// volume is a run of years and its lists' files.
type volume struct {
	years   []int // newest first
	perPart int   // files in a folder
	folders [][hashBytes]byte
}

// cutVolumes makes runs of the years, newest first, of up to most reports.
func cutVolumes(years []int, counts map[int]int, most int) (out []volume) {
	n := 0
	for i, y := range years {
		if i == 0 || n+counts[y] > most {
			out = append(out, volume{})
			n = 0
		}
		v := &out[len(out)-1]
		v.years = append(v.years, y)
		n += counts[y]
	}
	if out == nil {
		out = []volume{{}} // the agencies' names stand in the first
	}
	return out
}

// level is the rarity of a character as the root tells it: 0 for none, or 1
// plus the whole binary logarithm of its number of reports.
func level(n int) int { return bits.Len(uint(n)) }

// denseLevel is the level from which a character is dense: it stands in at
// least an eighth of the reports, or a quarter of them, by the logarithm's
// rounding. Triples are listed where all three characters are dense; where
// one is not, its pairs are short lists already.
func denseLevel(reports int) int { return max(1, level(reports)-2) }

// list is a key's postings from all shards, still as the shards hold them.
type list struct {
	k        key
	hash     uint32
	segments []segment
}

type segment struct {
	shard  int
	agency bool
	n      int
	data   []byte
}

// writeLists merges the shards' postings, section by section, into the files
// of every volume, and notes their folders in the volumes.
func (b *builder) writeLists(root *root) error {
	size := 0
	bases := make([]uint32, len(b.shards))
	next := uint32(0)
	for i, x := range b.shards {
		size += len(x.postings)
		bases[i] = next
		next += uint32(x.agencies)
	}
	// A shard's postings take about twice the room of the merged lists.
	files := max(1, size/2/chunkBytes/len(root.volumes))
	files = 1 << (bits.Len(uint(files)) - 1)
	folders := min(max(1, files/chunksPerFolder), sections)
	perFolder := max(1, files/folders)
	dense := map[rune]bool{}
	for r, n := range root.singles {
		dense[r] = level(n) >= root.dense
	}
	shape := b.shape(root, dense, folders, perFolder)

	type made struct {
		names []([hashBytes]byte) // of the folder, by volume
		files []file
		err   error
	}
	jobs := func(yield func(func() made, error) bool) {
		for p := range folders {
			job := func() made {
				m := merger{builder: b, root: root, dense: dense, bases: bases, agencies: next, perFolder: perFolder}
				var out made
				out.names, out.files, out.err = m.folder(p, folders, shape)
				return out
			}
			if !yield(job, nil) {
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

// shape hashes what all lists depend on besides the postings themselves.
func (b *builder) shape(root *root, dense map[rune]bool, folders, perFolder int) [32]byte {
	h := sha256.New()
	h.Write(b.salt[:])
	num := func(n int) { h.Write(binary.AppendUvarint(nil, uint64(n))) }
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
	for _, r := range root.chars {
		if dense[r] {
			num(int(r))
		}
	}
	return [32]byte(h.Sum(nil))
}

// merger makes the lists of one folder.
type merger struct {
	*builder
	root      *root
	dense     map[rune]bool
	bases     []uint32 // of the shards' agencies
	agencies  uint32
	perFolder int
	buffers   buffers
}

// folder makes the files of folder p of each volume, or takes their names
// from the cache.
func (m *merger) folder(p, folders int, shape [32]byte) ([][hashBytes]byte, []file, error) {
	first, last := p*sections/folders, (p+1)*sections/folders
	h := sha256.New()
	h.Write(shape[:])
	h.Write(binary.AppendUvarint(nil, uint64(p)))
	for _, x := range m.shards {
		for s := first; s < last; s++ {
			h.Write(x.sums[s][:])
		}
	}
	id := [32]byte(h.Sum(nil))
	if names, files, ok := m.keptFolders(id); ok {
		return names, files, nil
	}

	lists, err := m.gather(first, last)
	if err != nil {
		return nil, nil, err
	}
	var names [][hashBytes]byte
	var all []file
	for v := range m.root.volumes {
		chunks := make([]chunk, m.perFolder)
		for i := range lists {
			l := &lists[i]
			at := 0
			if m.perFolder > 1 {
				at = int(uint64(l.hash) * uint64(folders*m.perFolder) >> 32 % uint64(m.perFolder))
			}
			m.list(&chunks[at], l, v)
		}
		files := make([]file, m.perFolder)
		for i := range chunks {
			files[i] = file{chunkName(i), chunks[i].bytes()}
		}
		names = append(names, folder("g", files))
		all = append(all, files...)
	}
	m.keepFolders(id, names)
	return names, all, nil
}

// gather collects the lists of some sections of all shards, in the order of
// hash and key.
func (m *merger) gather(first, last int) ([]list, error) {
	index := map[key]int{}
	var lists []list
	for s, x := range m.shards {
		start := uint32(0)
		if first > 0 {
			start = x.ends[first-1]
		}
		data := x.postings[start:x.ends[last-1]]
		for len(data) > 0 {
			k, n := binary.Uvarint(data)
			if n <= 0 {
				return nil, errPart
			}
			data = data[n:]
			tag, n := binary.Uvarint(data)
			if n <= 0 {
				return nil, errPart
			}
			data = data[n:]
			seg := segment{s, tag&1 == 1, int(tag >> 1), data}
			data = skipList(data, seg, x)
			if !m.listed(key(k)) {
				continue
			}
			i, ok := index[key(k)]
			if !ok {
				i = len(lists)
				index[key(k)] = i
				lists = append(lists, list{k: key(k), hash: key(k).hash()})
			}
			lists[i].segments = append(lists[i].segments, seg)
		}
	}
	slices.SortFunc(lists, func(a, b list) int {
		return compareKeys(a.hash, a.k, b.hash, b.k)
	})
	return lists, nil
}

// listed tells whether the index lists the key: any but a triple that has a
// character which is not dense.
func (m *merger) listed(k key) bool {
	if k.length() != 3 {
		return true
	}
	// Most keys are triples: no slice is made of them.
	return m.dense[rune(k>>42)] && m.dense[rune(k>>21&(1<<21-1))] && m.dense[rune(k&(1<<21-1))]
}

// buffers are a merger's, reused from list to list.
type buffers struct {
	local, docs, places, agencies []uint32
	byYear, heading               [][]uint32
}

// list adds a key's postings in the volume to the chunk, if there are any.
func (m *merger) list(c *chunk, l *list, v int) {
	years := m.root.volumes[v].years
	b := &m.buffers
	b.agencies = b.agencies[:0]
	for len(b.byYear) < len(years) {
		b.byYear, b.heading = append(b.byYear, nil), append(b.heading, nil)
	}
	for i := range years {
		b.byYear[i], b.heading[i] = b.byYear[i][:0], b.heading[i][:0]
	}
	for _, s := range l.segments {
		x := m.shards[s.shard]
		base := m.bases[s.shard]
		if s.agency {
			if v == 0 {
				b.local, _ = readList(s.data, b.local[:0], s.n, x.agencies)
				for _, a := range b.local {
					b.agencies = append(b.agencies, base+a)
				}
			}
			continue
		}
		size := len(x.years) * x.agencies
		var rest []byte
		b.local, rest = readList(s.data, b.local[:0], s.n, size)
		m.spread(b.byYear, x, base, years)
		n, k := binary.Uvarint(rest)
		if n > 0 {
			b.local, _ = readList(rest[k:], b.local[:0], int(n), size)
			m.spread(b.heading, x, base, years)
		}
	}
	b.docs, b.places = b.docs[:0], b.places[:0]
	for i := range years {
		b.docs = append(b.docs, b.byYear[i]...)
		b.places = append(b.places, b.heading[i]...)
	}
	if len(b.docs) == 0 && len(b.agencies) == 0 {
		return
	}
	at := 0
	for i, d := range b.places { // the headings' places among the documents
		for b.docs[at] < d {
			at++
		}
		b.places[i] = uint32(at)
	}
	c.add(l.k, b.docs, b.places, b.agencies, uint32(len(years))*m.agencies, m.agencies)
}

// spread numbers the documents of a shard, in m.buffers.local, as the volume
// does and adds them to their years.
func (m *merger) spread(to [][]uint32, x *shardIndex, base uint32, years []int) {
	yi, at, from, until := -1, -1, uint32(0), uint32(0)
	for _, d := range m.buffers.local {
		if d >= until {
			yi = int(d) / x.agencies
			from = uint32(yi * x.agencies)
			until = from + uint32(x.agencies)
			at = slices.Index(years, x.years[yi])
		}
		if at >= 0 {
			to[at] = append(to[at], uint32(at)*m.agencies+base+d-from)
		}
	}
}

// skipList returns the data after a segment.
func skipList(data []byte, s segment, x *shardIndex) []byte {
	if s.agency {
		return skip(data, s.n, x.agencies)
	}
	size := len(x.years) * x.agencies
	data = skip(data, s.n, size)
	n, k := binary.Uvarint(data)
	return skip(data[k:], int(n), size)
}

func skip(data []byte, n, size int) []byte {
	if n*8 >= size {
		return data[(size+7)/8:]
	}
	i := 0
	for ; n > 0; i++ {
		if data[i] < 0x80 {
			n--
		}
	}
	return data[i:]
}
