// Package bug carries a panic to the goroutine that can report it. A panic is a
// mistake in the program. In Go a panic in any goroutine ends the process at once,
// without the deferred functions of the others, so that temporary files would
// stay. Therefore every goroutine that this program starts hands its panic to the
// goroutine that waits for it: as an error if its function returns one (Catch),
// otherwise through a Group, whose Wait panics again. The command reports the
// panic and exits with 3; serve reports it and continues.
package bug

import (
	"fmt"
	"runtime/debug"
	"sync"
)

// Panic is a panic as an error, with the stack of the goroutine it began in.
type Panic struct {
	Value any
	Stack []byte
}

func (p *Panic) Error() string { return fmt.Sprint("panic: ", p.Value) }

// Recovered makes a *Panic of a value that recover returned. The result is nil for
// nil; a *Panic from another goroutine is returned unchanged, with its own stack.
// Recovered must be called by the deferred function itself, because it records the
// stack.
func Recovered(value any) *Panic {
	switch v := value.(type) {
	case nil:
		return nil
	case *Panic:
		return v
	}
	return &Panic{value, debug.Stack()}
}

// Catch is to be deferred with the address of a function's error result: if the
// function panics it sets the error to a *Panic.
func Catch(err *error) {
	if p := Recovered(recover()); p != nil {
		*err = p
	}
}

// Group is a sync.WaitGroup whose Wait panics, with a *Panic, if one of its
// goroutines did.
type Group struct {
	wait  sync.WaitGroup
	once  sync.Once
	first *Panic
}

// Go runs f in a goroutine.
func (g *Group) Go(f func()) {
	g.wait.Go(func() {
		defer func() {
			if p := Recovered(recover()); p != nil {
				g.once.Do(func() { g.first = p })
			}
		}()
		f()
	})
}

// Wait waits for all goroutines. If any of them panicked, Wait panics with the
// first *Panic.
func (g *Group) Wait() {
	g.wait.Wait()
	if g.first != nil {
		panic(g.first)
	}
}
