//go:build unix

package beneath

import (
	"errors"
	"syscall"
)

// blocked reports whether an operation failed because another program has the
// file open. On a mounted Windows drive the error for that is "busy".
func blocked(err error) bool { return errors.Is(err, syscall.EBUSY) || errors.Is(err, syscall.ETXTBSY) }
