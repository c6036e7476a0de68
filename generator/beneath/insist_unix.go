//go:build unix

package beneath

import (
	"errors"
	"syscall"
)

// blocked reports whether another program is the reason. A drive of Windows
// that is mounted says of a file that is open there that it is busy.
func blocked(err error) bool { return errors.Is(err, syscall.EBUSY) || errors.Is(err, syscall.ETXTBSY) }
