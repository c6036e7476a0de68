package acceptance

import (
	"errors"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"annals/generator"
	"annals/generator/bug"
)

// TestPanicIsAnError lets every stage of a build and its workers panic: the caller
// gets an error with the stack, the site is not changed, and the next build works
// as usual.
func TestPanicIsAnError(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	out := filepath.Join(dir, "public")
	opt := generator.Options{Dir: dir, Out: out}
	if _, err := generator.Build(t.Context(), opt); err != nil {
		t.Fatal(err)
	}
	before := files(t, out)
	for _, where := range []string{"read", "agencies", "pages", "data", "search", "write", "worker"} {
		broken := opt
		broken.BaseURL = "https://" + where + ".example" // so that every page has to be made
		var once atomic.Bool
		fail := func(name string) {
			if name == where && !once.Swap(true) {
				panic("by mistake")
			}
		}
		broken.Stage, broken.Progress = fail, func(int, int) { fail("worker") }
		_, err := generator.Build(t.Context(), broken)
		var p *bug.Panic
		if !errors.As(err, &p) || p.Value != "by mistake" || !strings.Contains(string(p.Stack), "panic_test.go") {
			t.Errorf("%s: %v", where, err)
		}
		if diff := difference(files(t, out), before); diff != "" {
			t.Errorf("%s: the site is another: %s", where, diff)
		}
	}
	if res, err := generator.Build(t.Context(), opt); err != nil || !res.Published {
		t.Errorf("%v", err)
	}
}
