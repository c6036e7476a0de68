package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"annals/generator/bug"
	"annals/generator/deploy"
	"annals/generator/deploy/store"
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
		switch locked.Holder {
		case "deploy":
			return a.say("deploy.busy")
		case "serve":
			return a.say("running.serve", a.options().Out, locked.PID)
		}
		return a.say("running", a.options().Out, locked.PID)
	case errors.Is(err, context.Canceled):
		return a.say("error.interrupted")
	case errors.Is(err, output.ErrChanged):
		return a.say("error.at", about(err), a.say("error.changed"))
	}
	if text, ok := a.deployReason(err); ok {
		return text
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

// deployReason returns why a deployment stopped.
func (a *app) deployReason(err error) (text string, ok bool) {
	var many *deploy.TooManyError
	var foreign *deploy.ForeignError
	var purged *deploy.PurgedError
	var unknown *deploy.UnknownPathError
	var same *deploy.NotWithdrawnError
	var lost *deploy.LostError
	var unverified *deploy.UnverifiedError
	var refused *store.Error
	switch {
	case errors.As(err, &many):
		return a.say("deploy.too-many", many.Gone, many.Files, many.Limit, many.Gone), true
	case errors.As(err, &foreign):
		return a.say("deploy.foreign", foreign.Path), true
	case errors.As(err, &purged):
		return a.say("deploy.is-purged", purged.Path), true
	case errors.As(err, &unknown):
		return a.say("deploy.unknown-path", unknown.Path), true
	case errors.As(err, &same):
		return a.say("deploy.not-withdrawn", same.Path), true
	case errors.As(err, &lost):
		return a.say("deploy.lost-file", lost.Path), true
	case errors.As(err, &unverified):
		return a.say("deploy.unverified", unverified.Key), true
	case errors.Is(err, deploy.ErrBusy):
		return a.say("deploy.busy"), true
	case errors.Is(err, deploy.ErrLost):
		return a.say("deploy.lost"), true
	case errors.Is(err, deploy.ErrNoEarlier):
		return a.say("deploy.no-earlier"), true
	case errors.Is(err, deploy.ErrChanged):
		return a.say("deploy.changed"), true
	case errors.Is(err, deploy.ErrDamaged):
		return a.say("deploy.damaged"), true
	case errors.Is(err, output.ErrAltered):
		return a.say("deploy.altered", about(err)), true
	case errors.As(err, &refused) && refused.Code == "RequestTimeTooSkewed":
		return a.say("deploy.clock"), true
	case errors.As(err, &refused) && refused.Err == nil:
		return a.say("deploy.refused", refused.Op, refused.Key, refused.Status, refused.Code, refused.Message), true
	case errors.As(err, &refused):
		return a.say("deploy.unreachable", refused.Op, refused.Key, refused.Message), true
	}
	return "", false
}
