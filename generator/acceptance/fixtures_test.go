// Package acceptance tests all stages together: from the bytes of an archive to
// its diagnostics, its site and the pages shown while it is edited. It has only
// tests.
package acceptance

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/explain"
)

// start writes an archive of a few agencies and years.
func start(t *testing.T, dir string) {
	t.Helper()
	for name, text := range explain.Base() {
		writeFile(t, filepath.Join(dir, name), text)
	}
	bureau := filepath.Join(dir, "content/agencies/anping/government/culture-tourism")
	for i := range 4 {
		to := filepath.Join(dir, fmt.Sprintf("content/agencies/anping/bureau-%d", i))
		copyTree(t, bureau, to)
	}
	writeFile(t, filepath.Join(dir, "content/about.md"), "---\ntitle: 关于\n---\n\n说明。\n")
}

func writeFile(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func copyTree(t *testing.T, from, to string) {
	t.Helper()
	if strings.HasPrefix(to, from+"/") {
		return
	}
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// cleanBuild builds a copy of the archive without any earlier state.
func cleanBuild(t *testing.T, dir string) (map[string]string, bool, *generator.Result) {
	t.Helper()
	return cleanBuildBy(t, "", dir)
}

// cleanBuildBy is cleanBuild of a program that names itself.
func cleanBuildBy(t *testing.T, program, dir string) (map[string]string, bool, *generator.Result) {
	t.Helper()
	fresh := t.TempDir()
	for _, name := range []string{"content", "layouts"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			copyTree(t, filepath.Join(dir, name), filepath.Join(fresh, name))
		}
	}
	out := filepath.Join(fresh, "public")
	res, err := generator.Build(t.Context(), generator.Options{Dir: fresh, Out: out, Program: program})
	if err != nil {
		t.Fatal(err)
	}
	return files(t, out), res.Published, res
}

func files(t *testing.T, root string) map[string]string {
	t.Helper()
	list := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(root, path)
		list[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// difference returns the first file in which the trees differ, or "".
func difference(got, want map[string]string) string {
	for _, name := range slices.Sorted(maps.Keys(got)) {
		w, ok := want[name]
		if !ok {
			return name + " should not be there"
		}
		if g := got[name]; g != w {
			i := 0
			for i < len(g) && i < len(w) && g[i] == w[i] {
				i++
			}
			return fmt.Sprintf("%s differs at byte %d:\n%q\n%q", name, i, g[max(0, i-40):min(len(g), i+80)], w[max(0, i-40):min(len(w), i+80)])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if _, ok := got[name]; !ok {
			return name + " is missing"
		}
	}
	return ""
}
