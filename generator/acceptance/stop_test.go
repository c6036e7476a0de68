package acceptance

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"annals/generator"
)

// A build that is cancelled ends without a site and without a crash, and leaves the
// output folder usable for the next one.
func TestStoppedBuild(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	out := filepath.Join(dir, "public")
	for _, at := range []string{"read", "agencies", "pages", "data", "search"} {
		ctx, cancel := context.WithCancel(t.Context())
		opt := generator.Options{Dir: dir, Out: out, Stage: func(name string) {
			if name == at {
				cancel()
			}
		}}
		if _, err := generator.Build(ctx, opt); !errors.Is(err, context.Canceled) {
			t.Errorf("stopped at %s: %v", at, err)
		}
		if got := files(t, out); len(got) > 0 {
			t.Errorf("stopped at %s: %d files are there", at, len(got))
		}
		cancel()
	}
	if res, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: out}); err != nil || !res.Published {
		t.Error(err)
	}
}
