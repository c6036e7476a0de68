package release

import (
	"crypto/sha256"
	"slices"
)

// NoLeaf is the number of a line that is not written yet.
const NoLeaf = -1

// Leaf is the hash of a line as a leaf of a Merkle tree (RFC 6962, section 2.1),
// which has the line without its end.
func Leaf(line []byte) (sum [sha256.Size]byte) {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	h := sha256.New()
	h.Write([]byte{0})
	h.Write(line)
	h.Sum(sum[:0])
	return sum
}

// Line is a line of the record, for the proof that it stands there.
type Line struct {
	Leaf int // number among the lines of all files, from 0
	Sum  [sha256.Size]byte
	Year int  // of the report
	Gone bool // the report was withdrawn since: what the line says is not published any more

	ref ref
}

// Loose is a line that is of no report: a header, or of an agency that moved.
type Loose struct {
	Leaf int
	Text []byte // with its end
}

// Leaves returns the hashes of all lines of all files, headers included.
func (r *Record) Leaves() [][sha256.Size]byte { return slices.Clip(r.leaves) }

// Loose returns the lines that are of no report.
func (r *Record) Loose() (list []Loose, err error) {
	for _, x := range r.loose {
		text, err := r.text(x)
		if err != nil {
			return nil, err
		}
		list = append(list, Loose{x.leaf, text})
	}
	return list, nil
}

// Lines lists the lines of an agency's reports, the oldest first. Of a report that
// was withdrawn only the line that says so, and those after it, are not Gone.
func (h *History) Lines() (list []Line) {
	last := map[int32]int{} // by year: index of the last withdrawal
	for i, x := range h.refs {
		if x.withdrawn {
			last[x.year] = i
		}
	}
	for i, x := range h.refs {
		list = append(list, Line{x.leaf, x.sum, int(x.year), i < last[x.year], x})
	}
	return list
}

// Texts reads lines of an agency's reports, each with its end.
func (h *History) Texts(lines []Line) (list [][]byte, err error) {
	for _, x := range lines {
		text, err := h.record.text(x.ref)
		if err != nil {
			return nil, err
		}
		list = append(list, text)
	}
	return list, nil
}

// OfReport reports whether a line of a release is of a report.
func OfReport(line []byte) bool {
	_, from, ok := lineOf(line)
	return ok && from == ""
}

// ParseMoved reads a line that says that an agency moved.
func ParseMoved(line []byte) (from, to string, ok bool) {
	x, from, ok := lineOf(line)
	return from, x.agency, ok && from != ""
}
