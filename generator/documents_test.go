package generator_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestArchitectureDocument: ARCHITECTURE.md has the same layers and libraries as
// the tests.
func TestArchitectureDocument(t *testing.T) {
	data, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	var lines []string
	for _, line := range layers {
		var names []string
		for _, p := range line {
			name := strings.TrimPrefix(p, "generator/")
			names = append(names, name)
		}
		lines = append(lines, strings.Join(names, " "))
	}
	if want := "```\n" + strings.Join(lines, "\n") + "\n```"; !strings.Contains(text, want) {
		t.Errorf("the layers are\n%s", want)
	}
	for lib, homes := range libraries {
		short := strings.TrimPrefix(strings.TrimPrefix(strings.TrimSuffix(lib, "/v2"), "github.com/"), "golang.org/")
		if _, name, ok := strings.Cut(short, "/"); ok && strings.HasPrefix(short, "fsnotify/") {
			short = name
		}
		if foreign(lib) && len(homes) > 0 && !strings.Contains(text, short) {
			t.Errorf("nothing is said of the library %s", short)
		}
	}
	if n := strings.Count(text, "\n"); n > 220 {
		t.Errorf("%d lines are too many to be read", n)
	}
}

// TestDocumentsNameWhatExists: the links and file names in documents exist.
func TestDocumentsNameWhatExists(t *testing.T) {
	var documents []string
	for _, pattern := range []string{"docs/*.md", "docs/decisions/*.md", "*.md", "../.github/*.md"} {
		list, err := filepath.Glob(pattern)
		if err != nil || len(list) == 0 {
			t.Fatal(pattern, err)
		}
		documents = append(documents, list...)
	}
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	file := regexp.MustCompile("`([a-zA-Z0-9_./-]+\\.(?:go|md|yaml|json|js|html|txtar))`")
	for _, name := range append(documents, "../README.md") {
		if name == "docs/rules.md" {
			continue // an example, whose files are invented
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllSubmatch(data, -1) {
			if to := filepath.Join(filepath.Dir(name), string(m[1])); !exists(to) {
				t.Errorf("%s links to %s, which is not there", name, m[1])
			}
		}
		if name != "ARCHITECTURE.md" && name != "docs/testing.md" {
			continue
		}
		for _, m := range file.FindAllSubmatch(data, -1) {
			to := string(m[1])
			if !exists(to) && !exists(path.Join("acceptance", to)) && !exists(path.Join("..", to)) && to != "site.yaml" {
				t.Errorf("%s names %s, which is not there", name, to)
			}
		}
	}
}

func exists(name string) bool {
	_, err := os.Stat(filepath.FromSlash(name))
	return err == nil
}
