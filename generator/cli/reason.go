package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"annals/generator/bug"
	"annals/generator/files"
	"annals/generator/output"
)

// reason returns, in the language of messages, what stopped the program and the
// file concerned. Errors for which there is no message keep the text of the system
// or library.
func (a *app) reason(err error) string {
	var done message
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
	case errors.Is(err, context.Canceled):
		return a.say("error.interrupted")
	case errors.Is(err, output.ErrChanged):
		return a.say("error.at", about(err), a.say("error.changed"))
	}
	if words, known := files.Reason(err); known {
		if name := about(err); name != "" {
			return a.say("error.at", name, words.In(a.tag))
		}
		return words.In(a.tag)
	}
	return a.say("error", err)
}

// about returns the file that an error is about, or "".
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
