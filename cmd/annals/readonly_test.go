//go:build unix

package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"annals/generator/explain"
)

// A source that nothing can be written to, as a mount of a container, is
// checked, and built into a folder that lies elsewhere; what helps the next
// build lies beside that.
func TestReadOnlySource(t *testing.T) {
	top, err := os.MkdirTemp("", "annals-read-only-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(top) })
	source, work := filepath.Join(top, "source"), filepath.Join(top, "work")
	for name, text := range explain.Base() {
		writeFile(t, source, name, text)
	}
	program := filepath.Join(top, "annals")
	installed, err := exec.LookPath("annals")
	if err != nil {
		t.Fatal(err)
	}
	copyFile(t, installed, program)
	// Root may write anywhere: the program runs as somebody else then.
	const nobody = 65534
	if err := os.Mkdir(work, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, mode := range map[string]fs.FileMode{top: 0o755, work: 0o777, program: 0o755} {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	access := func(folder, file fs.FileMode) {
		filepath.WalkDir(source, func(path string, e fs.DirEntry, err error) error {
			if err != nil {
				t.Fatal(err)
			}
			if e.IsDir() {
				return os.Chmod(path, folder)
			}
			return os.Chmod(path, file)
		})
	}
	access(0o555, 0o444)
	t.Cleanup(func() { access(0o755, 0o644) })
	command := func(args ...string) *exec.Cmd {
		cmd := exec.CommandContext(t.Context(), program, append(args, "--dir", source)...)
		cmd.Dir = work
		if os.Getuid() == 0 {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		}
		return cmd
	}
	annals := func(args ...string) (string, error) {
		out, err := command(args...).CombinedOutput()
		return string(out), err
	}
	out := filepath.Join(work, "site")
	for _, args := range [][]string{{"check"}, {"fmt", "--check"}, {"build", "--out", out}, {"build", "--out", out, "--verbose"}, {"search", "行政许可", "--out", out}} {
		text, err := annals(args...)
		if err != nil {
			t.Errorf("%s: %v\n%s", strings.Join(args, " "), err, text)
		}
	}
	for _, name := range []string{"site/index.html", "site.annals/manifest-*"} {
		if found, err := filepath.Glob(filepath.Join(work, name)); err != nil || len(found) != 1 {
			t.Errorf("%s: %q", name, found)
		}
	}
	// Into the source itself nothing can be built, and it is said so.
	text, err := annals("build")
	if code := 0; err == nil || cmdExit(err, &code) != 3 || !strings.Contains(text, "source") {
		t.Errorf("%v\n%s", err, text)
	}
	serveAndStop(t, command("--out", out))
}

func cmdExit(err error, code *int) int {
	if exit, ok := err.(*exec.ExitError); ok {
		*code = exit.ExitCode()
	}
	return *code
}
