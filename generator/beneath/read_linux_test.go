package beneath

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestReadRegular stands on both sides of the limit; and it leaves to others a
// file that is longer than the system says, as one that grows is.
func TestReadRegular(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "four"), []byte("four"), 0o644))
	f, err := Open(dir)
	must(t, err)
	defer f.Close()
	if data, ok := f.ReadRegular("four", 4); !ok || string(data) != "four" {
		t.Errorf("%q, %v", data, ok)
	}
	if data, ok := f.ReadRegular("four", 3); ok {
		t.Errorf("%q is more than the limit", data)
	}
	proc, err := Open("/proc/self")
	must(t, err)
	defer proc.Close()
	if data, ok := proc.ReadRegular("status", 1<<20); ok {
		t.Errorf("a file without an end was read as %q", data)
	}
}

// TestIrregular: a pipe is neither a file nor a folder, by whatever road.
func TestIrregular(t *testing.T) {
	dir := t.TempDir()
	must(t, unix.Mkfifo(filepath.Join(dir, "pipe"), 0o644))
	f, err := Open(dir)
	must(t, err)
	defer f.Close()
	if _, err := f.Open("pipe"); !errors.Is(err, ErrIrregular) {
		t.Errorf("%v", err)
	}
	if _, ok := f.ReadRegular("pipe", 1); ok {
		t.Error("a pipe was read")
	}
}

// TestRoot: the way to a folder that is written to has no link on it, and does
// not leave the folder above.
func TestRoot(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, "a"), 0o755), os.Symlink(out, filepath.Join(dir, "a/linked")), os.WriteFile(filepath.Join(dir, "file"), nil, 0o644))
	for name, want := range map[string]error{
		"a/linked": ErrLink, "a/linked/b": ErrLink, "..": fs.ErrInvalid, "a/../..": fs.ErrInvalid, "missing": fs.ErrNotExist,
	} {
		if r, err := Root(dir, name, 0); !errors.Is(err, want) {
			t.Errorf("%s: %v, %v", name, r, err)
		}
	}
	if _, err := Root(dir, "file", 0); err == nil || !strings.Contains(err.Error(), "not a folder") {
		t.Errorf("a file: %v", err)
	}
	if _, err := Root(dir, "a/b/c", 0o755); err != nil {
		t.Error(err)
	}
	if list, _ := os.ReadDir(out); len(list) > 0 {
		t.Error("a folder was made behind a link")
	}
}
