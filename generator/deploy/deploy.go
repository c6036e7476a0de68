// Package deploy publishes a built site: to a bucket or a folder (package store), or
// as zips that somebody else unpacks (package parcel).
//
// The rules are:
//
//   - What is to be done follows from two manifests, that of the site and that of the
//     last deployment, which lies beside it; nothing is ever listed. If they are the
//     same, one request is all.
//   - What a file refers to is there before it: assets, data, pages, and then the
//     manifest. What the site no longer has goes last, after a time of grace, so that
//     whoever has an old page open still finds what it needs.
//   - An object that was put is read again; a success that is only said does not count.
//     What the run began to write is on record before it writes, so that the next run
//     completes what was interrupted at any request, and forgets nothing of it.
//   - Nothing is removed or replaced that no deployment wrote.
//   - One run at a time: a lock, and conditions on the state, where the store heeds
//     them. Where it does not, that is said.
//   - The last deployments can be brought back: what their files held and is replaced
//     is copied first.
//   - Purge removes all that is not of the site as it is now, with all copies; bytes
//     that were purged are never put again.
//
// A store's answers are not trusted: see package store. A path in a manifest that no
// site can have makes it invalid.
package deploy

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"annals/generator/deploy/store"
)

// Deployer deploys to one target.
type Deployer struct {
	Store   store.Store
	Workers int           // requests at a time
	Keep    int           // earlier deployments that can be brought back
	Grace   time.Duration // for which files stay that the site no longer has

	Owner string                  // of the lock: a word that no other run has
	Dead  func(owner string) bool // whether the run that had a lock is known to have ended

	MaxDeletes int  // files that the site may lose at once; negative for the usual limit
	Adopt      bool // files that no deployment wrote may be replaced
	BreakLock  bool // a lock is taken over at once
	DryRun     bool // nothing is written

	Now   func() time.Time
	Pause func(ctx context.Context, d time.Duration) error // before something is tried again
	Beat  func(ctx context.Context, d time.Duration) error // until the lock is written again

	// Record is called before a purge removes anything, once it is known to be one;
	// it may be nil.
	Record func() error

	// Warn is told what somebody should know; key is a word for it.
	Warn func(key string, args ...any)
	// Progress is told how far a phase is. It is called by several goroutines at a time.
	Progress func(phase string, done, total int)
}

// Report is what a run did, or with DryRun would do.
type Report struct {
	Number    int // of the deployment; that in place, if nothing is new
	Unchanged bool
	Put       []string // sorted
	Going     []string // files that the site no longer has; they stay until the time of grace is over
	Removed   []string // files that were removed
	Files     []string // all files of the site
	Kept      []Deployment
}

// TooManyError says that the site would lose more files than the limit allows.
type TooManyError struct{ Gone, Files, Limit int }

func (e *TooManyError) Error() string {
	return fmt.Sprintf("%d of %d files would be removed, the limit is %d", e.Gone, e.Files, e.Limit)
}

// ForeignError says that a file stands in the way that no deployment wrote.
type ForeignError struct{ Path string }

func (e *ForeignError) Error() string {
	return e.Path + " is there already, and no deployment wrote it"
}

// PurgedError says that a site has bytes that were purged.
type PurgedError struct{ Path string }

func (e *PurgedError) Error() string { return e.Path + " holds what was purged" }

// usualLimit is how many files a site may lose at once: a fifth, and at most 256.
func usualLimit(files int) int { return min(files/5, 256) }

// job is what a run is for.
type job struct {
	site     func(ctx context.Context, r *run) (*Site, error)
	purge    []string // paths; none for no purge
	rollback bool
}

// run is one run of a Deployer.
type run struct {
	*Deployer
	requests
	job job

	state  *state
	tag    string // of the state; "" if there is none
	saved  []byte // the state as it was read or written last
	purges bool   // this run, or one that it completes, is a purge
	site   *Site
	of     int // the deployment that site was; 0 if it is none
}

// Deploy puts a site in place.
func (d *Deployer) Deploy(ctx context.Context, site *Site) (*Report, error) {
	return d.run(ctx, job{site: func(context.Context, *run) (*Site, error) { return site, nil }})
}

func (d *Deployer) run(ctx context.Context, j job) (*Report, error) {
	r := &run{Deployer: d, job: j}
	r.requests = requests{store: d.Store, pause: d.Pause, ignored: func() { d.Warn("conditions") }}
	if err := r.load(ctx); err != nil {
		return nil, err
	}
	if len(r.job.purge) == 0 && r.state.holds(r.site.Tree.Digest(), r.Now().Add(-r.Grace)) {
		return &Report{Number: r.state.newest(), Unchanged: true, Kept: r.state.Deployed}, nil
	}
	if d.DryRun {
		p, err := r.plan(ctx)
		if err != nil {
			return nil, err
		}
		return p.report(r), nil
	}
	ctx, release, err := r.hold(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	report, err := r.deploy(ctx)
	if lost := context.Cause(ctx); err != nil && lost != nil {
		err = lost
	}
	return report, err
}

// load reads the state of the target and the site that it is to have.
func (r *run) load(ctx context.Context) error {
	if err := r.loadState(ctx); err != nil {
		return err
	}
	var err error
	r.purges = len(r.job.purge) > 0 || r.state.Purging
	if r.site, err = r.job.site(ctx, r); err != nil {
		return err
	}
	for _, f := range r.site.Tree {
		if slices.Contains(r.state.Purged, f.Sum) {
			return &PurgedError{f.Path}
		}
	}
	return nil
}

// loadState reads the state. One that the store has damaged while it was written is
// replaced by the one before: a run goes on only when what it wrote reads right.
func (r *run) loadState(ctx context.Context) error {
	r.state, r.tag, r.saved = &state{}, "", nil
	data, tag, err := r.get(ctx, stateKey, maxState)
	if errors.Is(err, store.ErrMissing) {
		return nil
	}
	if err != nil {
		return err
	}
	r.tag = tag
	s, damaged := parseState(data)
	if damaged != nil {
		data, _, err = r.get(ctx, stateBefore, maxState)
		if errors.Is(err, store.ErrMissing) {
			return nil // it was the first that was ever written, before all else
		}
		if err != nil {
			return err
		}
		if s, err = parseState(data); err != nil {
			return err
		}
	}
	r.state, r.saved = s, data
	return nil
}

// save writes the state, unless another run has, after keeping the one before.
func (r *run) save(ctx context.Context) error {
	condition, o := store.Condition(r.tag), r.state.object()
	if r.tag == "" {
		condition = store.Absent
	}
	if r.saved != nil {
		before := o
		before.Data = r.saved
		if _, err := r.put(ctx, stateBefore, before, ""); err != nil {
			return err
		}
	}
	tag, err := r.put(ctx, stateKey, o, condition)
	if errors.Is(err, store.ErrConflict) {
		return ErrLost
	}
	if err == nil {
		r.tag, r.saved = tag, o.Data
	}
	return err
}

// tree reads a manifest.
func (r *run) tree(ctx context.Context, digest Sum) (Tree, error) {
	if r.site != nil && digest == r.site.Tree.Digest() {
		return r.site.Tree, nil
	}
	data, _, err := r.get(ctx, trees+digest.String(), maxState)
	if err != nil {
		return nil, err
	}
	if sha256.Sum256(data) != digest {
		return nil, ErrDamaged
	}
	return ParseTree(data)
}

// deploy does the work while the lock is held.
func (r *run) deploy(ctx context.Context) (*Report, error) {
	if err := r.load(ctx); err != nil { // it may have changed before the lock was taken
		return nil, err
	}
	p, err := r.plan(ctx)
	if err != nil {
		return nil, err
	}
	if len(r.job.purge) > 0 && r.Record != nil {
		if err := r.Record(); err != nil {
			return nil, err
		}
	}
	if err := r.Store.Tidy(ctx); err != nil {
		return nil, err
	}
	digest := r.site.Tree.Digest()
	s := r.state
	s.Clean = false
	if !slices.Contains(s.Begun, digest) {
		s.Begun = append(s.Begun, digest)
	}
	s.Drop = slices.DeleteFunc(s.Drop, func(d Sum) bool { return d == digest })
	if s.Copies == nil {
		s.Copies = map[Sum]int{}
	}
	for _, c := range p.copy {
		s.Copies[c.sum] = max(s.Copies[c.sum], c.last)
	}
	s.Purged, s.Purging = append(s.Purged, p.purged...), r.purges
	for _, path := range r.job.purge {
		if asked := Sum(sha256.Sum256([]byte(path))); !slices.Contains(s.Asked, asked) {
			s.Asked = append(s.Asked, asked)
		}
	}
	if err := r.save(ctx); err != nil {
		return nil, err
	}
	if _, err := r.put(ctx, trees+digest.String(), store.Object{Data: r.site.Tree.Bytes(), Type: "text/plain; charset=utf-8", Cache: "no-store"}, ""); err != nil {
		return nil, err
	}
	if err := r.copyAll(ctx, p.copy); err != nil {
		return nil, err
	}
	if err := r.putAll(ctx, p); err != nil {
		return nil, err
	}
	r.complete(p, digest)
	if err := r.save(ctx); err != nil {
		return nil, err
	}
	report := p.report(r)
	report.Number = s.newest()
	report.Removed, err = r.clean(ctx, p)
	if err != nil {
		return nil, err
	}
	report.Going, report.Kept = nil, s.Deployed
	for _, g := range s.Gone {
		report.Going = append(report.Going, g.Path)
	}
	return report, nil
}

// complete changes the state to that of a deployment which is in place.
func (r *run) complete(p *plan, digest Sum) {
	s := r.state
	d := Deployment{Number: s.newest() + 1, Tree: digest, Time: r.Now().UTC().Truncate(time.Second), Files: len(r.site.Tree), Of: r.of}
	if len(s.Deployed) > 0 && s.Deployed[0].Tree == digest { // only its state is new
		d = s.Deployed[0]
		s.Deployed = s.Deployed[1:]
	}
	keep := r.Keep
	if r.purges {
		keep = 0
	}
	drop := slices.Clone(s.Begun)
	kept, dropped := s.with(d, keep)
	for _, d := range dropped {
		drop = append(drop, d.Tree)
	}
	s.Deployed, s.Begun = kept, nil
	for _, t := range drop {
		if !slices.Contains(s.Drop, t) && !slices.ContainsFunc(s.Deployed, func(d Deployment) bool { return d.Tree == t }) {
			s.Drop = append(s.Drop, t)
		}
	}
	s.Gone, s.Headers = p.gone, headers
	s.Clean = !r.purges && len(s.Drop) == 0 && len(r.dueCopies()) == 0 && len(r.dueFiles()) == 0
}
