//go:build unix

package output

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"annals/generator/beneath"
)

// lock is an advisory lock on an open file. The system releases it when the
// process ends in whatever way, so that there is no stale one.
type lock struct{ file *os.File }

func acquire(path string, wait time.Duration) (*lock, error) {
	f, err := beneath.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	deadline := time.Now().Add(wait)
	for {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case err == nil:
			// The process id is for people: a failure to write it is no failure.
			if f.Truncate(0) == nil {
				f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
			}
			return &lock{f}, nil
		case errors.Is(err, unix.EINTR):
			continue
		case !errors.Is(err, unix.EWOULDBLOCK):
			f.Close()
			return nil, &os.PathError{Op: "lock", Path: path, Err: err}
		case time.Now().After(deadline):
			pid := make([]byte, 20)
			n, _ := f.ReadAt(pid, 0)
			f.Close()
			return nil, &LockedError{Path: path, PID: strings.TrimSpace(string(pid[:n]))}
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (l *lock) release() error { return l.file.Close() }
