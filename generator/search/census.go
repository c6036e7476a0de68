package search

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	"slices"
)

// Triples are listed where all three characters are dense: found in at least
// a fifth of the reports. Where one is not, its pairs are short lists already.
// Which characters are dense has to be known before the first report is
// indexed, so they are counted in a sample of agencies. Whether an agency is in
// the sample depends on its own path alone, so a change of a report outside the
// sample never changes the set of dense characters, and one within it seldom
// does. Queries have the same results with any set; this set keeps the lists
// short.
const (
	denseShare   = 5
	sampleBits   = 8 // the sample has at most this many bits of agencies
	sampleOffset = 1 // of the bytes of a path's hash; the first decides of shards
)

// charSet is a set of characters.
type charSet struct {
	list []rune // ascending
	bmp  [1 << 10]uint64
	rest map[rune]bool
}

func newCharSet(list []rune) *charSet {
	s := &charSet{list: list, rest: map[rune]bool{}}
	for _, r := range list {
		if r < 1<<16 {
			s.bmp[r>>6] |= 1 << (r & 63)
		} else {
			s.rest[r] = true
		}
	}
	return s
}

func (s *charSet) has(r rune) bool {
	if r < 1<<16 {
		return s.bmp[r>>6]>>(r&63)&1 != 0
	}
	return s.rest[r]
}

// denseChars counts characters in the sample's reports.
func (b *builder) denseChars() (*charSet, error) {
	shift := max(0, bits.Len(uint(len(b.sources)))-sampleBits)
	n := tally{rest: map[rune][2]int{}}
	var runes []rune
	for i, s := range b.sources {
		sum := sha256.Sum256([]byte(s.Path))
		if binary.BigEndian.Uint32(sum[sampleOffset:])&(1<<shift-1) != 0 {
			continue
		}
		p, err := b.part(i)
		if err != nil {
			return nil, err
		}
		list, err := p.reports()
		if err != nil {
			return nil, err
		}
		for i := range list {
			n.report++
			for text := range list[i].texts {
				runes = appendFold(runes[:0], text, nil)
				n.add(runes)
			}
		}
	}
	return newCharSet(n.atLeast((n.report + denseShare - 1) / denseShare)), nil
}

// tally counts the reports in which characters occur. For each character it
// keeps the number of reports and the last report counted, so that a report
// counts once.
type tally struct {
	report int
	bmp    [1 << 16][2]int32
	rest   map[rune][2]int
}

func (t *tally) add(text []rune) {
	for _, r := range text {
		if r >= 1<<16 {
			if x := t.rest[r]; x[1] != t.report {
				t.rest[r] = [2]int{x[0] + 1, t.report}
			}
		} else if x := &t.bmp[r]; x[1] != int32(t.report) {
			x[0]++
			x[1] = int32(t.report)
		}
	}
}

func (t *tally) atLeast(n int) (list []rune) {
	for r := range t.bmp {
		if c := int(t.bmp[r][0]); c > 0 && c >= n {
			list = append(list, rune(r))
		}
	}
	for r, x := range t.rest {
		if x[0] >= n {
			list = append(list, r)
		}
	}
	slices.Sort(list)
	return list
}
