package acceptance

import (
	"path/filepath"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/explain"
)

// A year in which agencies should have reported and none did has a page, because
// citizens want to know that nothing was published.
func TestYearsWithoutAReport(t *testing.T) {
	dir := t.TempDir()
	const bureau = "content/agencies/anping/government/culture-tourism/"
	for name, text := range explain.Base() {
		if strings.HasPrefix(name, "content/agencies/anping/government/2") {
			continue
		}
		name = strings.Replace(name, bureau+"2023/", bureau+"2021/", 1)
		if name == bureau+"_index.md" {
			text = strings.Replace(text, "kind: department\n", "kind: department\nsince: 2021\n", 1)
		}
		writeFile(t, filepath.Join(dir, name), text)
	}
	out := filepath.Join(dir, "public")
	res, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: out})
	if err != nil || !res.Published {
		t.Fatal(err, res.Diagnostics)
	}
	site := files(t, out)
	for _, year := range []string{"2021", "2022", "2023", "2024"} {
		if _, ok := site["years/"+year+"/index.html"]; !ok {
			t.Errorf("there is no page for %s", year)
		}
		if !strings.Contains(site["coverage/index.html"], year) {
			t.Errorf("the coverage does not show %s", year)
		}
	}
	if _, ok := site["years/2020/index.html"]; ok {
		t.Error("there is a page for a year in which nobody was to report")
	}
}
