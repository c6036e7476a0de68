package verify_test

import (
	"path/filepath"
	"slices"
	"testing"

	"annals/generator/proof"
	"annals/generator/verify"
)

// Of a site as it was built nothing is reported, whatever its pages show: blanks
// and tokens, notes, hostile text, Markdown of every kind; corrected, withdrawn and
// moved reports.
func TestCleanSites(t *testing.T) {
	a := newArchive(t)
	list, res := verified(t, a.site, verify.Options{Key: a.vkey})
	if len(list) > 0 || res.Trust != proof.Signed || res.Reports == 0 || len(res.Bare)+len(res.Unreleased) > 0 {
		t.Errorf("the first release: %+v %+v", list, res)
	}
	old := a.since(t)
	a.second(t)
	list, res = verified(t, a.site, verify.Options{Key: a.vkey, Since: old})
	if len(list) > 0 || res.Withdrawn != 1 || res.Since == 0 {
		t.Errorf("the second release: %+v %+v", list, res)
	}
	if list, res = verified(t, a.site, verify.Options{Sample: 2}); len(list) > 0 || res.Trust != proof.Unknown || res.Agencies != 2 || !res.Sampled {
		t.Errorf("a sample: %+v %+v", list, res)
	}
	edit(t, a.dir, "content/agencies/anping/c/2023/index.md", "published: 2024-01-20", "published: 2024-01-21\ncorrections:\n  - {date: 2026-03-01, cell: published, was: 2024-01-20, note: x}")
	edit(t, a.dir, "content/agencies/anping/new/2024.md", "图解偏少", "图解很少")
	write(t, a.dir, "content/agencies/anping/government/education/2024.md", string(readTree(t, filepath.Join(a.dir, bureau))["2024.md"]))
	a.build(t)
	list, res = verified(t, a.site, verify.Options{Key: a.vkey})
	whats := map[verify.What]bool{}
	for _, f := range list {
		whats[f.What] = true
	}
	if !whats[verify.Pending] || !whats[verify.Rewritten] || len(whats) != 2 || !slices.Equal(res.Unreleased, []string{"agencies/anping/government/education/2024/index.html"}) {
		t.Errorf("what no release has yet: %+v %+v", list, res)
	}
}
