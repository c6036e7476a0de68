package acceptance

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator"
	"annals/generator/cli"
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
			switch r.ID {
			case "format":
				return // no file is known that the formatter refuses for a difference
			case "removal":
				return // between two builds of more than twenty reports: TestRemovals
			case "untrusted":
				return // between two commits: TestUntrusted
			case "silent-change", "prose-change", "withdrawn":
				return // between a release and the content: TestRecord
			}
			if len(r.Example.Edits) == 0 && r.Example.Run == nil {
				t.Fatal("the rule has no example")
			}
			files := explain.Base()
			if err := r.Example.Apply(files); err != nil {
				t.Fatal(err)
			}
			if r.Example.Run != nil {
				zh, en := runExample(t, r.ID, files, r.Example, lang.ZH), runExample(t, r.ID, files, r.Example, lang.EN)
				compare(t, r, zh, en)
				return
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
			compare(t, r, first(list, lang.ZH), first(list, lang.EN))
		})
	}
}

// compare compares the output with that of the example.
func compare(t *testing.T, r explain.Rule, zh, en string) {
	t.Helper()
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
}

// runExample runs the example's command in the archive and returns the last line
// of its output about the rule. Other lines do not matter: a document of a few
// lines lacks most of a report.
func runExample(t *testing.T, rule string, files map[string]string, x explain.Example, tag lang.Tag) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	back, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chdir(dir); err != nil {
		t.Fatal(err)
	}
	defer os.Chdir(back)
	var out bytes.Buffer
	env := cli.Env{Out: &out, Err: io.Discard, Getenv: func(string) string { return "" }}
	cli.Main(t.Context(), append(slices.Clone(x.Run), "--lang", string(tag)), env)
	said := ""
	for line := range strings.Lines(out.String()) {
		if strings.HasSuffix(line, " ["+rule+"]\n") {
			said = strings.TrimSuffix(line, "\n")
		}
	}
	if said == "" {
		t.Fatalf("nothing of %s is said:\n%s", rule, out.String())
	}
	return said
}

// first returns the first line of the text output.
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

func record(t *testing.T, id, zh, en string) {
	t.Helper()
	name := filepath.Join("..", "explain", "examples", id+".txt")
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
