//go:build unix

package output

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/unix"

	"annals/generator/beneath"
)

// lock is an advisory lock on an open file. The system releases it when the
// process ends in whatever way, so that there is no stale one.
type lock struct{ file *os.File }

func acquire(path, holder string, wait time.Duration) (*lock, error) {
	f, err := beneath.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	deadline := time.Now().Add(wait)
	for {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case err == nil:
			// The holder's name is only information for people, so a failure to
			// write it is ignored.
			if f.Truncate(0) == nil {
				f.WriteAt(owner(holder), 0)
			}
			return &lock{f}, nil
		case errors.Is(err, unix.EINTR):
			continue
		case !errors.Is(err, unix.EWOULDBLOCK):
			f.Close()
			return nil, &os.PathError{Op: "lock", Path: path, Err: err}
		case time.Now().After(deadline):
			said := make([]byte, 64)
			n, _ := f.ReadAt(said, 0)
			f.Close()
			return nil, lockedBy(path, said[:n])
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (l *lock) release() error { return l.file.Close() }
