package acceptance

import (
	"path/filepath"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/explain"
)

// TestHiddenIsAccepted: hidden content of an attachment is one warning for each
// file, unless the report accepts it with a reason.
func TestHiddenIsAccepted(t *testing.T) {
	const folder = "content/agencies/anping/government/culture-tourism/2023/"
	base := explain.Base()
	report := base[folder+"index.md"]
	for _, c := range []struct {
		accept string
		rules  int
	}{
		{"", 1},
		{"accept:\n  - {rule: attachment-hidden, reason: 作者本人同意公开}\n", 0},
	} {
		dir := t.TempDir()
		files := explain.Base()
		files[folder+"a.pdf"] = "%PDF-1.4\n/Author (Zhang San)\n"
		files[folder+"index.md"] = strings.Replace(report, "---\n", "---\n"+c.accept, 1)
		for name, text := range files {
			writeFile(t, filepath.Join(dir, name), text)
		}
		res, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: filepath.Join(dir, "public")})
		if err != nil || len(res.Diagnostics) != c.rules || !res.Published {
			t.Errorf("%q: %v %+v", c.accept, err, res)
		}
	}
}
