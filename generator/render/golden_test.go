package render

import (
	"flag"
	"os"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden page")

// One page is kept in testdata, so that a change of the layouts shows as a change of
// its source.
func TestGoldenReport(t *testing.T) {
	const file = "testdata/report.html"
	x := rich(t)
	page := all(t, x, newRenderer(t, x, nil))["agencies/x/gov/2023/index.html"]
	page = regexp.MustCompile(`(assets/[a-z]+)\.[0-9a-f]{10}\.`).ReplaceAllString(page, "$1.HASH.")
	page = regexp.MustCompile(`(</(?:tr|p|li|section|h[1-6]|figure|thead|div|form|nav)>|<tbody>|<main[^>]*>)`).ReplaceAllString(page, "$1\n")
	if *update {
		if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), page); diff != "" {
		t.Errorf("the page is not %s (-want +got; -update writes it):\n%s", file, diff)
	}
}
