package bug

import (
	"bytes"
	"errors"
	"testing"
)

func fail() { panic("by mistake") }

// TestCatch brings a panic from two goroutines below to an error, with the
// stack of where it happened.
func TestCatch(t *testing.T) {
	work := func() (err error) {
		defer Catch(&err)
		var outer, inner Group
		outer.Go(func() {
			inner.Go(fail)
			inner.Go(func() {})
			inner.Wait()
		})
		outer.Wait()
		return nil
	}
	var p *Panic
	if err := work(); !errors.As(err, &p) || p.Value != "by mistake" || !bytes.Contains(p.Stack, []byte("bug.fail")) {
		t.Errorf("%v", err)
	}
	quiet := func() (err error) {
		defer Catch(&err)
		var g Group
		g.Go(func() {})
		g.Wait()
		return errors.New("its own")
	}
	if err := quiet(); err == nil || err.Error() != "its own" {
		t.Errorf("%v", err)
	}
}
