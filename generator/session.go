package generator

import (
	"context"
	"path/filepath"
	"slices"
	"sync"

	"annals/generator/cache"
	"annals/generator/output"
)

// Session builds an archive again and again, for one who edits it.
//
// After a save Quick checks and renders at once the agencies whose files have
// changed, and keeps their pages in memory (Fresh), over those of the output
// folder. Whatever else a change may touch, Full makes right afterwards: it is
// an ordinary incremental build of the whole archive. A Full of a large
// archive takes seconds, so it runs beside the session (Begin, Finish) and
// Quick does not wait for it: neither touches what the other has in hand.
//
// The methods are for one goroutine.
type Session struct {
	opt   Options
	dir   *output.Dir
	store *cache.Store
	run   *Run // that has begun and is not finished

	last    *build              // what the last Full knew, brought up to date by Quick; nil before the first
	told    []string            // files that have changed since that Full began
	fresh   map[string]pages    // by agency: its files, which the output folder does not have yet
	hidden  map[string]struct{} // agencies that have changed, but are not shown while there are errors
	changed map[string]struct{} // files of the site that are others than Changed has told

	mu     sync.Mutex
	staged map[string]struct{} // by the Full that runs
}

// pages are files of the site.
type pages map[string][]byte

// NewSession locks the output folder until Close.
func NewSession(opt Options) (*Session, error) {
	s := &Session{
		opt: opt, fresh: map[string]pages{}, hidden: map[string]struct{}{},
		changed: map[string]struct{}{}, staged: map[string]struct{}{},
	}
	var err error
	s.dir, err = output.Open(output.Options{
		Dir: opt.Out, State: filepath.Join(opt.Dir, stateFolder), Wait: lockWait, Holder: "serve", First: assetFolders, Staged: s.stage,
	})
	if err != nil {
		return nil, err
	}
	s.store = cache.Open(filepath.Join(opt.Dir, stateFolder))
	return s, nil
}

// Close ends a build that still runs and releases the output folder.
func (s *Session) Close() error {
	if s.run != nil {
		s.run.Cancel()
		<-s.run.done
	}
	err := s.store.Close()
	if e := s.dir.Close(); e != nil {
		err = e
	}
	return err
}

func (s *Session) stage(path string) {
	s.mu.Lock()
	s.staged[path] = struct{}{}
	s.mu.Unlock()
}

// Changed returns the files of the site that became others since the last
// call, sorted.
func (s *Session) Changed() []string {
	list := make([]string, 0, len(s.changed))
	for name := range s.changed {
		list = append(list, name)
	}
	clear(s.changed)
	slices.Sort(list)
	return list
}

// Fresh returns the files of the site that stand in place of those of the
// output folder. It is the caller's; the bytes are not to be changed.
func (s *Session) Fresh() map[string][]byte {
	all := map[string][]byte{}
	for _, list := range s.fresh {
		for name, data := range list {
			all[name] = data
		}
	}
	return all
}

// Run is a Full that runs beside the session.
type Run struct {
	cancel context.CancelFunc
	done   chan struct{}
	told   int // how many of Session.told it is sure to have read

	build *build
	res   *Result
	err   error
}

// Done is closed when the run has ended and Finish will not wait.
func (r *Run) Done() <-chan struct{} { return r.done }

// Cancel makes the run end soon, with the context's error.
func (r *Run) Cancel() { r.cancel() }

// Full brings the whole site up to date.
func (s *Session) Full(ctx context.Context) (*Result, error) {
	s.Begin(ctx)
	res, _, err := s.Finish()
	return res, err
}

// Begin starts a Full. There must be no other. While somebody looks at the
// site one processor is left to the browser and to Quick.
func (s *Session) Begin(ctx context.Context) *Run {
	r := &Run{done: make(chan struct{}), told: len(s.told)}
	opt := s.opt
	if s.last != nil {
		opt.Workers = max(1, opt.workers()-1)
	}
	ctx, r.cancel = context.WithCancel(ctx)
	clear(s.staged)
	s.run = r
	go func() {
		defer close(r.done)
		defer r.cancel()
		r.build, r.res, r.err = run(ctx, opt, s.dir, s.store)
	}()
	return r
}

// Finish waits for the Full that has begun. What changed meanwhile it takes
// the quick way once more, over what the Full has found, so that nobody sees
// a page go back to what it was when the Full began; it returns false where
// that cannot be done and another Full has to follow. After an error the
// session is as it was.
func (s *Session) Finish() (*Result, bool, error) {
	r := s.run
	<-r.done
	s.run = nil
	if r.err != nil {
		return nil, false, r.err
	}
	before := s.Fresh()
	s.told = slices.Clone(s.told[r.told:])
	s.last = r.build
	if r.res.Published {
		s.store.Next()
		clear(s.fresh)
		clear(s.hidden)
		for name := range s.staged {
			s.changed[name] = struct{}{}
		}
	}
	res, ok, err := s.quick(s.told)
	if err != nil {
		return nil, false, err
	}
	if ok {
		r.res.Diagnostics, r.res.Published = res.Diagnostics, r.res.Published && res.Published
	}
	if r.res.Published {
		s.compare(before)
	}
	return r.res, ok || len(s.told) == 0, nil
}
