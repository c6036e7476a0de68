package search

import (
	"iter"
	"runtime"
	"sync"
)

// inOrder runs the jobs on all cores and passes their results to take, in the
// order of the jobs. The first error ends it; no job runs any more when it
// returns.
func inOrder[T any](jobs iter.Seq[func() T], take func(T) error) error {
	workers := runtime.GOMAXPROCS(0)
	queue := make(chan chan T, workers)
	slots := make(chan struct{}, workers)
	stop := make(chan struct{})
	var running sync.WaitGroup
	go func() {
		defer close(queue)
		for job := range jobs {
			value := make(chan T, 1)
			slots <- struct{}{}
			running.Go(func() {
				value <- job()
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
		if failed = take(<-value); failed != nil {
			close(stop)
		}
	}
	running.Wait()
	return failed
}
