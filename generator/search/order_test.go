package search

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"
)

// Results come in the order of the jobs; after an error no job runs any more.
func TestInOrder(t *testing.T) {
	broken := errors.New("broken")
	for fail := range 12 {
		var running atomic.Int32
		jobs := func(yield func(func() int) bool) {
			for n := range 10 {
				if !yield(func() int {
					running.Add(1)
					defer running.Add(-1)
					time.Sleep(time.Duration(10-n) * 100 * time.Microsecond) // the later, the sooner done
					return n
				}) {
					return
				}
			}
		}
		next := 0
		err := inOrder(jobs, func(n int) error {
			if n != next {
				t.Errorf("%d comes where %d should", n, next)
			}
			if next++; n == fail {
				return broken
			}
			return nil
		})
		if (err != nil) != (fail < 10) || next != min(fail+1, 10) {
			t.Errorf("%d results and %v, where %d fails", next, err, fail)
		}
		if n := running.Load(); n != 0 {
			t.Errorf("%d jobs still run", n)
		}
	}
}
