package acceptance

import (
	"path/filepath"
	"slices"
	"testing"

	"annals/generator"
	"github.com/google/go-cmp/cmp"
)

// Diff lists what became of each report between two releases, and between a release
// and the content.
func TestDiff(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	release(t, dir, "2026-01-31")
	agencies := filepath.Join(dir, "content/agencies/anping")
	corrected, withdrawn := filepath.Join(agencies, "bureau-0/2024.md"), filepath.Join(agencies, "bureau-1/2024.md")
	before := files(t, agencies)["bureau-1/2024.md"]
	edit(t, corrected, "permits: 30", "permits: 31")
	edit(t, corrected, "form: cn-2021\n", "form: cn-2021\ncorrections: [{date: 2026-02-01, cell: proactive.permits, was: 30, by: archive, note: 第2页}]\n")
	writeFile(t, withdrawn, "---\nwithdrawn: {date: 2026-02-02, reason: 误发}\n---\n")
	release(t, dir, "2026-02-03")
	writeFile(t, withdrawn, before)
	copyTree(t, filepath.Join(agencies, "bureau-0"), filepath.Join(agencies, "more"))

	const one, other = "anping/bureau-0", "anping/bureau-1"
	second := []generator.Difference{
		{Agency: one, Year: 2024, What: "changed", Release: 2, Date: "2026-02-03", Cell: "proactive.permits", Was: "30", Is: "31", By: "archive", Note: "第2页"},
		{Agency: other, Year: 2024, What: "withdrawn", Release: 2, Date: "2026-02-03", Note: "误发"},
	}
	third := []generator.Difference{
		{Agency: other, Year: 2024, What: "new", Release: 3},
		{Agency: "anping/more", Year: 2023, What: "new", Release: 3},
		{Agency: "anping/more", Year: 2024, What: "new", Release: 3},
	}
	for _, c := range []struct {
		a, b int
		want []generator.Difference
	}{{1, 2, second}, {2, 0, third}, {1, 0, slices.Concat(second, third)}, {2, 2, nil}} {
		got, err := generator.Diff(t.Context(), generator.Options{Dir: dir}, c.a, c.b)
		if d := cmp.Diff(c.want, got); err != nil || d != "" {
			t.Errorf("from %d to %d: %v\n%s", c.a, c.b, err, d)
		}
	}
	if _, err := generator.Diff(t.Context(), generator.Options{Dir: dir}, 1, 3); err != (generator.NoReleaseError{Number: 3, Last: 2}) {
		t.Errorf("a release that is not there: %v", err)
	}
}
