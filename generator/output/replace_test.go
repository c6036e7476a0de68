package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestReplaceFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "2024.md")
	write(t, path, "old")
	os.Chmod(path, 0o640)
	if err := ReplaceFile(filepath.Dir(path), "2024.md", []byte("old"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	wantTree(t, filepath.Dir(path), map[string]string{"2024.md": "new"})
	if fi, _ := os.Stat(path); fi.Mode().Perm() != 0o640 {
		t.Errorf("mode %v", fi.Mode())
	}
	if err := ReplaceFile(filepath.Dir(path), "2024.md", []byte("old"), []byte("newer")); !errors.Is(err, ErrChanged) {
		t.Errorf("a file that was saved meanwhile: %v", err)
	}
	wantTree(t, filepath.Dir(path), map[string]string{"2024.md": "new"})
}

func TestReplaceFileLeavesLinks(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "target"), "old")
	if err := os.Symlink("target", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if err := ReplaceFile(dir, "link", []byte("old"), []byte("new")); err == nil {
		t.Error("a link was replaced")
	}
	if err := ReplaceFile(dir, "missing", nil, []byte("new")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
	wantTree(t, dir, map[string]string{"target": "old", "link": "old"})
}

func TestCreateFile(t *testing.T) {
	dir := t.TempDir()
	const name = "a/b/_index.md"
	if err := CreateFile(dir, name, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := CreateFile(dir, name, []byte("y"), 0o644); !errors.Is(err, fs.ErrExist) {
		t.Errorf("an existing file: %v", err)
	}
	wantTree(t, dir, map[string]string{"a/b/_index.md": "x"})
}
