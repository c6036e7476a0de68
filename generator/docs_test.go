package generator_test

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator"
	"annals/generator/diag"
	"annals/generator/explain"
	"annals/generator/form"
	"annals/generator/lang"
)

// TestRulesDocument keeps docs/rules.md what annals explain says.
func TestRulesDocument(t *testing.T) {
	const name = "docs/rules.md"
	forms, _ := form.Load(fstest.MapFS{})
	var b bytes.Buffer
	b.WriteString("<!-- Made of the forms and of diag/rules by: go test ./generator -run TestRulesDocument -update -->\n\n# Rules\n\n" +
		"What `annals check` tells, as `annals explain RULE` says it. The first ones are relations of the forms.\n")
	for _, r := range explain.Rules(forms) {
		severity := "error"
		if r.Severity == diag.Warning {
			severity = "warning"
		}
		fmt.Fprintf(&b, "\n## %s\n\n**%s** · %s · %s\n", r.ID, r.Title.In(lang.ZH), r.Title.In(lang.EN), severity)
		if len(r.Forms) > 0 {
			fmt.Fprintf(&b, "\nForms: %s\n", strings.Join(r.Forms, ", "))
		}
		if r.Formula.ZH != "" {
			fmt.Fprintf(&b, "\n> %s  \n> %s\n", r.Formula.In(lang.ZH), r.Formula.In(lang.EN))
		}
		for _, p := range []lang.Text{r.Explain, r.Basis} {
			if p.ZH != "" {
				fmt.Fprintf(&b, "\n%s\n\n%s\n", p.In(lang.ZH), p.In(lang.EN))
			}
		}
		if r.Acceptable {
			b.WriteString("\nWhere the document says so, `accept` publishes it with a reason.\n")
		}
		if r.Example.Says != "" {
			fmt.Fprintf(&b, "\n```diff\n%s\n```\n", strings.Join(r.Example.Lines(lang.ZH), "\n"))
		}
	}
	if *update {
		if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(name)
	if err != nil || !bytes.Equal(have, b.Bytes()) {
		t.Errorf("%v: %s is not what the rules say; run this test with -update", err, name)
	}
}

// TestFormsDocument: the example of docs/forms.md is a form, and its report is
// a right report on it.
func TestFormsDocument(t *testing.T) {
	data, err := os.ReadFile("docs/forms.md")
	if err != nil {
		t.Fatal(err)
	}
	block := func(kind string) string {
		_, rest, _ := strings.Cut(string(data), "```"+kind+"\n")
		text, _, ok := strings.Cut(rest, "```")
		if !ok {
			t.Fatalf("no block of %s", kind)
		}
		return text
	}
	dir := t.TempDir()
	report := block("markdown")
	for name, text := range map[string]string{
		"site.yaml":                "title: 档案\n",
		"forms/town.yaml":          block("yaml"),
		"agencies/a/_index.md":     "---\nname: 甲街道\nkind: township\n---\n",
		"agencies/a/2024.md":       report,
		"agencies/a/2025.md":       strings.NewReplacer("2025-", "2026-", "[30, 12, 42]", "[31, 11, 42]", "[2, 0, 2]", "[1, 1, 2]").Replace(report),
		"agencies/wrong/_index.md": "---\nname: 乙街道\nkind: township\n---\n",
		"agencies/wrong/2024.md":   strings.Replace(report, "[30, 12, 42]", "[30, 12, 43]", 1),
	} {
		writeFile(t, filepath.Join(dir, "content", name), text)
	}
	res, err := generator.Check(t.Context(), generator.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range res.Diagnostics {
		if d.Place.File != "content/agencies/wrong/2024.md" {
			t.Error(first([]diag.Diagnostic{d}, lang.EN))
		}
	}
	if !slices.ContainsFunc(res.Diagnostics, func(d diag.Diagnostic) bool { return d.Rule == "sum-of-channels" }) {
		t.Error("a wrong sum is not told by the form's relation")
	}
}

// TestArchitectureDocument: what it says of layers and libraries is what the
// tests hold.
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
	if n := strings.Count(text, "\n"); n > 200 {
		t.Errorf("%d lines are too many to be read", n)
	}
}

// TestDocumentsNameWhatExists: links and names of files lead somewhere.
func TestDocumentsNameWhatExists(t *testing.T) {
	documents, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	file := regexp.MustCompile("`([a-zA-Z0-9_./-]+\\.(?:go|md|yaml|json|js|html|txtar))`")
	for _, name := range append(documents, "ARCHITECTURE.md", "../README.md") {
		if name == "docs/rules.md" {
			continue // of examples, whose files are made up
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
			if !exists(to) && !exists(path.Join("..", to)) && to != "site.yaml" {
				t.Errorf("%s names %s, which is not there", name, to)
			}
		}
	}
}

func exists(name string) bool {
	_, err := os.Stat(filepath.FromSlash(name))
	return err == nil
}
