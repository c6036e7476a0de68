// Package watch reports which files below a folder have changed, in batches.
//
//	w, err := watch.New("content", watch.Options{})
//	for batch := range w.Events() { … }
//	err = w.Close()
//
// A batch is sent when nothing has happened for a short quiet time, so that an
// editor's save by way of a temporary file, or a git checkout of hundreds of
// files, is one batch. While changes go on without a pause, a batch is sent every
// ten quiet times. A batch names paths that may have changed; the receiver reads
// them to find out how. If the system has lost events (its queue overflowed),
// Rescan is set instead, and the receiver must look at every file.
//
// Folders made while watching are watched too, and files that were put into them
// before the watch began are reported. Symbolic links are not followed. If the
// system has no watches left, or none for the file system, the folder is read
// every second instead, and Reason returns the reason. Network mounts and mounts in
// containers may accept watches and never report a change: Options.Polling is
// for them.
//
// A slow receiver misses nothing: until it receives a batch, further changes
// are added to that batch.
package watch

import (
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"annals/generator/bug"
)

// Options tune a Watcher. The zero value is good for a person at an editor.
type Options struct {
	Quiet   time.Duration                       // the pause that ends a batch; 25 ms if 0
	Poll    time.Duration                       // interval of polling if there are no watches; 1 s if 0
	Polling bool                                // poll even if there are watches
	Ignore  func(path string, folder bool) bool // paths relative to the root, with slashes; ignored folders are not entered
}

// Batch is a set of changes.
type Batch struct {
	Paths  []string // relative to the root, with slashes, sorted, each once; folders that came or went too
	Rescan bool     // anything may have changed
}

// Watcher watches a folder until Close.
type Watcher struct {
	root    string
	opts    Options
	batches chan Batch
	changes chan change
	stop    chan struct{}
	done    sync.WaitGroup
	end     sync.Once

	mu     sync.Mutex
	reason error
}

// change is one path with something new, or with rescan all paths.
type change struct {
	path   string
	rescan bool
}

// New watches a folder and all below it. Changes that happen after New has
// returned are reported.
func New(root string, opts Options) (*Watcher, error) {
	return start(root, opts, newNotifier)
}

func start(root string, opts Options, open func() (notifier, error)) (*Watcher, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	if opts.Quiet == 0 {
		opts.Quiet = 25 * time.Millisecond
	}
	if opts.Poll == 0 {
		opts.Poll = time.Second
	}
	w := &Watcher{
		root:    root,
		opts:    opts,
		batches: make(chan Batch),
		changes: make(chan change),
		stop:    make(chan struct{}),
	}
	n := &native{w: w, folders: map[string]bool{}}
	if !opts.Polling {
		err = n.open(open)
	}
	switch {
	case opts.Polling, isExhausted(err):
		p, perr := newPoller(w)
		if perr != nil {
			return nil, perr
		}
		w.setReason(err)
		w.work(p.run)
	case err != nil:
		return nil, err
	default:
		w.work(n.run)
	}
	w.work(w.collect)
	return w, nil
}

// work runs a part of the watcher. If it panics the watch ends, and Reason
// returns the panic.
func (w *Watcher) work(run func()) {
	w.done.Go(func() {
		defer func() {
			if p := bug.Recovered(recover()); p != nil {
				w.setReason(p)
				w.end.Do(func() { close(w.stop) })
			}
		}()
		run()
	})
}

// Events is the channel of the batches. Close closes it.
func (w *Watcher) Events() <-chan Batch { return w.batches }

// Reason returns why the folder is polled instead of watched, or nil.
func (w *Watcher) Reason() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.reason
}

func (w *Watcher) setReason(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reason = err
}

// Close ends the watch and waits until all of its goroutines have ended.
func (w *Watcher) Close() error {
	w.end.Do(func() { close(w.stop) })
	w.done.Wait()
	return nil
}

// send sends a change to collect; it returns false after Close.
func (w *Watcher) send(c change) bool {
	select {
	case w.changes <- c:
		return true
	case <-w.stop:
		return false
	}
}

// collect combines changes into batches.
func (w *Watcher) collect() {
	defer close(w.batches)
	paths := map[string]bool{}
	rescan := false
	quiet := time.NewTimer(time.Hour)
	quiet.Stop()
	var oldest time.Time // time of the first change that is in no batch yet
	var ready chan<- Batch
	var batch Batch
	for {
		select {
		case <-w.stop:
			return
		case c := <-w.changes:
			if ready != nil || len(paths) == 0 && !rescan {
				oldest = time.Now()
			}
			if c.rescan {
				rescan = true
			} else {
				paths[c.path] = true
			}
			ready = nil
			quiet.Reset(max(0, min(w.opts.Quiet, time.Until(oldest.Add(10*w.opts.Quiet)))))
		case <-quiet.C:
			batch = Batch{Rescan: rescan}
			if !rescan {
				batch.Paths = slices.Sorted(maps.Keys(paths))
			}
			ready = w.batches
		case ready <- batch:
			clear(paths)
			rescan, ready = false, nil
		}
	}
}

// relative turns a path of the system into a path of a batch, relative to the
// root; ok is false for the root itself and for an ignored path.
func (w *Watcher) relative(path string, folder bool) (rel string, ok bool) {
	rel, err := filepath.Rel(w.root, path)
	if err != nil || rel == "." || !filepath.IsLocal(rel) {
		return "", false
	}
	rel = filepath.ToSlash(rel)
	if w.opts.Ignore == nil {
		return rel, true
	}
	// Events may name a path in an ignored folder, so ask about each folder
	// above it, from the top.
	for i := range len(rel) {
		if rel[i] == '/' && w.opts.Ignore(rel[:i], true) {
			return "", false
		}
	}
	return rel, !w.opts.Ignore(rel, folder)
}

// walk calls f for a folder, all folders below it and all files, except ignored
// ones. Files and folders that disappear during the walk are skipped.
func (w *Watcher) walk(top string, f func(path string, e fs.DirEntry) error) error {
	return filepath.WalkDir(top, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			if path == w.root {
				return err
			}
			return nil
		}
		if _, ok := w.relative(path, e.IsDir()); !ok && path != w.root {
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		return f(path, e)
	})
}
