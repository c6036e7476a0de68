//go:build !unix

package output

import (
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"
)

// lock is a file that exists while a build runs. It is kept open, which on
// Windows keeps others from removing it; one that can be removed is stale.
type lock struct{ file *os.File }

func acquire(path string, wait time.Duration) (*lock, error) {
	deadline := time.Now().Add(wait)
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
		if err == nil {
			f.WriteString(strconv.Itoa(os.Getpid()) + "\n")
			return &lock{f}, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		pid, _ := os.ReadFile(path)
		if os.Remove(path) == nil {
			continue
		}
		if time.Now().After(deadline) {
			return nil, &LockedError{Path: path, PID: strings.TrimSpace(string(pid))}
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (l *lock) release() error {
	err := l.file.Close()
	return errors.Join(err, os.Remove(l.file.Name()))
}
