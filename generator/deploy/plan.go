package deploy

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"annals/generator/deploy/store"
	"annals/generator/sitemap"
)

// plan is what a run is to do.
type plan struct {
	known map[string]*there // by path: what may be there of earlier runs
	put   []File
	copy  []saved
	gone  []gone

	purged []Sum // hashes of what is purged
}

// there is what a path of the target may hold.
type there struct {
	sums []Sum
	size int64 // at most
	sure bool  // exactly the first of them
	last int   // the newest deployment that has it; 0 for none
	gone *gone
	here bool // it is of the deployment in place
}

func (t *there) may(f File) {
	if !slices.Contains(t.sums, f.Sum) {
		t.sums, t.sure = append(t.sums, f.Sum), false
	}
	t.size = max(t.size, f.Size)
}

// saved is a file whose bytes are copied before it changes or goes.
type saved struct {
	path string
	sum  Sum
	size int64 // at most
	last int   // the newest deployment that has it
	done bool  // the copy is there already
}

// stays reports whether a file is never replaced by another of its name, so that it
// can be brought back by leaving it where it is.
func stays(path string) bool { return sitemap.Hashed(path) }

// plan compares the site with what is there. Nothing is written.
func (r *run) plan(ctx context.Context) (*plan, error) {
	p := &plan{known: map[string]*there{}}
	current, err := r.knows(ctx, p)
	if err != nil {
		return nil, err
	}
	for _, f := range r.site.Tree {
		if t := p.known[f.Path]; t == nil || !t.sure || t.sums[0] != f.Sum || r.state.Headers != headers {
			p.put = append(p.put, f)
		}
	}
	if !r.job.rollback { // what is brought back has been there before
		if err := r.site.Tree.Guard(current, r.MaxDeletes); err != nil {
			return nil, err
		}
	}
	if err := r.inTheWay(ctx); err != nil {
		return nil, err
	}
	if len(r.job.purge) > 0 {
		if err := r.purging(ctx, p); err != nil {
			return nil, err
		}
	}
	if r.job.rollback {
		if err := r.canRead(p); err != nil {
			return nil, err
		}
	}
	r.goes(p)
	if !r.purges && r.Keep > 0 {
		r.copies(p, current)
	}
	return p, nil
}

// knows collects what may be there, and returns the tree in place.
func (r *run) knows(ctx context.Context, p *plan) (current Tree, err error) {
	s := r.state
	at := func(path string) *there {
		t := p.known[path]
		if t == nil {
			t = &there{}
			p.known[path] = t
		}
		return t
	}
	for i := range s.Gone {
		g := &s.Gone[i]
		*at(g.Path) = there{sums: g.Sums, size: g.Size, sure: s.Clean && len(g.Sums) == 1, last: g.Last, gone: g}
	}
	if len(s.Deployed) > 0 {
		if current, err = r.tree(ctx, s.Deployed[0].Tree); err != nil && !r.Adopt {
			return nil, err
		}
		for _, f := range current {
			t := at(f.Path)
			t.sure = len(t.sums) == 0
			t.sums, t.size, t.last, t.here = append([]Sum{f.Sum}, t.sums...), max(t.size, f.Size), s.newest(), true
		}
	}
	for _, digest := range s.Begun {
		tree, err := r.tree(ctx, digest)
		if errors.Is(err, store.ErrMissing) || errors.Is(err, ErrDamaged) {
			continue // no run puts a file before its tree reads right
		}
		if err != nil {
			return nil, err
		}
		for _, f := range tree {
			at(f.Path).may(f)
		}
	}
	return current, nil
}

// Guard refuses to remove many files at once from a site that was: more likely than
// not the wrong site is deployed. A negative limit is the usual one.
func (t Tree) Guard(was Tree, limit int) error {
	if limit < 0 {
		limit = usualLimit(len(was))
	}
	lost := 0
	for _, f := range was {
		if _, has := t.Find(f.Path); !has && !stays(f.Path) {
			lost++
		}
	}
	if lost > limit {
		return &TooManyError{lost, len(was), limit}
	}
	return nil
}

// inTheWay looks, before the first deployment, whether another site is there already.
// putFile looks again, at each file.
func (r *run) inTheWay(ctx context.Context) error {
	if len(r.state.Deployed)+len(r.state.Begun) > 0 || r.Adopt {
		return nil
	}
	for _, f := range r.site.Tree {
		if strings.Contains(f.Path, "/") {
			continue
		}
		if same, data, err := r.has(ctx, f.Path, f.Size, f.Sum); err != nil {
			return err
		} else if data != nil && !same {
			return &ForeignError{f.Path}
		}
	}
	return nil
}

// goes lists what will be there and is not of the site.
func (r *run) goes(p *plan) {
	for path, t := range p.known {
		if _, has := r.site.Tree.Find(path); has {
			continue
		}
		g := gone{Path: path, Sums: t.sums, Size: t.size, Since: r.Now().UTC().Truncate(time.Second), Last: t.last}
		if t.gone != nil && !t.here {
			g.Since = t.gone.Since
		}
		if r.purges {
			g.Since, g.Last = time.Time{}, 0 // at once
		}
		p.gone = append(p.gone, g)
	}
	slices.SortFunc(p.gone, func(a, b gone) int { return strings.Compare(a.Path, b.Path) })
}

// copies lists what is copied: what is replaced, and what is removed at the end of
// the run, as long as a deployment that is kept has it.
func (r *run) copies(p *plan, current Tree) {
	kept, _ := r.state.with(Deployment{Tree: r.site.Tree.Digest()}, r.Keep)
	oldest := kept[len(kept)-1].Number
	add := func(path string, sum Sum, size int64, last int) {
		had, ok := r.state.Copies[sum]
		p.copy = append(p.copy, saved{path, sum, size, last, ok && had >= r.state.oldest() && len(r.state.Begun) == 0})
	}
	for _, f := range current {
		if sum, has := r.site.Tree.Find(f.Path); has && sum != f.Sum {
			add(f.Path, f.Sum, f.Size, r.state.newest())
		}
	}
	then := r.Now().Add(-r.Grace)
	for _, g := range p.gone {
		if !stays(g.Path) && !g.Since.After(then) && g.Last >= oldest && len(g.Sums) == 1 {
			add(g.Path, g.Sums[0], g.Size, g.Last)
		}
	}
}

// report says what the plan is to do.
func (p *plan) report(r *run) *Report {
	report := &Report{Number: r.state.newest() + 1, Kept: r.state.Deployed}
	for _, f := range r.site.Tree {
		report.Files = append(report.Files, f.Path)
	}
	for _, f := range p.put {
		report.Put = append(report.Put, f.Path)
	}
	for _, g := range p.gone {
		report.Going = append(report.Going, g.Path)
	}
	return report
}
