package beneath

import (
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// partwise is set once the system has shown that it does not know openat2:
// Linux before 5.6, and some containers' filters.
var partwise atomic.Bool

// openBeneath opens a name beneath an open folder without following a link.
func openBeneath(dir int, name string, flags int) (int, error) {
	how := unix.OpenHow{
		Flags:   uint64(flags),
		Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS | unix.RESOLVE_NO_MAGICLINKS,
	}
	for !partwise.Load() {
		fd, err := unix.Openat2(dir, name, &how)
		switch err {
		case unix.EINTR, unix.EAGAIN: // a folder was moved meanwhile
		case unix.ENOSYS:
			partwise.Store(true)
		case unix.EPERM: // a filter, or the file: the other way tells
			return openParts(dir, name, flags)
		default:
			return fd, err
		}
	}
	return openParts(dir, name, flags)
}
