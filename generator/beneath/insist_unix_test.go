//go:build unix

package beneath

import (
	"errors"
	"io/fs"
	"syscall"
	"testing"
	"time"
)

// What another program blocks is done again until it lets go, and no longer
// than patience lasts; what fails for another reason is not.
func TestInsist(t *testing.T) {
	busy := &fs.PathError{Op: "rename", Path: "a", Err: syscall.EBUSY}
	for _, c := range []struct {
		fails int // how often it is blocked
		then  error
		tries int
	}{
		{0, nil, 1},
		{3, nil, 4},
		{0, fs.ErrPermission, 1},
		{2, fs.ErrPermission, 3},
		{1000, nil, 12}, // after 1, 2, 4 … 1024 ms, and the rest of 2 s
	} {
		var tries int
		var waited time.Duration
		err := insist(func() error {
			if tries++; tries <= c.fails {
				return busy
			}
			return c.then
		}, func(d time.Duration) { waited += d })
		if tries != c.tries || waited > patience {
			t.Errorf("%+v: %d tries, %v waited", c, tries, waited)
		}
		if c.fails == 1000 && (!errors.Is(err, syscall.EBUSY) || waited != patience) || c.fails < 1000 && !errors.Is(err, c.then) {
			t.Errorf("%+v: %v after %v", c, err, waited)
		}
	}
}
