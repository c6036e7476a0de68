package beneath

import (
	"io/fs"
	"sync/atomic"
)

// asked is the function that a test has set with Intercept; nil outside tests.
var asked atomic.Pointer[func(op, path string) error]

// Before must be called before each operation that changes a file or a folder:
// by package output, by package cache and by the code that writes sources.
// Package output calls it before operations that only read, too. Outside tests
// it returns nil. In a test it returns an *fs.PathError if the function given
// to Intercept fails; the caller then treats the operation as failed.
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

// Intercept makes Before call f until restore is called. It is for tests: f can
// count the operations, make one fail, or make all fail from a certain one on,
// which is what the disk sees when the program is killed there.
func Intercept(f func(op, path string) error) (restore func()) {
	asked.Store(&f)
	return func() { asked.Store(nil) }
}
