// Package bug brings a panic to whoever can tell of it. A panic is a mistake of
// the program, and in Go it ends the process from whatever goroutine it happens
// in, past everything that the command would have tidied up. So each goroutine
// that does work of the program hands a panic to the one that waits for it:
// as an error where there is one to return (Catch), or else by a Group, whose
// Wait panics in its turn. The command tells it and exits with 3; serve tells
// it and goes on.
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

// Recovered makes a Panic of what recover returned: that is nil for nil, and
// what another goroutine has brought stays what it is. It is to be called by
// the deferred function that recovers.
func Recovered(value any) *Panic {
	switch v := value.(type) {
	case nil:
		return nil
	case *Panic:
		return v
	}
	return &Panic{value, debug.Stack()}
}

// Catch, deferred, makes a panic of its function the error that it returns.
func Catch(err *error) {
	if p := Recovered(recover()); p != nil {
		*err = p
	}
}

// Group is a sync.WaitGroup that brings a panic of one of its goroutines to
// the one that waits.
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

// Wait waits for all goroutines, and panics if one of them did.
func (g *Group) Wait() {
	g.wait.Wait()
	if g.first != nil {
		panic(g.first)
	}
}
