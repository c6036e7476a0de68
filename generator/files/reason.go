package files

import (
	"errors"
	"io/fs"
	"syscall"

	"annals/generator/beneath"
	"annals/generator/diag"
	"annals/generator/lang"
)

// reasons lists the system's errors about files on which a user can act. A special
// error comes before a more general one.
var reasons = [...]struct {
	is  error
	key string
}{
	{beneath.ErrLink, "unreadable/link"},
	{beneath.ErrHidden, "unreadable/hidden"},
	{beneath.ErrIrregular, "unreadable/irregular"},
	{fs.ErrNotExist, "unreadable/not-there"},
	{fs.ErrExist, "unreadable/exists"},
	{fs.ErrPermission, "unreadable/permission"},
	{syscall.EROFS, "unreadable/read-only"},
	{syscall.ENOTDIR, "unreadable/no-folder"},
	{syscall.EISDIR, "unreadable/folder"},
	{syscall.EMFILE, "unreadable/too-many-files"},
	{syscall.ENFILE, "unreadable/too-many-files"},
	{syscall.ENAMETOOLONG, "unreadable/long-name"},
	{syscall.EFBIG, "unreadable/too-large"},
	{syscall.ENOSPC, "unreadable/no-space"},
	{syscall.EIO, "unreadable/broken"},
}

// Reason returns in words why an operation on a file failed, without the file's
// name. For an error that is not in reasons it returns the system's own words, and
// known is false.
func Reason(err error) (words lang.Text, known bool) {
	for _, r := range reasons {
		if errors.Is(err, r.is) {
			return diag.Say(r.key), true
		}
	}
	var cause *fs.PathError
	if errors.As(err, &cause) {
		err = cause.Err // without the path, which would name this machine's folders
	}
	return lang.Same(err.Error()), false
}
