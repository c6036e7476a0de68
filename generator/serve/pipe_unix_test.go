//go:build unix

package serve

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// TestFolderOpensNoPipe: a named pipe is treated as missing and is not opened.
func TestFolderOpensNoPipe(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe.html")
	if err := unix.Mkfifo(pipe, 0o644); err != nil {
		t.Fatal(err)
	}
	held, err := os.OpenFile(pipe, os.O_RDWR, 0) // so that opening the pipe would not block
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	if _, err := Folder(dir).Open("pipe.html"); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("%v", err)
	}
}
