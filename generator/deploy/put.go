package deploy

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"annals/generator/deploy/store"
)

// ErrChanged says that the site was changed while it was deployed.
var ErrChanged = errors.New("the site was changed while it was deployed")

// The names of the phases, for Progress.
var phaseNames = [phases]string{"assets", "data", "index", "pages", "proof"}

// counter returns a function that counts what is done of a phase.
func (r *run) counter(phase string, total int) func() {
	var done atomic.Int64
	if total > 0 {
		r.Progress(phase, 0, total)
	}
	return func() { r.Progress(phase, int(done.Add(1)), total) }
}

// copyAll copies what is to be replaced or removed. A file that somebody else has
// changed cannot be brought back.
func (r *run) copyAll(ctx context.Context, list []saved) error {
	list = slices.DeleteFunc(slices.Clone(list), func(c saved) bool { return c.done })
	count := r.counter("copies", len(list))
	var mu sync.Mutex
	return each(ctx, r.Workers, list, func(ctx context.Context, c saved) error {
		defer count()
		key := copies + c.sum.String()
		holds, data, err := r.has(ctx, c.path, c.size, c.sum)
		if err != nil {
			return err
		}
		if holds {
			_, err = r.put(ctx, key, store.Object{Data: data, Type: "application/octet-stream", Cache: "no-store", Save: true}, "")
			return err
		}
		if holds, _, err = r.has(ctx, key, c.size, c.sum); err == nil && !holds {
			r.Warn("altered", c.path)
			mu.Lock()
			defer mu.Unlock()
			delete(r.state.Copies, c.sum)
		}
		return err
	})
}

// putAll puts files, phase by phase.
func (r *run) putAll(ctx context.Context, p *plan) error {
	for phase, steps := range inOrder(p.put) {
		total := 0
		for _, files := range steps {
			total += len(files)
		}
		count := r.counter(phaseNames[phase], total)
		for _, files := range steps {
			err := each(ctx, r.Workers, files, func(ctx context.Context, f File) error {
				defer count()
				return r.putFile(ctx, f, p.known[f.Path])
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// putFile puts a file of the site where there may be something.
func (r *run) putFile(ctx context.Context, f File, t *there) error {
	condition := store.Condition("")
	if t == nil && !r.Adopt {
		condition = store.Absent
	}
	if t != nil && !t.sure && r.state.Headers == headers || condition == store.Absent && r.plain.Load() {
		holds, data, err := r.has(ctx, f.Path, f.Size, f.Sum)
		switch {
		case err != nil:
			return err
		case holds:
			return nil
		case t == nil && data != nil:
			return &ForeignError{f.Path}
		}
	}
	data, err := r.site.Read(f.Path)
	if err != nil {
		return err
	}
	if sha256.Sum256(data) != f.Sum {
		return ErrChanged
	}
	_, err = r.put(ctx, f.Path, object(f.Path, data), condition)
	if errors.Is(err, store.ErrConflict) {
		return &ForeignError{f.Path}
	}
	return err
}

// dueFiles and dueCopies list what is to be removed now.
func (r *run) dueFiles() (list []gone) {
	then := r.Now().Add(-r.Grace)
	for _, g := range r.state.Gone {
		if r.state.due(g, then) {
			list = append(list, g)
		}
	}
	return list
}

func (r *run) dueCopies() (list []Sum) {
	for sum, last := range r.state.Copies {
		if last < r.state.oldest() {
			list = append(list, sum)
		}
	}
	return list
}

// clean removes what is due, pages before what they refer to. It returns the files of
// the site that it removed.
func (r *run) clean(ctx context.Context, p *plan) (removed []string, err error) {
	if r.state.Clean {
		return nil, nil
	}
	files, old, s := r.dueFiles(), r.dueCopies(), r.state
	count := r.counter("removing", len(files)+len(old)+len(s.Drop))
	remove := func(key string) error {
		defer count()
		return r.remove(ctx, key)
	}
	if err := each(ctx, r.Workers, old, func(_ context.Context, sum Sum) error { return remove(copies + sum.String()) }); err != nil {
		return nil, err
	}
	if err := each(ctx, r.Workers, s.Drop, func(_ context.Context, t Sum) error { return remove(trees + t.String()) }); err != nil {
		return nil, err
	}
	for phase := phases - 1; phase >= 0; phase-- {
		err := each(ctx, r.Workers, files, func(ctx context.Context, g gone) error {
			if phaseOf(g.Path) != phase {
				return nil
			}
			holds, data, err := r.has(ctx, g.Path, g.Size, g.Sums...)
			if err == nil && !holds && data != nil {
				r.Warn("left", g.Path)
			} else if err == nil && holds {
				err = remove(g.Path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	for _, sum := range old {
		delete(s.Copies, sum)
	}
	for _, g := range files {
		removed = append(removed, g.Path)
	}
	s.Gone = slices.DeleteFunc(s.Gone, func(g gone) bool { return slices.Contains(removed, g.Path) })
	s.Drop, s.Clean = nil, true
	if s.Purging {
		// Twice, so that the state before does not name what is gone either; then what
		// the store keeps of both.
		for _, step := range []func() error{func() error { return r.save(ctx) }, func() error { return r.save(ctx) }, func() error { return r.forget(ctx, p) }} {
			if err := step(); err != nil {
				return nil, err
			}
		}
		s.Purging = false
	}
	return removed, r.save(ctx)
}
