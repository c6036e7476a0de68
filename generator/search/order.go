package search

import (
	"iter"
	"runtime"
)

// inOrder runs the jobs on all cores and passes their results to take, in the
// order of the jobs. The first error ends it.
func inOrder[T any](jobs iter.Seq2[func() T, error], take func(T) error) error {
	workers := runtime.GOMAXPROCS(0)
	type result struct {
		value chan T
		err   error
	}
	queue := make(chan result, workers)
	stop := make(chan struct{})
	slots := make(chan struct{}, workers)
	go func() {
		defer close(queue)
		for job, err := range jobs {
			r := result{make(chan T, 1), err}
			if err == nil {
				slots <- struct{}{}
				go func() {
					r.value <- job()
					<-slots
				}()
			}
			select {
			case queue <- r:
			case <-stop:
				return
			}
		}
	}()
	var failed error
	for r := range queue {
		if failed != nil {
			continue
		}
		if failed = r.err; failed == nil {
			failed = take(<-r.value)
		}
		if failed != nil {
			close(stop)
		}
	}
	return failed
}
