package generator

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"path/filepath"
	"slices"
	"sync"

	"annals/generator/beneath"
	"annals/generator/output"
	"annals/generator/proof"
	"annals/generator/sitemap"
)

// Files that span agencies come in groups (global.go). Where the site has a proof,
// each group has one file more: the list of the hashes of the others.

// summed is a group whose files' hashes are noted.
type summed struct {
	*output.Group
	build *build
	name  string
	mu    sync.Mutex
	sums  proof.Sums // nil where the site has no proof
	last  proof.Sums // of the group as the last build left it, once they are asked for
}

// group starts a group of what spans agencies.
func (b *build) group(name, key string) *summed {
	g := &summed{Group: b.out.Group(name, key), build: b, name: name}
	if b.proves() {
		g.sums = proof.Sums{}
	}
	return g
}

// mark is part of the key of such a group: with a proof it has one file more.
func (b *Built) mark() string {
	if b.proves() {
		return proofGroup
	}
	return ""
}

func (g *summed) Stage(path string, data []byte) error {
	if g.sums != nil {
		sum := sha256.Sum256(data)
		g.mu.Lock()
		g.sums[path] = sum
		g.mu.Unlock()
	}
	return g.Group.Stage(path, data)
}

// Retain keeps a file of the last build, of which the last list has the hash.
func (g *summed) Retain(path string) error {
	if g.sums != nil {
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.last == nil {
			data, _ := g.build.built(listFile(g.name)) // without it the files are read
			if g.last, _ = proof.ParseSums(data); g.last == nil {
				g.last = proof.Sums{}
			}
		}
		sum, ok := g.last[path]
		if !ok {
			data, err := g.build.built(path)
			if err != nil {
				return err
			}
			sum = sha256.Sum256(data)
		}
		g.sums[path] = sum
	}
	return g.Group.Retain(path)
}

func (g *summed) Close() error {
	if g.sums != nil {
		data := g.sums.Append(nil)
		g.build.list(g.name, data)
		if err := g.Group.Stage(listFile(g.name), data); err != nil {
			return err
		}
	}
	return g.Group.Close()
}

// list notes the list of a group.
func (b *build) list(name string, data []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sums[name] = proof.List{Path: listFile(name), Sum: sha256.Sum256(data)}
}

// keepList does so for a group of the last build that is kept.
func (b *build) keepList(names ...string) error {
	if !b.proves() {
		return nil
	}
	for _, name := range names {
		data, err := b.built(listFile(name))
		if err != nil {
			return err
		}
		b.list(name, data)
	}
	return nil
}

// lists are those of all groups, in the order of their paths.
func (b *build) lists() []proof.List {
	return slices.SortedFunc(maps.Values(b.sums), func(x, y proof.List) int { return cmp.Compare(x.Path, y.Path) })
}

// built reads a file of the site that the last build wrote.
func (b *build) built(path string) ([]byte, error) {
	return beneath.ReadFile(filepath.Join(b.opt.Out, filepath.FromSlash(path)))
}

// listFile is where the list of a group lies. Names of groups may be longer than
// those of files.
func listFile(name string) string {
	sum := sha256.Sum256([]byte(name))
	return sitemap.ProofFolder + "files/" + hex.EncodeToString(sum[:8]) + ".txt"
}
