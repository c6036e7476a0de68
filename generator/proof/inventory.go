package proof

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"annals/generator/sitemap"
)

// Entry is what the inventory says of an agency.
type Entry struct {
	Agency string // path
	Record [sha256.Size]byte
	Leaves []int // the lines of its reports, in the order of its record
	Gone   []int // those of reports that were withdrawn since, which no file has any more
}

// perList is how many agencies a list of the inventory has at most.
const perList = 256

// List names a list of the inventory.
type List struct {
	Path  string
	Sum   [sha256.Size]byte
	First string // path of its first agency
}

// Inventory is the signed part of the inventory: what the lists are, in the order
// of the agencies' paths.
type Inventory struct {
	Origin string
	Root   Hash // of the tree of the same build
	Lists  []List
	Files  []List // with the hashes of the files that span agencies (Sums); of no agency
}

// inventoryName follows the origin in the first line, so that nobody takes the
// inventory for a checkpoint.
const inventoryName = " inventory"

// NewInventory makes the lists of the agencies, which come in the order of their paths.
func NewInventory(origin string, root Hash, entries []Entry, files []List, emit func(path string, data []byte) error) (*Inventory, error) {
	x := &Inventory{Origin: origin, Root: root, Files: files}
	for len(entries) > 0 {
		part := entries[:min(len(entries), perList)]
		entries = entries[len(part):]
		var b []byte
		for _, e := range part {
			b = e.Append(b)
		}
		l := List{Path: fmt.Sprintf("%s%03d.txt", sitemap.ProofFolder, len(x.Lists)), Sum: sha256.Sum256(b), First: part[0].Agency}
		if err := emit(l.Path, b); err != nil {
			return nil, err
		}
		x.Lists = append(x.Lists, l)
	}
	return x, nil
}

// Text is the text that is signed.
func (x *Inventory) Text() string {
	var b strings.Builder
	b.WriteString(x.Origin + inventoryName + "\n" + x.Root.String() + "\n")
	for _, l := range x.Lists {
		b.WriteString(base64.StdEncoding.EncodeToString(l.Sum[:]) + " " + l.Path + " " + l.First + "\n")
	}
	for _, l := range x.Files {
		b.WriteString(base64.StdEncoding.EncodeToString(l.Sum[:]) + " " + l.Path + "\n")
	}
	return b.String()
}

// ParseInventory reads the text of an inventory.
func ParseInventory(text string) (*Inventory, error) {
	lines := strings.Split(text, "\n")
	n := len(lines) - 1
	if n < 2 || lines[n] != "" {
		return nil, ErrMalformed
	}
	origin, ok := strings.CutSuffix(lines[0], inventoryName)
	x := &Inventory{Origin: origin}
	raw, err := base64.StdEncoding.DecodeString(lines[1])
	if !ok || err != nil || len(raw) != len(x.Root) {
		return nil, ErrMalformed
	}
	copy(x.Root[:], raw)
	for _, line := range lines[2:n] {
		f := strings.Split(line, " ")
		if len(f) != 3 && len(f) != 2 || len(f) == 3 && (f[2] == "" || len(x.Files) > 0) {
			return nil, ErrMalformed
		}
		l := List{Path: f[1]}
		if raw, err := base64.StdEncoding.DecodeString(f[0]); err != nil || copy(l.Sum[:], raw) != len(l.Sum) || len(raw) != len(l.Sum) {
			return nil, ErrMalformed
		}
		if len(f) == 2 {
			x.Files = append(x.Files, l)
			continue
		}
		l.First = f[2]
		x.Lists = append(x.Lists, l)
	}
	return x, nil
}

// Append appends an entry as a line: path, hash of the record, numbers of leaves,
// then the numbers of those that are gone.
func (e Entry) Append(b []byte) []byte {
	b = append(b, e.Agency...)
	b = append(b, ' ')
	b = hex.AppendEncode(b, e.Record[:])
	for _, list := range [...][]int{e.Leaves, e.Gone} {
		b = append(b, ' ')
		for i, n := range list {
			if i > 0 {
				b = append(b, ',')
			}
			b = strconv.AppendInt(b, int64(n), 10)
		}
	}
	return append(b, '\n')
}

// ParseList reads a list of the inventory.
func ParseList(data []byte) (list []Entry, err error) {
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), " ")
		if len(f) != 4 {
			return nil, ErrMalformed
		}
		e := Entry{Agency: f[0]}
		if raw, err := hex.DecodeString(f[1]); err != nil || len(raw) != len(e.Record) {
			return nil, ErrMalformed
		} else {
			copy(e.Record[:], raw)
		}
		if e.Leaves, err = numbers(f[2]); err != nil {
			return nil, err
		}
		if e.Gone, err = numbers(f[3]); err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, nil
}

func numbers(text string) (list []int, err error) {
	if text == "" {
		return nil, nil
	}
	for s := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || strconv.Itoa(n) != s {
			return nil, ErrMalformed
		}
		list = append(list, n)
	}
	return list, nil
}

// Publish makes the files of the proof, but for the records of the agencies. loose
// are the lines that are of no report, files the lists of files that are of no agency.
func (s *Signer) Publish(c Checkpoint, leaves []Hash, entries []Entry, files []List, loose []byte, emit func(path string, data []byte) error) error {
	if _, err := Tiles(leaves, emit); err != nil {
		return err
	}
	if err := emit(sitemap.LooseLines, loose); err != nil {
		return err
	}
	x, err := NewInventory(c.Origin, c.Root, entries, files, emit)
	if err != nil {
		return err
	}
	for _, f := range [...]struct{ path, text string }{{sitemap.Inventory, x.Text()}, {sitemap.Checkpoint, c.Text()}} {
		data, err := s.Sign(f.text)
		if err != nil {
			return err
		}
		if err := emit(f.path, data); err != nil {
			return err
		}
	}
	return nil
}
