package deploy

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"sort"
	"strconv"
	"strings"

	"annals/generator/output"
)

// Sum is the SHA-256 of some bytes.
type Sum [sha256.Size]byte

func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// MarshalText and UnmarshalText write and read the digits.
func (s Sum) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

func (s *Sum) UnmarshalText(text []byte) error {
	n, err := hex.Decode(s[:], text[:min(len(text), 2*len(s))])
	if err == nil && (n != len(s) || len(text) != 2*len(s)) {
		err = ErrDamaged
	}
	return err
}

// File is a file of a site.
type File struct {
	Path string
	Sum  Sum
	Size int64 // bytes
}

// Tree is the files of a site in the order of their paths: its manifest.
type Tree []File

// ErrDamaged says that what a target knows of its deployments cannot be read.
var ErrDamaged = errors.New("the state of the deployments is damaged")

// Bytes returns the manifest: a line for each file, of hash, size and path.
func (t Tree) Bytes() []byte {
	var b bytes.Buffer
	for _, f := range t {
		b.WriteString(f.Sum.String() + " " + strconv.FormatInt(f.Size, 10) + " " + f.Path + "\n")
	}
	return b.Bytes()
}

// Sums returns the list that `sha256sum -c` reads.
func (t Tree) Sums() []byte {
	var b bytes.Buffer
	for _, f := range t {
		b.WriteString(f.Sum.String() + "  " + f.Path + "\n")
	}
	return b.Bytes()
}

// ParseTree reads a manifest. It comes from a store: a path that a site cannot have,
// such as one that leads elsewhere, makes all of it invalid.
func ParseTree(data []byte) (Tree, error) {
	var t Tree
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		digits, rest, _ := strings.Cut(lines.Text(), " ")
		size, path, _ := strings.Cut(rest, " ")
		n, err := strconv.ParseInt(size, 10, 64)
		f := File{Path: path, Size: n}
		if err != nil || n < 0 || n > maxObject || f.Sum.UnmarshalText([]byte(digits)) != nil || !ours(path) || len(t) > 0 && t[len(t)-1].Path >= path {
			return nil, ErrDamaged
		}
		t = append(t, f)
	}
	return t, lines.Err()
}

// ours reports whether a site may have a file of a path.
func ours(path string) bool {
	return output.CheckPath(path) == nil && !strings.HasPrefix(path, ".")
}

// Digest is the name of a tree.
func (t Tree) Digest() Sum { return sha256.Sum256(t.Bytes()) }

// File returns the file of a path.
func (t Tree) File(path string) (f File, ok bool) {
	i := sort.Search(len(t), func(i int) bool { return t[i].Path >= path })
	if i == len(t) || t[i].Path != path {
		return File{}, false
	}
	return t[i], true
}

// Find returns the hash of a file.
func (t Tree) Find(path string) (Sum, bool) {
	f, ok := t.File(path)
	return f.Sum, ok
}

// Site is a tree with the bytes of its files.
type Site struct {
	Tree Tree
	Read func(path string) ([]byte, error)
}

// NewSite makes a Site of files. It reads each once to know its hash.
func NewSite(paths []string, read func(path string) ([]byte, error), sizes func(path string, size int)) (*Site, error) {
	s := &Site{Read: read}
	for _, p := range paths {
		data, err := read(p)
		if err != nil {
			return nil, err
		}
		sizes(p, len(data))
		s.Tree = append(s.Tree, File{p, sha256.Sum256(data), int64(len(data))})
	}
	slices.SortFunc(s.Tree, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return s, nil
}
