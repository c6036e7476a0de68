package search

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"hash"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// A shard is a run of neighbouring agencies: the unit that is made again when
// one of them changes. Where runs end is decided by the agencies' own paths,
// so that a new agency moves no other shard's bounds.
const (
	shardMean = 64 // a power of two

	shardLeast = 16
	shardMost  = 256
)

// endsShard tells whether the agency is the last of a shard that has n.
func endsShard(path string, n int) bool {
	sum := sha256.Sum256([]byte(path))
	return n >= shardMost || n >= shardLeast && sum[0]&(shardMean-1) == 0
}

// Sizes of the files that hold stored text.
const (
	blockAgencies = 3        // neighbours whose reports of a year share a file
	longReport    = 48 << 10 // bytes; a longer report has files of its own
	pieceBytes    = 96 << 10 // of these bytes each
)

// file is one file of the index; its folder is named for its content.
type file struct {
	path string
	data []byte
}

// hashBytes of the sum of a folder's files are its name, in base32. Forty
// bits tell versions of the same folder apart.
const hashBytes = 5

var hashNames = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

func hashName(h [hashBytes]byte) string { return hashNames.EncodeToString(h[:]) }

// folder gives files the folder below search/ that is named for all of them.
func folder(kind string, files []file) (h [hashBytes]byte) {
	sum := sha256.New()
	for _, f := range files {
		writeField(sum, []byte(f.path))
		writeField(sum, f.data)
	}
	copy(h[:], sum.Sum(nil))
	for i := range files {
		files[i].path = "search/" + kind + "/" + hashName(h) + "/" + files[i].path
	}
	return h
}

// writeField hashes data so that two fields cannot run into each other.
func writeField(h hash.Hash, data []byte) {
	var n [8]byte
	binary.LittleEndian.PutUint64(n[:], uint64(len(data)))
	h.Write(n[:])
	h.Write(data)
}

// A shard's postings are cut into sections by the top bits of the keys'
// hashes. A file of posting lists is made from the same section of all
// shards, and again only when one of those changed.
const (
	sectionBits = 10
	sections    = 1 << sectionBits
)

// shardIndex is what Build keeps of a shard until the lists are made.
type shardIndex struct {
	agencies int
	years    []int // newest first; document j is agency j%agencies of year years[j/agencies]
	name     [hashBytes]byte
	ends     [sections]uint32   // of the sections in postings
	sums     [sections][16]byte // hashes of the sections
	postings []byte
	written  map[rune]bool // characters as written that folding changes
	singles  map[rune]int  // reports that hold a character; 0 for one of names alone
}

// makeShard makes the stored text and the postings of a run of agencies.
func makeShard(parts []part) (*shardIndex, []file, error) {
	x := &shardIndex{agencies: len(parts), singles: map[rune]int{}, written: map[rune]bool{}}
	for i := range parts {
		for _, y := range parts[i].years {
			if !slices.Contains(x.years, y) {
				x.years = append(x.years, y)
			}
		}
	}
	slices.SortFunc(x.years, func(a, b int) int { return b - a })

	byYear := map[int][]*record{}
	for _, y := range x.years {
		byYear[y] = make([]*record, len(parts))
	}
	for i := range parts {
		list, err := parts[i].reports()
		if err != nil {
			return nil, nil, err
		}
		for j := range list {
			byYear[list[j].year][i] = &list[j]
		}
	}
	docs, names := collectors.Get().(*collector), collectors.Get().(*collector)
	defer collectors.Put(docs)
	defer collectors.Put(names)
	docs.reset()
	names.reset()
	files := []file{{"names.bin", deflate(x.addNames(names, parts))}}
	var runes []rune
	for yi, y := range x.years {
		for i, r := range byYear[y] {
			if r == nil {
				continue
			}
			doc := uint32(yi*len(parts) + i)
			folding().changed(r.text, x.written)
			runes = appendFold(runes[:0], r.title)
			docs.text(runes, doc, inHeading)
			for _, u := range r.units {
				flag := uint32(0)
				if u[0] == unitHeading {
					flag = inHeading
				}
				runes = appendFold(runes[:0], u[1:])
				docs.text(runes, doc, flag)
			}
		}
		files = appendBlocks(files, y, parts, byYear[y])
	}
	x.name = folder("t", files)
	x.encode(docs, names)
	return x, files, nil
}

// addNames gathers what agencies are found by, and returns the file that
// lists them: path, kind, and every name with its spelling.
func (x *shardIndex) addNames(names *collector, parts []part) []byte {
	var b strings.Builder
	for i := range parts {
		if i > 0 {
			b.WriteString(groupSep)
		}
		b.WriteString(parts[i].path + fieldSep + parts[i].kind)
		for _, n := range parts[i].names {
			folding().changed(n, x.written)
			folded := []rune(Fold(n))
			list := readings(folded)
			b.WriteString(fieldSep + n + partSep + spell(list))
			names.text(folded, uint32(i), 0)
			names.add(nameKey(folded), uint32(i), 0)
			names.spelling(list, uint32(i))
		}
	}
	return []byte(b.String())
}

// appendBlocks makes the files of one year's stored reports.
func appendBlocks(files []file, year int, parts []part, list []*record) []file {
	for at := 0; at < len(list); at += blockAgencies {
		var b strings.Builder
		name := strconv.Itoa(year) + "-" + strconv.Itoa(at/blockAgencies)
		for i := at; i < min(len(list), at+blockAgencies); i++ {
			r := list[i]
			if r == nil {
				continue
			}
			if b.Len() > 0 {
				b.WriteString(groupSep)
			}
			b.WriteString(strconv.Itoa(i) + fieldSep + parts[i].names[0] + fieldSep)
			if len(r.text) <= longReport {
				b.WriteString(r.text)
				continue
			}
			pieces := 0
			for rest := r.text; rest != ""; pieces++ {
				n := min(len(rest), pieceBytes)
				files = append(files, file{name + "-" + strconv.Itoa(i) + "-" + strconv.Itoa(pieces) + ".bin", deflate([]byte(rest[:n]))})
				rest = rest[n:]
			}
			b.WriteString("+" + strconv.Itoa(pieces))
		}
		if b.Len() > 0 {
			files = append(files, file{name + ".bin", deflate([]byte(b.String()))})
		}
	}
	return files
}

// encode writes the postings of both collectors, merged in the order of
// their keys. An entry is the key, twice the number of documents plus one
// for a list of agencies, and the list; a list of reports is followed by the
// list of those which hold the key in their title or a heading.
func (x *shardIndex) encode(docs, names *collector) {
	type entry struct {
		k        key
		hash     uint32
		from, to int // in data
	}
	data := make([]byte, 0, 2*(len(docs.posts)+len(names.posts)))
	collect := func(c *collector, tag uint64, size int) []entry {
		out := make([]entry, 0, len(c.keys))
		var heading []uint32
		c.lists(func(k key, hash uint32, list []uint32) {
			heading = heading[:0]
			for i, d := range list {
				if d&inHeading != 0 {
					list[i] = d &^ inHeading
					heading = append(heading, list[i])
				}
			}
			if k.length() == 1 {
				if tag == 0 {
					x.singles[rune(k)] = len(list)
				} else {
					x.singles[rune(k)] += 0 // a character of names alone
				}
			}
			from := len(data)
			data = binary.AppendUvarint(data, uint64(k))
			data = binary.AppendUvarint(data, uint64(len(list))<<1|tag)
			data = appendList(data, list, size)
			if tag == 0 {
				data = binary.AppendUvarint(data, uint64(len(heading)))
				data = appendList(data, heading, size)
			}
			out = append(out, entry{k, hash, from, len(data)})
		})
		return out
	}
	reports := collect(docs, 0, len(x.years)*x.agencies)
	agencies := collect(names, 1, x.agencies)
	x.postings = make([]byte, 0, len(data))
	for s, start := 0, 0; s < sections; s++ {
		for len(reports) > 0 || len(agencies) > 0 {
			from := &reports
			if len(reports) == 0 || len(agencies) > 0 &&
				compareKeys(agencies[0].hash, agencies[0].k, reports[0].hash, reports[0].k) < 0 {
				from = &agencies
			}
			e := (*from)[0]
			if e.hash>>(32-sectionBits) != uint32(s) {
				break
			}
			x.postings = append(x.postings, data[e.from:e.to]...)
			*from = (*from)[1:]
		}
		x.ends[s] = uint32(len(x.postings))
		sum := sha256.Sum256(x.postings[start:])
		copy(x.sums[s][:], sum[:])
		start = len(x.postings)
	}
}

// appendList writes an ascending list of numbers below size: as a bitmap
// where that is not longer than a byte for each, or as gaps. Only Build
// reads it, so it is made for speed.
func appendList(b []byte, list []uint32, size int) []byte {
	if len(list)*8 >= size {
		at := len(b)
		b = append(b, make([]byte, (size+7)/8)...)
		for _, d := range list {
			b[at+int(d/8)] |= 1 << (d % 8)
		}
		return b
	}
	next := uint32(0)
	for _, d := range list {
		b = binary.AppendUvarint(b, uint64(d-next))
		next = d + 1
	}
	return b
}

// readList reads a list of n numbers below size into dst and returns the
// bytes after it.
func readList(b []byte, dst []uint32, n, size int) ([]uint32, []byte) {
	if n*8 >= size {
		for i, c := range b[:(size+7)/8] {
			for ; c != 0; c &= c - 1 {
				dst = append(dst, uint32(i)*8+uint32(bits.TrailingZeros8(c)))
			}
		}
		return dst, b[(size+7)/8:]
	}
	next := uint64(0)
	for range n {
		gap, k := binary.Uvarint(b)
		b = b[k:]
		dst = append(dst, uint32(next+gap))
		next += gap + 1
	}
	return dst, b
}
