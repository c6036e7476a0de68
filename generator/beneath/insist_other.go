//go:build !unix

package beneath

import (
	"errors"
	"syscall"
)

// What Windows says of a file that another program has open: that access is
// denied (of one that was opened without leave to delete), that the two do not
// share it, that a part of it is locked.
const (
	accessDenied     = syscall.Errno(5)
	sharingViolation = syscall.Errno(32)
	lockViolation    = syscall.Errno(33)
)

// blocked reports whether another program may be the reason.
func blocked(err error) bool {
	var number syscall.Errno
	return errors.As(err, &number) && (number == accessDenied || number == sharingViolation || number == lockViolation)
}
