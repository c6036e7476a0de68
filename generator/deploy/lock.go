package deploy

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"annals/generator/bug"
	"annals/generator/deploy/store"
)

// A lock is an object that one run puts and removes. It says who holds it, and the
// holder writes it anew all the time. So no clock decides whether a lock is stale: a
// run that waits sees whether the object changes. A lock that does not is of a run
// that was killed, and is taken over; so is one of this archive's own last run, whose
// end the system itself shows (Deployer.Dead).
type lock struct {
	Owner string `json:"owner"`
	Beat  int    `json:"beat"`
}

const (
	beatEvery = 10 * time.Second
	lookEvery = 5 * time.Second
	patience  = 12 // looks at a lock that does not change before it is taken over
)

// ErrBusy says that another run is deploying to the target. ErrLost says that another
// run has taken the lock over, because this one stood still.
var (
	ErrBusy = errors.New("another deployment to the target is running")
	ErrLost = errors.New("another deployment has taken over")
)

func (l lock) object() store.Object {
	data, _ := json.Marshal(l) // cannot fail: a text and a number
	return store.Object{Data: data, Type: "application/json", Cache: "no-store"}
}

// hold takes the lock. The context that it returns is cancelled when the lock is
// lost; release gives the lock back.
func (r *run) hold(ctx context.Context) (held context.Context, release func(), err error) {
	mine := lock{Owner: r.Owner}
	tag, err := r.take(ctx, mine)
	if err != nil {
		return nil, nil, err
	}
	held, lose := context.WithCancelCause(ctx)
	beating, stop := context.WithCancel(held)
	var beats bug.Group
	beats.Go(func() {
		for r.Beat(beating, beatEvery) == nil {
			mine.Beat++
			next, err := r.put(beating, lockKey, mine.object(), store.Condition(tag))
			switch {
			case beating.Err() != nil:
				return
			case errors.Is(err, store.ErrConflict):
				lose(ErrLost)
				return
			case err == nil:
				tag = next
			} // any other error also meets the requests of the run itself
		}
	})
	return held, func() {
		stop()
		beats.Wait()
		lose(nil)
		// The run may have been interrupted; the lock goes all the same.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), beatEvery)
		defer cancel()
		if held, _, err := r.look(ctx); err == nil && held.Owner == r.Owner {
			r.store.Delete(ctx, lockKey) // what is left of it, the next run takes over
		}
	}, nil
}

// look reads the lock.
func (r *run) look(ctx context.Context) (l lock, tag string, err error) {
	data, tag, err := r.get(ctx, lockKey, 1<<10)
	if err == nil {
		_ = json.Unmarshal(data, &l) // half a lock is one that nobody holds for long
	}
	return l, tag, err
}

// take puts the lock, once nobody else holds it.
func (r *run) take(ctx context.Context, mine lock) (tag string, err error) {
	last, looks, missing, condition := "", 0, 0, store.Absent
	for range 3 * patience { // more is a store that contradicts itself
		if !r.plain.Load() {
			tag, err = r.put(ctx, lockKey, mine.object(), condition)
			if err == nil && !r.plain.Load() {
				return tag, r.probe(ctx, mine)
			} else if err != nil && !errors.Is(err, store.ErrConflict) && !errors.Is(err, errPlain) {
				return "", err
			}
		}
		there, now, err := r.look(ctx)
		switch {
		case errors.Is(err, store.ErrMissing):
			// A store that says so twice contradicts itself, as some do of what was
			// removed from a bucket with versions.
			if missing++; missing > 1 {
				return r.insist(ctx, mine)
			}
			condition = store.Absent
		case err != nil:
			return "", err
		case there.Owner == r.Owner, r.BreakLock, r.Dead != nil && r.Dead(there.Owner), looks == patience:
			condition = store.Condition(now)
		case looks > 0 && now != last:
			return "", ErrBusy
		default:
			last, condition = now, store.Absent
			looks++
			r.Warn("waiting")
			if err := r.pause(ctx, lookEvery); err != nil {
				return "", err
			}
			continue
		}
		if r.plain.Load() {
			return r.insist(ctx, mine)
		}
	}
	return "", ErrBusy
}

// insist puts the lock without a condition. Of two runs that do so at the same moment
// the later one stays.
func (r *run) insist(ctx context.Context, mine lock) (tag string, err error) {
	if tag, err = r.put(ctx, lockKey, mine.object(), ""); err != nil {
		return "", err
	}
	if err := r.pause(ctx, lookEvery); err != nil {
		return "", err
	}
	there, _, err := r.look(ctx)
	if err == nil && there.Owner != r.Owner {
		err = ErrBusy
	}
	return tag, err
}

// probe finds out whether the store heeds conditions or only reads over them.
func (r *run) probe(ctx context.Context, mine lock) error {
	return r.again(ctx, func() error {
		_, err := r.store.Put(ctx, lockKey, mine.object(), store.Absent)
		if errors.Is(err, store.ErrConflict) {
			return nil
		}
		if refused := new(store.Error); err == nil || errors.As(err, &refused) && !refused.Passing() {
			r.withoutConditions()
			return nil
		}
		return err
	})
}
