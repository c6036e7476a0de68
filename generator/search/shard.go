package search

import (
	"crypto/sha256"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A shard is a run of consecutive agencies: all of it is made again when one of
// them changes. Whether a run ends at an agency depends on that agency's own
// path, so that a new agency does not move the bounds of other shards. A shard
// has at most 64 agencies because a row of a collector is a 64-bit word.
const (
	shardMean = 32 // a power of two; after the least

	shardLeast = 24
	shardMost  = 64
)

// endsShard reports whether the agency at path is the last of its shard, which
// has n agencies with this one.
func endsShard(path string, n int) bool {
	if n < shardLeast || n >= shardMost {
		return n >= shardMost
	}
	sum := sha256.Sum256([]byte(path))
	return sum[0]&(shardMean-1) == 0
}

// shardIndex is what Build keeps of a shard until the lists are made.
type shardIndex struct {
	first    int // number of its first agency
	agencies int
	years    []int // newest first: row i holds the reports of years[i], the last row the names
	name     [hashBytes]byte
	id       [32]byte // of all that it is made of
	sections sectionTable
	postings []byte // nil where the cache keeps them
}

// shardFacts are the results of a shard that Build uses as soon as the shard is
// made.
type shardFacts struct {
	agencies []agency
	counts   map[int]int   // reports by year
	singles  map[rune]int  // reports that hold a character; 0 for one of names alone
	written  map[rune]bool // characters as written that folding changes
	files    []file        // without data where the output has them
}

// makeShard makes the stored text and the postings of a run of agencies.
func (b *builder) makeShard(parts []part) (*shardIndex, *shardFacts, error) {
	x := &shardIndex{agencies: len(parts)}
	f := &shardFacts{counts: map[int]int{}, singles: map[rune]int{}, written: map[rune]bool{}}
	for i := range parts {
		f.agencies = append(f.agencies, agency{parts[i].path, parts[i].kind, parts[i].names[0]})
		for _, y := range parts[i].years {
			if f.counts[y]++; f.counts[y] == 1 {
				x.years = append(x.years, y)
			}
		}
	}
	slices.SortFunc(x.years, func(a, b int) int { return b - a })

	byYear := make([][]*record, len(x.years))
	for i := range byYear {
		byYear[i] = make([]*record, len(parts))
	}
	for i := range parts {
		list, err := parts[i].reports()
		if err != nil {
			return nil, nil, err
		}
		for j := range list {
			byYear[slices.Index(x.years, list[j].year)][i] = &list[j]
		}
	}
	c := collect(b.dense, len(x.years)+1)
	defer c.free()
	f.files = []file{{"names.bin", deflate(f.addNames(c, parts))}}
	var runes []rune
	for row, y := range x.years {
		for i, r := range byYear[row] {
			if r == nil {
				continue
			}
			at := place{row, 1 << i}
			runes = appendFold(runes[:0], r.title, f.written)
			c.heading(runes, at)
			for _, u := range r.units {
				runes = appendFold(runes[:0], u[1:], f.written)
				if u[0] == unitHeading {
					c.heading(runes, at)
				} else {
					c.text(runes, at)
				}
			}
		}
		f.files = appendBlocks(f.files, b.blockAgencies(), y, parts, byYear[row])
	}
	x.name = folder("t", f.files)
	x.postings = x.sections.encode(b.takeSpare(), c)
	for i, k := range c.keys {
		if k.length() == 1 {
			f.singles[rune(k)] = ones(c.words[i*c.rows:][:len(x.years)])
		}
	}
	return x, f, nil
}

// addNames adds the grams of the agencies' names and spellings to c, and
// returns the shard's names file: for each agency its path, kind, and every
// name with its spelling.
func (f *shardFacts) addNames(c *collector, parts []part) []byte {
	var b strings.Builder
	for i := range parts {
		at := place{c.rows - 1, 1 << i}
		if i > 0 {
			b.WriteString(groupSep)
		}
		b.WriteString(parts[i].path + fieldSep + parts[i].kind)
		for _, n := range parts[i].names {
			folded := appendFold(nil, norm.NFC.String(n), f.written)
			list := readings(folded)
			b.WriteString(fieldSep + n + partSep + spell(list))
			c.text(folded, at)
			c.add(nameKey(folded), at)
			c.spelling(list, at)
		}
	}
	return []byte(b.String())
}
