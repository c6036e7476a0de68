package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"annals/generator/explain"
)

// repository is an archive in git, whose files are committed as "base".
type repository struct {
	t   *testing.T
	dir string
}

func newRepository(t *testing.T) repository {
	t.Helper()
	r := repository{t, t.TempDir()}
	for name, text := range explain.Base() {
		r.write(name, text)
	}
	r.write("layouts/assets/x.css", "a{}")
	r.write(".gitignore", "public/\n.annals/\n")
	r.git("init", "-q", "-b", "main")
	r.commit()
	r.git("tag", "base")
	return r
}

func (r repository) write(name, text string) {
	r.t.Helper()
	name = filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

func (r repository) git(args ...string) {
	r.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b")
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

func (r repository) commit() {
	r.git("add", "-A")
	r.git("commit", "-q", "--allow-empty", "-m", "x")
}

const county = "content/agencies/anping/government/culture-tourism/"

// TestUntrusted: each kind of suspicious change is listed, compared by git and by
// folder; a bureau that adds to its own folder causes no entry.
func TestUntrusted(t *testing.T) {
	report := explain.Base()[county+"2024.md"]
	if report == "" {
		t.Fatal("the base archive has no such report")
	}
	row := report[strings.Index(report, "  permits:"):]
	row = row[:strings.Index(row, "\n")]
	for name, c := range map[string]struct {
		change func(r repository)
		want   []string // file and message
	}{
		"nothing":                  {func(repository) {}, nil},
		"a new report":             {func(r repository) { r.write(county+"2025.md", report) }, nil},
		"words":                    {func(r repository) { r.write(county+"2024.md", report+"\n新的一句。\n") }, nil},
		"a page that is only kept": {func(r repository) { r.write(county+"2023/original.html", "<script>x</script>") }, nil},
		"a page that is published": {func(r repository) {
			r.write("content/site.yaml", explain.Base()["content/site.yaml"]+"\npublish: {types: [html]}\n")
			r.write(county+"2023/original.html", "<script>x</script>")
		}, []string{county + "2023/original.html a file of this kind is published, and a browser may run what is in it (publish in site.yaml)", "content/site.yaml the settings of the site are changed"}},
		"line ends": {func(r repository) {
			r.write("content/site.yaml", strings.ReplaceAll(explain.Base()["content/site.yaml"], "\n", "\r\n"))
		}, nil},
		"a figure": {func(r repository) { r.write(county+"2024.md", strings.Replace(report, row, "  permits: 77", 1)) }, []string{county + "2024.md proactive.permits was"}},
		"a row":    {func(r repository) { r.write(county+"2024.md", strings.Replace(report, row+"\n", "", 1)) }, []string{county + "2024.md proactive.permits was"}},
		"moved": {func(r repository) {
			os.Remove(filepath.Join(r.dir, county+"2024.md"))
			r.write(county+"2024/index.md", report)
		}, nil},
		"moved, changed": {func(r repository) {
			os.Remove(filepath.Join(r.dir, county+"2024.md"))
			r.write(county+"2024/index.md", strings.Replace(report, row, "  permits: 77", 1))
		}, []string{county + "2024/index.md proactive.permits was"}},
		"a draft": {func(r repository) {
			r.write(county+"2024.md", strings.Replace(report, "---\n", "---\ndraft: true\n", 1))
		}, []string{county + "2024.md became a draft"}},
		"a deletion": {func(r repository) { os.Remove(filepath.Join(r.dir, county+"2024.md")) }, []string{county + "2024.md deleted"}},
		"settings":   {func(r repository) { r.write("content/site.yaml", "title: x\n") }, []string{"content/site.yaml settings"}},
		"a form":     {func(r repository) { r.write("content/forms/own.yaml", "id: x\n") }, []string{"content/forms/own.yaml form"}},
		"a layout":   {func(r repository) { r.write("layouts/assets/x.css", "b{}") }, []string{"layouts/assets/x.css layout"}},
		"a page":     {func(r repository) { r.write("content/about.md", "x") }, []string{"content/about.md no agency's"}},
		"a workflow": {func(r repository) { r.write(".github/workflows/x.yml", "x") }, []string{".github/workflows/x.yml workflow"}},
		"a hook":     {func(r repository) { r.write("hooks/pre-commit", "x") }, []string{"hooks/pre-commit hook"}},
		"a dot-file": {func(r repository) { r.write(county+".gitattributes", "x") }, []string{county + ".gitattributes begins with a dot"}},
		"a program":  {func(r repository) { r.write("Makefile", "x") }, []string{"Makefile outside the agencies"}},
		"a link":     {func(r repository) { os.Symlink("/etc/passwd", filepath.Join(r.dir, county+"2024.csv")) }, []string{county + "2024.csv link"}},
		"two agencies": {func(r repository) {
			r.write(county+"2025.md", report)
			r.write("content/agencies/anping/government/2025.md", "x")
		}, []string{"content/agencies/anping/government/2025.md 2 agencies", county + "2025.md 2 agencies"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRepository(t)
			before := t.TempDir()
			if err := os.CopyFS(before, os.DirFS(r.dir)); err != nil {
				t.Fatal(err)
			}
			c.change(r)
			r.commit()
			for _, base := range []string{"base", before} {
				code, out := run(r.dir, "check", "--untrusted", base, "--format", "json")
				var got []string
				for line := range strings.Lines(out) {
					var d struct{ File, Rule, Message string }
					if err := json.Unmarshal([]byte(line), &d); err != nil || d.Rule != "untrusted" {
						t.Fatalf("%s: %v %s", base, err, line)
					}
					got = append(got, d.File+" "+d.Message)
				}
				if len(got) != len(c.want) || (code == content) != (len(c.want) > 0) {
					t.Errorf("%s: exit %d, %q, want %q", base, code, got, c.want)
					continue
				}
				for i, w := range c.want {
					file, words, _ := strings.Cut(w, " ")
					if !slices.ContainsFunc(got, func(g string) bool { return strings.HasPrefix(g, file+" ") && strings.Contains(g, words) }) {
						t.Errorf("%s: %q, want %q", base, got[i], w)
					}
				}
			}
		})
	}
}

// TestUntrustedBase: bases that are refused, such as a revision that looks like an
// option or does not exist, a folder that the change itself could have added, a
// shallow clone, and no repository at all.
func TestUntrustedBase(t *testing.T) {
	r := newRepository(t)
	r.write("content/site.yaml", "title: x\n")
	r.write("evil/content/site.yaml", "title: x\n")
	r.commit()
	for _, base := range []string{"", "--help", "--output=/tmp/x", "nosuch", "evil", filepath.Join(r.dir, "evil"), "main:content/site.yaml", "base\nmain", r.dir} {
		code, out := run(r.dir, "check", "--untrusted="+base)
		if code != impossible || !strings.Contains(out, "annals: ") {
			t.Errorf("%q: exit %d\n%s", base, code, out)
		}
	}
	shallow := filepath.Join(t.TempDir(), "clone")
	r.git("clone", "-q", "--depth", "1", "file://"+r.dir, shallow)
	base, err := exec.Command("git", "-C", r.dir, "rev-parse", "base").Output()
	if err != nil {
		t.Fatal(err)
	}
	if code, out := run(shallow, "check", "--untrusted", string(bytes.TrimSpace(base))); code != impossible || !strings.Contains(out, "fetch-depth: 0") {
		t.Errorf("shallow: exit %d\n%s", code, out)
	}
	bare := t.TempDir()
	if err := os.Mkdir(filepath.Join(bare, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	if code, out := run(bare, "check", "--untrusted", "base"); code != impossible || !strings.Contains(out, "no git repository") {
		t.Errorf("no repository: exit %d\n%s", code, out)
	}
}

// TestUntrustedRunsNothing: no program that a repository's own configuration and
// attributes can name is run.
func TestUntrustedRunsNothing(t *testing.T) {
	r := newRepository(t)
	trace := filepath.Join(t.TempDir(), "ran")
	script := filepath.Join(t.TempDir(), "evil")
	if err := os.WriteFile(script, []byte("#!/bin/sh\necho $0 >> "+trace+"\ncat\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	r.write(".gitattributes", "* filter=evil diff=evil\n")
	for _, key := range []string{"core.fsmonitor", "core.pager", "core.sshCommand", "core.askPass", "core.editor", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv", "diff.evil.command", "diff.external", "pager.ls-files"} {
		r.git("config", key, script)
	}
	r.git("config", "core.hooksPath", filepath.Dir(script))
	os.Remove(trace)
	r.write("content/site.yaml", "title: x\n")
	if code, out := run(r.dir, "check", "--untrusted", "base"); code != content {
		t.Fatalf("exit %d\n%s", code, out)
	}
	if ran, err := os.ReadFile(trace); err == nil {
		t.Errorf("ran: %s", ran)
	}
}
