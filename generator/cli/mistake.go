package cli

import (
	"errors"
	"fmt"
	"runtime"

	"annals/generator/bug"
)

// mistake tells of a panic: that it is the program's fault and not the
// content's, and what to send to whom.
func (a *app) mistake(p *bug.Panic) {
	fmt.Fprintf(a.Err, "annals: %s\n\n%s %s/%s\n%s\n", a.say("error.internal", p.Value), version(), runtime.GOOS, runtime.GOARCH, p.Stack)
}

// mistaken tells of an error if it is a panic that was caught, and whether it is.
func (a *app) mistaken(err error) bool {
	var p *bug.Panic
	if !errors.As(err, &p) {
		return false
	}
	a.mistake(p)
	return true
}
