package files

import (
	"errors"
	"io/fs"
	"syscall"

	"annals/generator/beneath"
	"annals/generator/diag"
	"annals/generator/lang"
)

// reasons are what a person can do something about of what the system says of
// files, the narrower before the wider.
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

// Reason says in words why the system did not do what was asked of a file,
// without the file's name. What is not known here stays in the system's words,
// and known is false.
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
