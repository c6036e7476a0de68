package acceptance

import (
	"path/filepath"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/explain"
)

// TestTornReading changes a report between the two times that a build reads it, for
// its own pages and to be quoted in a government's diagnostic, and changes it back
// afterwards. The next build must not keep results made from both versions.
func TestTornReading(t *testing.T) {
	dir := t.TempDir()
	const below = "content/agencies/anping/government/culture-tourism/2024.md"
	const above = "content/agencies/anping/government/2024.md"
	files := explain.Base()
	files[above] = strings.Replace(files[above], "permits: 900", "permits: 1", 1)
	files["content/site.yaml"] += "on_error: mark\n"
	for name, text := range files {
		writeFile(t, filepath.Join(dir, name), text)
	}
	opt := generator.Options{Dir: dir, Out: filepath.Join(dir, "public"), Workers: 1}
	changed := opt
	changed.Progress = func(done, total int) {
		if done == total-2 { // the departments are done, and the government and the region follow
			writeFile(t, filepath.Join(dir, below), strings.Replace(files[below], "proactive:", "# a line more\nproactive:", 1))
		}
	}
	res, err := generator.Build(t.Context(), changed)
	if err != nil {
		t.Fatal(err)
	}
	quoted := false
	for _, d := range res.Diagnostics {
		for _, r := range d.Related {
			quoted = quoted || r.Place.File == below && d.Place.File == above
		}
	}
	if !quoted {
		t.Fatal("the report is quoted nowhere: the test proves nothing")
	}
	writeFile(t, filepath.Join(dir, below), files[below])
	if res, err = generator.Build(t.Context(), opt); err != nil {
		t.Fatal(err)
	}
	clean, err := generator.Check(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	if diff := difference(printed(t, dir, res), printed(t, dir, clean)); diff != "" {
		t.Error(diff)
	}
}
