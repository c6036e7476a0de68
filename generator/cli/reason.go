package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"syscall"

	"annals/generator/beneath"
	"annals/generator/bug"
	"annals/generator/output"
)

// reasons are the errors that a person can do something about, the narrower
// before the wider.
var reasons = []struct {
	is  error
	key string
}{
	{context.Canceled, "error.interrupted"},
	{output.ErrChanged, "error.changed"},
	{beneath.ErrLink, "error.link"},
	{beneath.ErrIrregular, "error.irregular"},
	{fs.ErrNotExist, "error.not-there"},
	{fs.ErrExist, "error.exists"},
	{fs.ErrPermission, "error.permission"},
	{syscall.EROFS, "error.read-only"},
	{syscall.ENOTDIR, "error.no-folder"},
	{syscall.EISDIR, "error.folder"},
	{syscall.EMFILE, "error.too-many-files"},
	{syscall.ENFILE, "error.too-many-files"},
	{syscall.ENOSPC, "error.no-space"},
}

// reason says in the language of messages what stopped the program, and of
// which file. What only the system or a library can say stays in its words.
func (a *app) reason(err error) string {
	var done said
	var locked *output.LockedError
	var panicked *bug.Panic
	switch {
	case errors.As(err, &panicked):
		return a.say("error.internal", panicked.Value)
	case errors.As(err, &done):
		return string(done)
	case errors.As(err, &locked):
		if locked.Holder == "serve" {
			return a.say("running.serve", a.options().Out, locked.PID)
		}
		return a.say("running", a.options().Out, locked.PID)
	}
	for _, r := range reasons {
		if errors.Is(err, r.is) {
			if name := about(err); name != "" {
				return a.say("error.at", name, a.say(r.key))
			}
			return a.say(r.key)
		}
	}
	return a.say("error", err)
}

// about is the file that an error is about, or "".
func about(err error) string {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Path
	case errors.As(err, &link):
		return link.New
	}
	return ""
}
