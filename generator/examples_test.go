package generator_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator"
	"annals/generator/diag"
	"annals/generator/explain"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/source"
)

var update = flag.Bool("update", false, "write what the program says into the examples")

// The example of every rule is executed: the base archive is clean, and with
// the example's change it gives exactly the diagnostic that the example shows.
func TestExamples(t *testing.T) {
	forms, _ := form.Load(fstest.MapFS{})
	if list := checkFiles(t, explain.Base(), explain.Example{}); len(list) > 0 {
		t.Fatalf("the base archive is not clean: %s", first(list, lang.ZH))
	}
	for _, r := range explain.Rules(forms) {
		t.Run(r.ID, func(t *testing.T) {
			if strings.HasPrefix(r.ID, "import-") || r.ID == "format" || r.ID == "new" {
				return // said of documents that are imported, formatted or new, not of an archive
			}
			if len(r.Example.Edits) == 0 {
				t.Fatal("the rule has no example")
			}
			files := explain.Base()
			if err := r.Example.Apply(files); err != nil {
				t.Fatal(err)
			}
			list := checkFiles(t, files, r.Example)
			if len(list) != 1 {
				for _, d := range list {
					t.Log(first([]diag.Diagnostic{d}, lang.ZH))
				}
				t.Fatalf("%d diagnostics, want one", len(list))
			}
			if list[0].Rule != r.ID {
				t.Errorf("the rule is %s", list[0].Rule)
			}
			zh, en := first(list, lang.ZH), first(list, lang.EN)
			if *update {
				record(t, r.ID, zh, en)
				return
			}
			if zh != r.Example.Says {
				t.Errorf("said:  %s\nshown: %s", zh, r.Example.Says)
			}
			if en != r.Example.SaysEN {
				t.Errorf("said:  %s\nshown: %s", en, r.Example.SaysEN)
			}
		})
	}
}

// first is the first line of the text output.
func first(list []diag.Diagnostic, tag lang.Tag) string {
	var b bytes.Buffer
	p := diag.Text{Out: &b, Lang: tag}
	if err := p.Print(list[:1]); err != nil {
		return err.Error()
	}
	line, _, _ := strings.Cut(b.String(), "\n")
	return line
}

func checkFiles(t *testing.T, files map[string]string, x explain.Example) []diag.Diagnostic {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	for _, e := range x.Edits {
		name := filepath.Join(dir, filepath.FromSlash(e.File))
		switch {
		case e.Link != "":
			if err := os.Symlink(e.Link, name); err != nil {
				t.Fatal(err)
			}
		case e.Locked:
			if os.Geteuid() == 0 {
				return []diag.Diagnostic{diag.New("unreadable", at(e.File), "problem", "permission denied")}
			}
			if err := os.Chmod(name, 0); err != nil {
				t.Fatal(err)
			}
		}
	}
	res, err := generator.Check(t.Context(), generator.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	return res.Diagnostics
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

func record(t *testing.T, id, zh, en string) {
	t.Helper()
	name := filepath.Join("explain", "examples", id+".txt")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var keep []string
	for line := range strings.SplitSeq(strings.TrimRight(string(data), "\n"), "\n") {
		if !strings.HasPrefix(line, "zh ") && !strings.HasPrefix(line, "en ") {
			keep = append(keep, line)
		}
	}
	keep = append(keep, "zh "+zh, "en "+en, "")
	if err := os.WriteFile(name, []byte(strings.Join(keep, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
}

func at(file string) source.Place { return source.At(1, 1).In(file) }
