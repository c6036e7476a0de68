// Package session builds an archive after every save of a person who edits it.
//
// After a save BuildTouched checks and renders at once the agencies whose files
// have changed, and keeps their pages in memory (Ahead), over those of the
// output folder. BuildAll, an ordinary incremental build of the whole archive,
// then brings all other pages up to date. In a large archive that takes
// seconds, so it runs in a goroutine of its own (Begin, Finish) and
// BuildTouched need not wait for it. That is safe: a generator.Built does not
// change once it is made, BuildTouched writes only to memory, and the BuildAll
// writes only to the output folder.
package session

import (
	"context"
	"maps"
	"slices"
	"sync"

	"annals/generator"
)

// Session is an archive that is being edited. Its methods must not be called by
// several goroutines at once.
type Session struct {
	opt     generator.Options
	place   *generator.Place
	running *Run // that has begun and for which Finish has not returned; nil for none

	last    *generator.Built    // the archive as last built; nil before the first BuildAll
	saved   []string            // files that were saved since that BuildAll began
	ahead   map[string]pages    // by agency: its files that the output folder does not have yet
	held    map[string]struct{} // agencies that have changed, but are not shown while there are errors
	changed map[string]struct{} // files of the site that have changed since Changed was last called

	mu     sync.Mutex
	staged map[string]struct{} // files that the running BuildAll has made
}

// pages are files of the site.
type pages map[string][]byte

// New locks the output folder until Close.
func New(opt generator.Options) (*Session, error) {
	s := &Session{
		opt: opt, ahead: map[string]pages{}, held: map[string]struct{}{},
		changed: map[string]struct{}{}, staged: map[string]struct{}{},
	}
	var err error
	s.place, err = generator.OpenPlace(opt, "serve", s.stage)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Close ends a build that still runs and releases the output folder.
func (s *Session) Close() error {
	if s.running != nil {
		s.running.Cancel()
		<-s.running.done
	}
	return s.place.Close()
}

func (s *Session) stage(path string) {
	s.mu.Lock()
	s.staged[path] = struct{}{}
	s.mu.Unlock()
}

// Library returns the archive as it was last built, or nil. It does not change,
// and may be used by other goroutines.
func (s *Session) Library() *generator.Library {
	if s.last == nil {
		return nil
	}
	return s.last.Library
}

// Changed returns the paths of the files of the site whose bytes have changed
// since the last call, sorted.
func (s *Session) Changed() []string {
	list := slices.Sorted(maps.Keys(s.changed))
	clear(s.changed)
	return list
}

// Ahead returns, by path, the files of the site that are newer than those of
// the output folder. The map is the caller's; the bytes must not be changed.
func (s *Session) Ahead() map[string][]byte {
	all := map[string][]byte{}
	for _, list := range s.ahead {
		maps.Copy(all, list)
	}
	return all
}

// Run is a BuildAll that runs beside the session.
type Run struct {
	cancel context.CancelFunc
	done   chan struct{}
	saved  int // how many of the paths in Session.saved were saved before it began

	built *generator.Built
	res   *generator.Result
	err   error
}

// Done is closed when the run has ended and Finish will not wait.
func (r *Run) Done() <-chan struct{} { return r.done }

// Cancel makes the run end soon, with the context's error.
func (r *Run) Cancel() { r.cancel() }

// BuildAll brings the whole site up to date.
func (s *Session) BuildAll(ctx context.Context) (*generator.Result, error) {
	s.Begin(ctx)
	res, _, err := s.Finish()
	return res, err
}

// Begin starts a BuildAll. No other may be running. It leaves one processor
// free for the browser and for BuildTouched.
func (s *Session) Begin(ctx context.Context) *Run {
	r := &Run{done: make(chan struct{}), saved: len(s.saved)}
	opt := s.opt
	if s.last != nil {
		opt = opt.LeavingOne()
	}
	ctx, r.cancel = context.WithCancel(ctx)
	clear(s.staged)
	s.running = r
	go func() {
		defer close(r.done)
		defer r.cancel()
		r.built, r.res, r.err = generator.Run(ctx, opt, s.place)
	}()
	return r
}

// Finish waits for the BuildAll that has begun. It then applies BuildTouched to
// the files that were saved after the BuildAll began, so that no page falls
// back to its state at that time. It returns false where BuildTouched cannot do
// this and another BuildAll has to follow. After an error the session is
// unchanged.
func (s *Session) Finish() (*generator.Result, bool, error) {
	r := s.running
	<-r.done
	s.running = nil
	if r.err != nil {
		return nil, false, r.err
	}
	before := s.Ahead()
	s.saved = slices.Clone(s.saved[r.saved:])
	s.last = r.built
	if r.res.Published {
		s.place.Store.Next()
		clear(s.ahead)
		clear(s.held)
		for name := range s.staged {
			s.changed[name] = struct{}{}
		}
	}
	res, ok, err := s.buildTouched(s.saved)
	if err != nil {
		return nil, false, err
	}
	if ok {
		r.res.Diagnostics, r.res.Published = res.Diagnostics, r.res.Published && res.Published
	}
	if r.res.Published {
		s.compare(before)
	}
	return r.res, ok || len(s.saved) == 0, nil
}
