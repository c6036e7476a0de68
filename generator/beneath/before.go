package beneath

import (
	"io/fs"
	"sync/atomic"
)

// asked is who is asked before each operation; nil outside tests.
var asked atomic.Pointer[func(op, path string) error]

// Before is called before each operation that changes what is on the disk, and
// by output before those that look at it, whoever does them: output, cache and
// what writes sources. An error is what the system would have said; then the
// operation is not done, or half of it is.
func Before(op, path string) error {
	ask := asked.Load()
	if ask == nil {
		return nil
	}
	if err := (*ask)(op, path); err != nil {
		return &fs.PathError{Op: op, Path: path, Err: err}
	}
	return nil
}

// Intercept has f asked before each operation until restore is called, so that
// a test can count them, let one fail, or let nothing more happen after one, as
// a kill does. It is for tests.
func Intercept(f func(op, path string) error) (restore func()) {
	asked.Store(&f)
	return func() { asked.Store(nil) }
}
