package search

import (
	"fmt"
	"maps"
	"strings"
	"sync"
)

// Source is an agency as Build takes it.
type Source struct {
	Path string
	Sum  [16]byte // of its blob: equal sums are equal blobs
}

// Options are Build's inputs besides the agencies.
type Options struct {
	// Load returns the blob of sources[i], as Part made it. Load is called by
	// several goroutines at once, and only for the sources whose blobs Build
	// needs.
	Load func(i int) ([]byte, error)

	// Labels are official labels; a query equal to one of them is answered with
	// a link to the label's page.
	Labels []Label

	// Fewer makes larger files, and at most half as many: for hosts that limit
	// the number of files.
	Fewer bool

	// Cache keeps what is costly between builds, and the postings until they
	// are merged; nil for none.
	Cache Cache

	// Kept reports whether the output already holds the path from an earlier
	// build. Every path but search/root.json is named for its content, so Build
	// need not make such a file again; it calls emit with the path and nil
	// data. Kept is only called for files of shards and lists whose other
	// results are in Cache. A nil Kept stands for a function that returns
	// false.
	Kept func(path string) bool
}

// Cache stores values under the hash of everything they were made from. Its
// methods, and Options.Kept, are called by several goroutines at once. A value
// that the cache has lost or damaged is made again.
type Cache interface {
	Get(key [32]byte) ([]byte, bool)
	Put(key [32]byte, value []byte) // does not keep the slice

	// Keep marks a value as still needed, and reports whether the cache has it.
	Keep(key [32]byte) bool
	// Read fills p with the bytes from off on of a value that was put or kept.
	Read(key [32]byte, p []byte, off int64) bool
}

// Build makes the index of the agencies. Sources must be in the order of the
// tree: sorted by the parts of their paths, so that the descendants of an
// agency follow it. Build calls emit for each file, from one goroutine and in a
// fixed order; the path is relative to the site's root, and search/root.json is
// the last. Data is nil for a file for which Options.Kept has returned true.
//
// Memory holds the names of all agencies, and the postings of the part of the
// keys that is being merged; without a Cache those of all keys.
func Build(sources []Source, o Options, emit func(path string, data []byte) error) error {
	return build(sources, o, emit, volumeReports)
}

// build is Build with volumes of another size, which tests choose small.
func build(sources []Source, o Options, emit func(path string, data []byte) error, volume int) error {
	b := &builder{Options: o, sources: sources, emit: emit, volume: volume, counts: map[int]int{}, singles: map[rune]int{}, written: map[rune]bool{}}
	for i := 1; i < len(sources); i++ {
		if comparePaths(sources[i-1].Path, sources[i].Path) >= 0 {
			return fmt.Errorf("search: agency %s comes after %s", sources[i].Path, sources[i-1].Path)
		}
	}
	var err error
	if b.dense, err = b.denseChars(); err != nil {
		return err
	}
	b.salt = b.buildSalt()
	if err := b.readShards(); err != nil {
		return err
	}
	root := b.newRoot()
	if err := b.writeLists(root); err != nil {
		return err
	}
	return b.writeRoot(root)
}

type builder struct {
	Options
	sources []Source
	emit    func(path string, data []byte) error
	dense   *charSet
	salt    [32]byte
	volume  int // reports of a volume at most

	remaking sync.Mutex // of postings that the cache has lost
	spare    sync.Pool  // *[]byte, of postings that the cache has taken

	// The results of the shards, in the order of the shards.
	shards   []*shardIndex
	agencies []agency
	counts   map[int]int   // reports by year
	singles  map[rune]int  // reports by character
	written  map[rune]bool // characters as written that folding changes
}

// agency is the part of a source that stays in memory during the whole build.
type agency struct {
	path, kind, name string
}

// part loads the blob of a source.
func (b *builder) part(i int) (part, error) {
	blob, err := b.Load(i)
	if err != nil {
		return part{}, err
	}
	p, err := parsePart(blob)
	if err == nil && p.path != b.sources[i].Path {
		err = errPart
	}
	return p, err
}

// readShards cuts the agencies into shards, makes the shards in parallel and
// emits the shards' files in order.
func (b *builder) readShards() error {
	type made struct {
		index *shardIndex
		facts *shardFacts
		err   error
	}
	jobs := func(yield func(func() made) bool) {
		for first, i := 0, 0; i < len(b.sources); i++ {
			if !endsShard(b.sources[i].Path, i+1-first) && i+1 < len(b.sources) {
				continue
			}
			from, to := first, i+1
			first = to
			if !yield(func() made {
				x, f, err := b.shard(from, to)
				return made{x, f, err}
			}) {
				return
			}
		}
	}
	return inOrder(jobs, func(m made) error {
		if m.err != nil {
			return m.err
		}
		b.shards = append(b.shards, m.index)
		b.agencies = append(b.agencies, m.facts.agencies...)
		for y, n := range m.facts.counts {
			b.counts[y] += n
		}
		for r, n := range m.facts.singles {
			b.singles[r] += n
		}
		maps.Copy(b.written, m.facts.written)
		return b.emitAll(m.facts.files)
	})
}

func (b *builder) emitAll(files []file) error {
	for _, f := range files {
		if err := b.emit(f.path, f.data); err != nil {
			return err
		}
	}
	return nil
}

// comparePaths orders paths part by part: a/x before a-b.
func comparePaths(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] == b[i] {
			continue
		}
		switch {
		case a[i] == '/':
			return -1
		case b[i] == '/':
			return 1
		}
		return strings.Compare(a[i:], b[i:])
	}
	return len(a) - len(b)
}
