//go:build !unix

package beneath

import (
	"errors"
	"syscall"
)

// The error numbers of Windows for a file that another program has open: access
// denied (the other program did not permit deleting the file), sharing violation,
// lock violation.
const (
	accessDenied     = syscall.Errno(5)
	sharingViolation = syscall.Errno(32)
	lockViolation    = syscall.Errno(33)
)

// blocked reports whether an operation may have failed because another program
// has the file open.
func blocked(err error) bool {
	var number syscall.Errno
	return errors.As(err, &number) && (number == accessDenied || number == sharingViolation || number == lockViolation)
}
