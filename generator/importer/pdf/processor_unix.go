//go:build unix

package pdf

import (
	"time"

	"golang.org/x/sys/unix"
)

// processor returns the processor time that this program has used.
func processor() time.Duration {
	var r unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
