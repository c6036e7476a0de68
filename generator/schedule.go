package generator

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"annals/generator/archive"
	"annals/generator/bug"
)

// waves groups agencies so that each is in a later group than all agencies below
// it. The list has every agency after the one above it. Nearly all agencies of an
// archive have no children and are in the first group.
func waves(agencies []*archive.Agency) [][]*archive.Agency {
	height := map[*archive.Agency]int{}
	top := 0
	for _, a := range slices.Backward(agencies) {
		top = max(top, height[a])
		if a.Parent != nil {
			height[a.Parent] = max(height[a.Parent], height[a]+1)
		}
	}
	list := make([][]*archive.Agency, top+1)
	for _, a := range agencies {
		list[height[a]] = append(list[height[a]], a)
	}
	return list
}

// eachSource runs work on all agencies, those below before those above.
func (l *Library) eachSource(ctx context.Context, work func(s *source) error) error {
	for _, wave := range waves(l.Agencies) {
		err := each(ctx, l.opt.workers(), wave, func(_ int, a *archive.Agency) error { return work(l.of(a)) })
		if err != nil {
			return err
		}
	}
	return nil
}

// batch is the number of consecutive items that a worker takes at a time.
const batch = 8

// each runs work on all items with the given number of workers and stops at the
// first error. Work runs in no fixed order, so it must store results at the
// item's index.
func each[T any](ctx context.Context, workers int, items []T, work func(i int, item T) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for start := 0; start < len(items); start += batch {
		end := min(start+batch, len(items))
		g.Go(func() (err error) {
			defer bug.Catch(&err)
			for i := start; i < end; i++ {
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := work(i, items[i]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}
