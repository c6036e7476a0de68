package acceptance

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/diag"
	"annals/generator/lang"
)

// The diagnostics of text that is not saved are those of `annals check` after it
// has been saved, for the agency's files and those of the governments above.
func TestUnsavedTextIsJudgedAsSaved(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	writeFile(t, filepath.Join(dir, "content/about.md"), "---\ntitle: 关于\n---\n\n说明。\n")
	l, err := generator.Open(t.Context(), generator.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	c := l.Checker()
	reported := map[string]bool{}
	for _, at := range []struct {
		agency string
		year   int
		file   string
		above  []string
	}{
		{"anping/government/culture-tourism", 2024, "2024.md", []string{"anping/government"}},
		{"anping/government/culture-tourism", 2023, "2023/index.md", []string{"anping/government"}},
		{"anping/government", 2024, "2024.md", nil},
		{"anping/bureau-2", 2024, "2024.md", nil},
		{"anping/bureau-2", 2025, "2025.md", nil}, // does not exist yet
	} {
		name := filepath.Join(dir, "content/agencies", at.agency, at.file)
		right, err := os.ReadFile(name)
		isNew := err != nil
		if isNew {
			right, err = os.ReadFile(filepath.Join(dir, "content/agencies", at.agency, "2024.md"))
		}
		if err != nil {
			t.Fatal(err)
		}
		for what, text := range slips(t, string(right)) {
			got, err := c.Check(at.agency, at.year, []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			writeFile(t, name, text)
			res, err := generator.Check(t.Context(), generator.Options{Dir: dir})
			if err != nil {
				t.Fatal(err)
			}
			want := slices.DeleteFunc(res.Diagnostics, func(d diag.Diagnostic) bool {
				folder := filepath.ToSlash(filepath.Dir(d.Place.File))
				folder = strings.TrimSuffix(strings.TrimPrefix(folder, "content/agencies/"), fmt.Sprint("/", 2023))
				return folder != at.agency && !slices.Contains(at.above, folder)
			})
			for _, d := range want {
				reported[d.Rule] = true
			}
			if g, w := asJSON(t, got), asJSON(t, want); g != w {
				t.Errorf("%s of %d, %s:\n%s\nwant\n%s", at.agency, at.year, what, g, w)
			}
		}
		if isNew {
			err = os.Remove(name)
		} else {
			err = os.WriteFile(name, right, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, rule := range []string{"rollup", "carry-over", "row-total", "blank-cell", "dead-link", "unused-accept", "encoding", "form-year", "merge-conflict"} {
		if !reported[rule] {
			t.Errorf("%s was never reported: the slips prove less than they should", rule)
		}
	}
}

// slips are reports with different mistakes, and one without.
func slips(t *testing.T, right string) map[string]string {
	t.Helper()
	list := map[string]string{"nothing": right, "no text": "", "no front matter": "text\n", "bytes": right + "\xff\xfe"}
	for _, f := range faults {
		r := &lines{t: t, list: strings.Split(right, "\n")}
		f.plant(r)
		list[f.rule] = strings.Join(r.list, "\n")
	}
	for what, x := range map[string][2]string{
		"accepted":        {"\n---\n\n", "\naccept:\n  - {rule: blank-cell, cell: proactive.penalties, reason: 原文如此}\n---\n\n"},
		"dead link":       {"## 总体情况\n", "## 总体情况\n\n见[一处](nowhere.md)，[自己](2024.md#c-x)，[关于](../../../../about.md)。\n"},
		"draft":           {"form: cn-2021\n", "form: cn-2021\ndraft: true\n"},
		"another form":    {"form: cn-2021\n", "form: cn-1066\n"},
		"conflict":        {"## 总体情况\n", "<<<<<<< HEAD\n## 总体情况\n=======\n## 总体\n>>>>>>> other\n"},
		"too much for it": {"  penalties: 12\n", "  penalties: 99999\n"},
		"too little":      {"  penalties: 12\n", "  penalties: 0\n"},
		"a spelling":      {"  penalties: 12\n", "  penalties: 012\n"},
	} {
		list[what] = strings.Replace(right, x[0], x[1], 1)
	}
	list["pushed down"] = strings.Replace(list["too little"], "---\n", "---\n# \n", 1)
	return list
}

func asJSON(t *testing.T, list []diag.Diagnostic) string {
	t.Helper()
	var b bytes.Buffer
	for _, tag := range []lang.Tag{lang.ZH, lang.EN} {
		if err := diag.WriteJSON(&b, list, tag); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// BenchmarkUnsaved measures a check of text that is not saved, after the first one:
// of an agency with five years, alone, and below a government all of whose figures
// differ from the sums, which gives the most diagnostics.
func BenchmarkUnsaved(b *testing.B) {
	for _, name := range []string{"alone", "government"} {
		b.Run(name, func(b *testing.B) { checkUnsaved(b, name == "government") })
	}
}

func checkUnsaved(b *testing.B, government bool) {
	dir := b.TempDir()
	c := fullCorpus(1, 40, 5)
	var text, above string
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		if government && strings.Contains(c.files[name], "kind: region") {
			c.files[name] = strings.Replace(c.files[name], "kind: region", "kind: government", 1)
		}
		if path.Base(name) == "2021.md" {
			text, above = name, path.Dir(path.Dir(name))
		}
	}
	if government {
		c.files[above+"/2021.md"] = c.files[text]
	}
	c.write(b, dir, rand.New(rand.NewPCG(1, 1)))
	l, err := generator.Open(b.Context(), generator.Options{Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	checker := l.Checker()
	agency := strings.TrimPrefix(path.Dir(text), "content/agencies/")
	unsaved := []byte(strings.Replace(c.files[text], "  enforcement: 0\n", "  enforcement: 7777777\n", 1))
	list, err := checker.Check(agency, 2021, unsaved)
	if err != nil || government != slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Rule == "rollup" }) {
		b.Fatal(err, list)
	}
	for b.Loop() {
		if _, err := checker.Check(agency, 2021, unsaved); err != nil {
			b.Fatal(err)
		}
	}
}
