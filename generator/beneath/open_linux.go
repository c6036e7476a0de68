package beneath

import (
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// partwise is set once openat2 has failed with ENOSYS: Linux before 5.6 lacks
// the call, and the system call filters of some containers hide it. From then on
// names are opened part by part.
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
		case unix.EPERM: // from a container's filter, or for this file: openParts returns the right error
			return openParts(dir, name, flags)
		default:
			return fd, err
		}
	}
	return openParts(dir, name, flags)
}
