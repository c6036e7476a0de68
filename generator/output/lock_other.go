//go:build !unix

package output

import (
	"errors"
	"io/fs"
	"os"
	"time"
)

// lock is a file that exists while a build runs. It is kept open, which on
// Windows keeps others from removing it; one that can be removed is stale.
type lock struct{ file *os.File }

func acquire(path, holder string, wait time.Duration) (*lock, error) {
	deadline := time.Now().Add(wait)
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
		if err == nil {
			f.Write(owner(holder))
			return &lock{f}, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		said, _ := os.ReadFile(path)
		if os.Remove(path) == nil {
			continue
		}
		if time.Now().After(deadline) {
			return nil, lockedBy(path, said)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (l *lock) release() error {
	err := l.file.Close()
	return errors.Join(err, os.Remove(l.file.Name()))
}
