package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

const root = "../.."

// TestReadme runs the commands of README.md, in their order, in a new folder:
// a copy of content/, and whatever the commands before have made. They must
// do what they say there, in that order, for somebody who types them in.
func TestReadme(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS(filepath.Join(root, "content"))); err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, line := range readmeCommands(t) {
		ran++
		switch words := strings.Fields(line); {
		case line == "go test ./...":
			// This is the test that is running; what continuous integration
			// runs must be no less.
			ci, err := os.ReadFile(filepath.Join(root, ".ci/run"))
			if err != nil || !strings.Contains(string(ci), line) {
				t.Errorf("%v: .ci/run does not run %q", err, line)
			}
		case line == "go install ./cmd/annals":
			if _, err := exec.LookPath("annals"); err != nil {
				t.Error(err) // TestMain has put the program there
			}
		case words[0] == "cd":
			dir = filepath.Join(dir, words[1])
		case line == "annals serve":
			cmd := exec.CommandContext(t.Context(), "annals")
			cmd.Dir = dir
			serveAndStop(t, cmd)
		case words[0] == "annals", strings.HasPrefix(line, "go run ./cmd/annals "):
			if words[1] == "import" {
				copyFile(t, filepath.Join(root, "generator/importer/testdata/reports/pandoc.docx"), filepath.Join(dir, words[2]))
			}
			args := strings.Replace(line, "go run ./cmd/annals", "annals", 1)
			cmd := exec.CommandContext(t.Context(), "/bin/sh", "-c", args)
			cmd.Dir = dir
			if text, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%s: %v\n%s", line, err, text)
			}
			if words[1] == "import" { // the sample is another agency's
				const report = "content/agencies/anping/archives/2024/index.md"
				writeFile(t, dir, report, strings.Replace(readFile(t, dir, report), "青禾县水务局", "安平县档案馆", 1))
			}
		default:
			t.Errorf("README.md has a command that this test does not know how to run: %s", line)
		}
	}
	if ran < 10 {
		t.Errorf("%d commands were found in README.md", ran)
	}
	for _, file := range []string{"public/index.html", "public/agencies/anping/archives/2024/index.html", "content/agencies/anping/archives/2023.md"} {
		if _, err := os.Stat(filepath.Join(dir, file)); err != nil {
			t.Errorf("after all commands: %v", err)
		}
	}
}

// TestRecipes: what the recipes and the hook of a new archive run exists, and
// a change by one agency passes, in a clone as Windows makes it: with
// core.autocrlf every source would have other bytes than were committed, the
// hook could not run, and an attachment would not have its hash.
func TestRecipes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	run(t, "", "annals", "init", dir)
	git := func(dir string, args ...string) {
		run(t, dir, "git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.cn"}, args...)...)
	}
	run(t, dir, "annals", "new", "agency", "example/archives", "--name", "示例县档案馆", "--kind", "institution")
	settings := readFile(t, dir, "content/site.yaml")
	writeFile(t, dir, "content/site.yaml", settings+"deploy:\n  www: {kind: folder, folder: ../www}\n")
	git(dir, "init", "--quiet", "--initial-branch", "main")
	git(dir, "config", "core.autocrlf", "true")
	git(dir, "add", ".")
	git(dir, "commit", "--quiet", "--message", "base")

	// The agency adds a report with attachments that end their lines as they do.
	table := "a,b\n1,2\n"
	writeFile(t, dir, "content/agencies/example/archives/2024/more.csv", "a,b\r\n1,2\r\n")
	writeFile(t, dir, "content/agencies/example/archives/2024/table.csv", table)
	writeFile(t, dir, "content/agencies/example/archives/2024/index.md", strings.Replace(readFile(t, dir, "content/agencies/example/office/2024.md"),
		"published: 2025-01-20\n", fmt.Sprintf("published: 2025-01-20\nsource:\n  file: table.csv\n  sha256: %x\n", sha256.Sum256([]byte(table))), 1))
	git(dir, "checkout", "--quiet", "-b", "change")
	git(dir, "add", ".")
	git(dir, "commit", "--quiet", "--message", "change")
	if got := run(t, dir, "git", "check-attr", "text", "content/releases/0001-2026-01-31.jsonl"); !strings.HasSuffix(got, ": unset\n") {
		t.Error(got)
	}

	var clone string
	for _, convert := range []string{"false", "input", "true"} {
		clone = filepath.Join(t.TempDir(), convert)
		git("", "clone", "--quiet", "--config", "core.autocrlf="+convert, dir, clone)
		sources := 0
		for name := range strings.FieldsSeq(run(t, dir, "git", "ls-files")) {
			sources++
			if was, is := readFile(t, dir, name), readFile(t, clone, name); was != is {
				t.Errorf("%s has other bytes in a clone with core.autocrlf=%s:\n%q", name, convert, is)
			}
		}
		if sources < 14 {
			t.Errorf("only %d files were compared", sources)
		}
		if out := run(t, clone, "git", "status", "--porcelain"); out != "" {
			t.Errorf("a clone with core.autocrlf=%s is not clean:\n%s", convert, out)
		}
	}

	if err := os.Mkdir(filepath.Join(clone, "../www"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GITHUB_BASE_REF", "main")
	t.Setenv("CI_MERGE_REQUEST_DIFF_BASE_SHA", "origin/main")
	for file, want := range map[string]int{".github/workflows/annals.yml": 6, ".gitea/workflows/annals.yml": 6, ".gitlab-ci.yml": 5, "hooks/pre-commit": 2} {
		ran := 0
		for line := range strings.Lines(readFile(t, clone, file)) {
			line = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(line), "- "), "run: ")
			if !strings.HasPrefix(line, "annals ") {
				continue
			}
			ran++
			run(t, clone, "/bin/sh", "-c", line)
		}
		if ran != want {
			t.Errorf("%s runs %d commands, want %d", file, ran, want)
		}
	}
	run(t, clone, "hooks/pre-commit")
}

// run runs a command that has to succeed, and returns what it printed.
func run(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	if strings.Contains(name, "/") && !filepath.IsAbs(name) {
		cmd.Path = filepath.Join(dir, name)
	}
	cmd.Dir = dir
	text, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s %s: %v\n%s", name, strings.Join(args, " "), err, text)
	}
	return string(text)
}

func readFile(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func writeFile(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// readmeCommands are the lines of the blocks marked sh, without remarks.
func readmeCommands(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, block := range regexp.MustCompile("(?ms)^```sh\n(.*?)^```").FindAllStringSubmatch(string(data), -1) {
		for line := range strings.Lines(block[1]) {
			line, _, _ = strings.Cut(line, " #")
			if line = strings.TrimSpace(line); line != "" {
				list = append(list, line)
			}
		}
	}
	return list
}

// TestReadmeTables: the README names every command and every common flag.
func TestReadmeTables(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	help, err := exec.CommandContext(t.Context(), "annals", "help").Output()
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile(`(?m)^  ([a-z]+) +\S| (--[a-z-]+) `).FindAllStringSubmatch(string(help), -1)
	if len(names) < 15 {
		t.Fatalf("only %d commands and flags are in\n%s", len(names), help)
	}
	for _, m := range names {
		want := "annals " + m[1]
		switch {
		case m[2] != "":
			want = m[2]
		case m[1] == "annals", m[1] == "help":
			continue
		}
		if m[2] != "--help" && !strings.Contains(string(data), "`"+want) {
			t.Errorf("README.md does not name %s", want)
		}
	}
}

// serveAndStop starts the server, waits until it says where it is, and ends it
// as Ctrl-C does.
func serveAndStop(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	cmd.Args = append(cmd.Args, "serve", "--addr", "127.0.0.1:0")
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
	defer late.Stop()
	var text bytes.Buffer
	for lines := bufio.NewScanner(io.TeeReader(said, &text)); lines.Scan(); {
		if strings.Contains(lines.Text(), "http://127.0.0.1:") {
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err != nil || !strings.Contains(text.String(), "http://") {
		t.Errorf("annals serve: %v\n%s", err, text.String())
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
