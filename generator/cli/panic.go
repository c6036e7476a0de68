package cli

import (
	"errors"
	"fmt"
	"runtime"

	"annals/generator/bug"
)

// reportPanic prints a panic, with the explanation that the program and not the
// content is at fault, and what to send to its authors.
func (a *app) reportPanic(p *bug.Panic) {
	fmt.Fprintf(a.Err, "annals: %s\n\n%s %s/%s\n%s\n", a.say("error.internal", p.Value), version(), runtime.GOOS, runtime.GOARCH, p.Stack)
}

// isPanic reports whether an error is a panic that was caught, and prints it if so.
func (a *app) isPanic(err error) bool {
	var p *bug.Panic
	if !errors.As(err, &p) {
		return false
	}
	a.reportPanic(p)
	return true
}
