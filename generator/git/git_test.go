package git

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestCalls replaces git by a program that records its arguments and environment. A
// revision, whatever it is, must come after --end-of-options, and of the environment
// only the search path of programs is passed on.
func TestCalls(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "log")
	id := strings.Repeat("a", 40)
	script := "#!/bin/sh\n{ echo call; for a; do echo \"arg $a\"; done; env | sed 's/^/env /'; } >>'" + log + "'\necho " + id + "\n"
	if err := os.WriteFile(filepath.Join(dir, "git"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	t.Setenv("HOME", "/somebody's")
	t.Setenv("GIT_DIR", "/elsewhere")
	t.Setenv("GIT_EXTERNAL_DIFF", "program")
	git, err := filepath.Abs(filepath.Join(dir, "git"))
	if err != nil {
		t.Fatal(err)
	}
	r := &Repository{Top: dir, git: git}
	const revision = "--output=x"
	if got, err := r.Resolve(context.Background(), revision); err != nil || got != id {
		t.Fatalf("%q, %v", got, err)
	}
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	at := slices.Index(lines, "arg "+revision+"^{commit}")
	if at < 1 || lines[at-1] != "arg --end-of-options" {
		t.Errorf("the revision could be an option: %q", lines)
	}
	for _, line := range lines {
		name, isEnv := strings.CutPrefix(line, "env ")
		name, value, _ := strings.Cut(name, "=")
		switch {
		case !isEnv || slices.Contains([]string{"PATH", "SYSTEMROOT", "LC_ALL", "PWD", "SHLVL", "_", "OLDPWD"}, name): // the shell's own
		case name == "HOME" || name == "GIT_DIR" || name == "GIT_EXTERNAL_DIFF":
			t.Errorf("git sees %s", line)
		case strings.HasPrefix(name, "GIT_") && (value == "1" || value == "0" || value == "" || value == os.DevNull):
		default:
			t.Errorf("git sees %s", line)
		}
	}
	for _, want := range []string{"arg --no-pager", "arg core.fsmonitor=false", "arg protocol.allow=never", "arg core.hooksPath=" + os.DevNull,
		"env GIT_CONFIG_NOSYSTEM=1", "env GIT_NO_LAZY_FETCH=1", "env GIT_TERMINAL_PROMPT=0", "env GIT_CONFIG_GLOBAL=" + os.DevNull} {
		if !slices.Contains(lines, want) {
			t.Errorf("git is called without %s", want)
		}
	}
}

// TestID: only a full id is accepted as that of a commit.
func TestID(t *testing.T) {
	for s, want := range map[string]bool{strings.Repeat("a", 40): true, strings.Repeat("0", 64): true, "HEAD": false, strings.Repeat("a", 39): false, strings.Repeat("g", 40): false, "-" + strings.Repeat("a", 39): false} {
		if isID(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
	if _, err := (&Repository{}).Tree(context.Background(), "--all"); err != ErrUnknown {
		t.Errorf("%v", err)
	}
}
