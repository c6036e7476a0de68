package verify_test

import (
	"bytes"
	"path/filepath"
	"testing"
)

// What proves a site is the same whether it is made with the release, after it, or anew
// after an edit; only the release writes lines.
func TestProofIsOfTheRecord(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	a.second(t)
	released := readTree(t, a.site)
	a.build(t)
	compare(t, "built after the release", readTree(t, a.site), released)
	edit(t, a.dir, "content/agencies/anping/new/2024.md", "图解偏少", "图解很少")
	a.build(t)
	edited := readTree(t, a.site)
	a.site = filepath.Join(a.dir, "elsewhere")
	a.build(t)
	compare(t, "built anew", readTree(t, a.site), edited)
	for path, data := range edited {
		if path == "checkpoint" && !bytes.Equal(data, released[path]) {
			t.Error("an edit changes the checkpoint")
		}
	}
}

func compare(t *testing.T, what string, got, want map[string][]byte) {
	t.Helper()
	for path := range want {
		if !bytes.Equal(got[path], want[path]) {
			t.Errorf("%s: %s differs", what, path)
		}
	}
	for path := range got {
		if want[path] == nil {
			t.Errorf("%s: %s is more", what, path)
		}
	}
}
