package deploy

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"annals/generator/bug"
	"annals/generator/deploy/store"
)

// requests makes the requests of a run: it repeats what may pass, and believes of
// what it wrote only what it has read again.
type requests struct {
	store store.Store
	pause func(ctx context.Context, d time.Duration) error

	plain   atomic.Bool // the store knows no conditions
	ignored func()      // called when that is found out
}

// UnverifiedError says that an object was put and what is read is something else.
type UnverifiedError struct{ Key string }

func (e *UnverifiedError) Error() string {
	return fmt.Sprintf("put %s: the store holds other bytes than it was sent", e.Key)
}

// tries is how often a request is made before it has failed; the pauses between
// are half a second, then twice the last.
const tries = 5

const firstPause = 500 * time.Millisecond

// again repeats what fails in passing.
func (r *requests) again(ctx context.Context, do func() error) error {
	return r.repeat(ctx, do, func(err error) bool {
		var refused *store.Error
		return errors.As(err, &refused) && refused.Passing()
	})
}

// verified repeats what turns out to be something else than was sent.
func (r *requests) verified(ctx context.Context, do func() error) error {
	return r.repeat(ctx, do, func(err error) bool { return errors.As(err, new(*UnverifiedError)) })
}

func (r *requests) repeat(ctx context.Context, do func() error, passing func(error) bool) error {
	wait := firstPause
	for n := 1; ; n++ {
		err := do()
		if err == nil || !passing(err) || n == tries || ctx.Err() != nil {
			return err
		}
		if err := r.pause(ctx, wait); err != nil {
			return err
		}
		wait *= 2
	}
}

func (r *requests) get(ctx context.Context, key string, limit int64) (data []byte, tag string, err error) {
	err = r.again(ctx, func() (err error) {
		data, tag, err = r.store.Get(ctx, key, limit)
		return err
	})
	return data, tag, err
}

// has reports whether an object holds exactly the bytes of one of some hashes, which
// are at most size.
func (r *requests) has(ctx context.Context, key string, size int64, sums ...Sum) (holds bool, data []byte, err error) {
	data, _, err = r.get(ctx, key, size)
	if errors.Is(err, store.ErrMissing) {
		return false, nil, nil
	}
	return slices.Contains(sums, sha256.Sum256(data)), data, err
}

// errPlain says that a lock was not put because the store refuses its condition.
var errPlain = errors.New("the store knows no conditions")

// put stores an object and reads it again. A store that refuses conditions gets the
// object without, as long as it is not the lock.
func (r *requests) put(ctx context.Context, key string, o store.Object, c store.Condition) (tag string, err error) {
	want := sha256.Sum256(o.Data)
	err = r.verified(ctx, func() error {
		put := r.again(ctx, func() error { return r.putOnce(ctx, key, o, c) })
		conflict := errors.Is(put, store.ErrConflict)
		if put != nil && !conflict {
			return put
		}
		// A conflict may be of this very request: its answer was lost, and it was sent again.
		data, now, err := r.get(ctx, key, int64(len(o.Data)))
		switch {
		case err == nil && sha256.Sum256(data) == want:
			tag = now
			return nil
		case err != nil && !errors.Is(err, store.ErrMissing):
			return err
		case conflict && (err == nil || key == lockKey):
			return put
		case conflict: // it is there and it is not, as some stores say of what was removed from a bucket with versions
			c = ""
		}
		if c != "" { // what the store made of it is to be replaced, and nothing else
			if c = store.Condition(now); err != nil {
				c = store.Absent
			}
		}
		return &UnverifiedError{key}
	})
	return tag, err
}

func (r *requests) putOnce(ctx context.Context, key string, o store.Object, c store.Condition) error {
	if r.plain.Load() {
		c = ""
	}
	_, err := r.store.Put(ctx, key, o, c)
	if c == "" || !r.refusesConditions(ctx, err) {
		return err
	}
	if key == lockKey {
		return errPlain // somebody else's would be overwritten
	}
	_, err = r.store.Put(ctx, key, o, "")
	return err
}

// refusesConditions finds out whether a request failed because of its condition: the
// same without one goes through.
func (r *requests) refusesConditions(ctx context.Context, err error) bool {
	refused := new(store.Error)
	if !errors.As(err, &refused) || refused.Status < 400 || refused.Passing() && refused.Status != 501 {
		return false
	}
	if _, err := r.store.Put(ctx, probeKey, store.Object{Type: "text/plain"}, ""); err != nil {
		return false
	}
	r.withoutConditions()
	return r.store.Delete(ctx, probeKey) == nil
}

// withoutConditions notes that the store knows no conditions.
func (r *requests) withoutConditions() {
	if !r.plain.Swap(true) {
		r.ignored()
	}
}

// remove deletes an object and looks whether it is gone.
func (r *requests) remove(ctx context.Context, key string) error {
	return r.verified(ctx, func() error {
		if err := r.again(ctx, func() error { return r.store.Delete(ctx, key) }); err != nil {
			return err
		}
		_, _, err := r.get(ctx, key, 0)
		switch {
		case err == nil:
			return &UnverifiedError{key}
		case errors.Is(err, store.ErrMissing):
			return nil
		}
		return err
	})
}

// each works through items with many workers, until the first error.
func each[T any](ctx context.Context, workers int, items []T, work func(ctx context.Context, item T) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for _, item := range items {
		if ctx.Err() != nil {
			break
		}
		g.Go(func() (err error) {
			defer bug.Catch(&err)
			if err := ctx.Err(); err != nil {
				return err
			}
			return work(ctx, item)
		})
	}
	return g.Wait()
}
