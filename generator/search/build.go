package search

import (
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"
)

// Options are Build's inputs besides the agencies.
type Options struct {
	// Labels are official labels; a query that is one leads to its page.
	Labels []Label

	// Cache keeps what is costly between builds; nil for none.
	Cache Cache

	// Kept tells that the output already holds the path from an earlier
	// build. Every path but search/root.json is named for its content, so
	// Build need not make the file again; it passes the path to emit with nil
	// data. Kept is only asked where Cache holds the rest. nil for never.
	Kept func(path string) bool
}

// Cache stores values under the hash of everything they were made from. Its
// methods, and Kept, are called by several goroutines at once.
type Cache interface {
	Get(key [32]byte) ([]byte, bool)
	Put(key [32]byte, value []byte)
}

// Build makes the index of the agencies whose blobs come, in the order of the
// tree: by the parts of their paths, so that a node's descendants follow it.
// It calls emit for each file, from one goroutine and in a fixed order; the
// path is relative to the site's root, and search/root.json is the last. A
// file with nil data is one that Kept knows.
//
// Memory holds the names of all agencies and the posting lists, which take
// about two kilobytes a report, but never the text.
func Build(parts iter.Seq2[[]byte, error], o Options, emit func(path string, data []byte) error) error {
	return build(parts, o, emit, volumeReports)
}

// build is Build with volumes of another size, which tests choose small.
func build(parts iter.Seq2[[]byte, error], o Options, emit func(path string, data []byte) error, volume int) error {
	b := &builder{Options: o, emit: emit, salt: buildSalt(), volume: volume}
	if err := b.readShards(parts); err != nil {
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
	emit     func(path string, data []byte) error
	salt     [32]byte
	volume   int // reports of a volume at most
	agencies []agency
	shards   []*shardIndex
	counts   map[int]int // reports by year
}

// agency is what stays in memory of each.
type agency struct {
	path, kind, name string
}

// readShards cuts the stream into shards, makes them in parallel and emits
// their files in order.
func (b *builder) readShards(parts iter.Seq2[[]byte, error]) error {
	b.counts = map[int]int{}
	type made struct {
		index *shardIndex
		files []file
		err   error
	}
	var run []part
	var blobs [][]byte
	jobs := func(yield func(func() made, error) bool) {
		flush := func() bool {
			list, raw := run, blobs
			run, blobs = nil, nil
			return yield(func() made {
				x, files, err := b.shard(list, raw)
				return made{x, files, err}
			}, nil)
		}
		for blob, err := range parts {
			var p part
			if err == nil {
				p, err = parsePart(blob)
			}
			if err == nil && len(b.agencies) > 0 && comparePaths(b.agencies[len(b.agencies)-1].path, p.path) >= 0 {
				err = fmt.Errorf("search: agency %s comes after %s", p.path, b.agencies[len(b.agencies)-1].path)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			b.agencies = append(b.agencies, agency{strings.Clone(p.path), strings.Clone(p.kind), strings.Clone(p.names[0])})
			for _, y := range p.years {
				b.counts[y]++
			}
			run, blobs = append(run, p), append(blobs, blob)
			if endsShard(p.path, len(run)) && !flush() {
				return
			}
		}
		if len(run) > 0 {
			flush()
		}
	}
	return inOrder(jobs, func(m made) error {
		if m.err != nil {
			return m.err
		}
		b.shards = append(b.shards, m.index)
		return b.emitAll(m.files)
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
	return slices.Compare(strings.Split(a, "/"), strings.Split(b, "/"))
}

// inOrder runs the jobs on all cores and passes their results to take, in the
// order of the jobs. The first error ends it.
func inOrder[T any](jobs iter.Seq2[func() T, error], take func(T) error) error {
	workers := runtime.GOMAXPROCS(0)
	type result struct {
		value chan T
		err   error
	}
	queue := make(chan result, workers)
	stop := make(chan struct{})
	slots := make(chan struct{}, workers)
	go func() {
		defer close(queue)
		for job, err := range jobs {
			r := result{make(chan T, 1), err}
			if err == nil {
				slots <- struct{}{}
				go func() {
					r.value <- job()
					<-slots
				}()
			}
			select {
			case queue <- r:
			case <-stop:
				return
			}
		}
	}()
	var failed error
	for r := range queue {
		if failed != nil {
			continue
		}
		if failed = r.err; failed == nil {
			failed = take(<-r.value)
		}
		if failed != nil {
			close(stop)
		}
	}
	return failed
}
