package search

import (
	"cmp"
	"iter"
	"runtime"
	"sync"

	"annals/generator/bug"
)

// inOrder runs the jobs on all cores and passes their results to take, in the
// order of the jobs. It stops at the first error and returns it, after all jobs
// that have begun have ended.
func inOrder[T any](jobs iter.Seq[func() T], take func(T) error) error {
	workers := runtime.GOMAXPROCS(0)
	type result struct {
		value T
		err   error // a panic: the job's, not the caller's
	}
	queue := make(chan chan result, workers)
	slots := make(chan struct{}, workers)
	stop := make(chan struct{})
	var running sync.WaitGroup
	var broken error // of jobs itself
	go func() {
		defer close(queue)
		defer bug.Catch(&broken)
		for job := range jobs {
			value := make(chan result, 1)
			slots <- struct{}{}
			running.Go(func() {
				var r result
				func() {
					defer bug.Catch(&r.err)
					r.value = job()
				}()
				value <- r
				<-slots
			})
			select {
			case queue <- value:
			case <-stop:
				return
			}
		}
	}()
	var failed error
	for value := range queue {
		if failed != nil {
			continue
		}
		r := <-value
		if failed = r.err; failed == nil {
			failed = take(r.value)
		}
		if failed != nil {
			close(stop)
		}
	}
	running.Wait()
	return cmp.Or(failed, broken)
}
