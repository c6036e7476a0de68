//go:build unix

package beneath

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"testing/fstest"

	"golang.org/x/sys/unix"
)

func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestRefuses opens every name in every way. Names that lead out of the folder,
// block or are hidden give an error with the right reason.
func TestRefuses(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	must(t,
		os.WriteFile(filepath.Join(out, "secret"), []byte("canary"), 0o644),
		os.MkdirAll(at("plain/below"), 0o755),
		os.WriteFile(at("plain/below/file"), []byte("x"), 0o644),
		os.WriteFile(at("plain/.env"), []byte("canary"), 0o644),
		os.MkdirAll(at(".git"), 0o755),
		os.WriteFile(at(".git/config"), []byte("canary"), 0o644),
		os.Symlink(out, at("linked")),
		os.Symlink("plain", at("inside")),
		os.Symlink(filepath.Join(out, "secret"), at("plain/link")),
		os.Symlink("loop", at("loop")),
		os.Symlink("/dev/zero", at("zero")),
		syscall.Mkfifo(at("pipe"), 0o644))
	f, err := Open(dir)
	must(t, err)
	defer f.Close()
	ways := map[string]func(name string) error{
		"Open": func(name string) error {
			file, err := f.Open(name)
			if err == nil {
				file.Close()
			}
			return err
		},
		"ReadFile": func(name string) error { _, err := fs.ReadFile(f, name); return err },
		"ReadRegular": func(name string) error {
			if _, ok := f.ReadRegular(name, 1<<20); ok {
				return nil
			}
			_, err := fs.ReadFile(f, name)
			return err
		},
		"Root": func(name string) error {
			if Hidden(name) {
				return ErrHidden // a name to write is the program's
			}
			root, err := Root(dir, filepath.Dir(filepath.FromSlash(name)), 0)
			if err != nil {
				return err
			}
			defer root.Close()
			info, err := root.Lstat(filepath.Base(name))
			switch {
			case err != nil:
				return err
			case info.Mode()&fs.ModeSymlink != 0:
				return ErrLink
			case !info.Mode().IsRegular():
				return ErrIrregular
			}
			return nil
		},
	}
	for name, want := range map[string]error{
		"plain/below/file": nil, "plain/link": ErrLink, "linked/secret": ErrLink, "inside/below/file": ErrLink,
		"loop": ErrLink, "loop/x": ErrLink, "zero": ErrLink, "pipe": ErrIrregular,
		".git/config": ErrHidden, "plain/.env": ErrHidden, "plain/none": fs.ErrNotExist, "none/x": fs.ErrNotExist,
	} {
		for _, slow := range []bool{false, true} {
			undo := withoutOpenat2(slow)
			for way, read := range ways {
				if err := read(name); !errors.Is(err, want) || want == nil && err != nil {
					t.Errorf("%s of %s (part by part: %v): %v, want %v", way, name, slow, err, want)
				}
			}
			undo()
		}
	}
	for _, name := range []string{"../x", "/etc/passwd", "plain/../plain/below/file", "plain//below", "", "./plain", "plain/"} {
		if _, err := f.Open(name); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%q was opened: %v", name, err)
		}
	}
	for _, name := range []string{"linked", "inside", "loop", "pipe", ".git"} {
		if list, err := f.ReadDir(name); err == nil {
			t.Errorf("%s was listed: %v", name, list)
		}
	}
	if _, err := f.Lstat("linked/secret"); !errors.Is(err, ErrLink) {
		t.Errorf("Lstat went through a link: %v", err)
	}
	if info, err := f.Lstat("linked"); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("Lstat of a link: %v %v", info, err)
	}
}

// TestFS checks a Folder with the tests for every file system (testing/fstest).
func TestFS(t *testing.T) {
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dir, "a/b"), 0o755), os.WriteFile(filepath.Join(dir, "a/b/c"), []byte("x"), 0o644),
		os.WriteFile(filepath.Join(dir, "empty"), nil, 0o644))
	f, err := Open(dir)
	must(t, err, fstest.TestFS(f, "a/b/c", "empty"))
}

// TestOpenFile: a file is not written through a link or under another hard link.
func TestOpenFile(t *testing.T) {
	dir := t.TempDir()
	canary, name := filepath.Join(dir, "canary"), filepath.Join(dir, "lock")
	for way, put := range map[string]func() error{
		"link":      func() error { return os.Symlink(canary, name) },
		"hard link": func() error { return os.Link(canary, name) },
	} {
		must(t, os.WriteFile(canary, []byte("canary"), 0o644), put())
		f, err := OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
		must(t, err)
		_, err = io.WriteString(f, "overwritten")
		must(t, err, f.Close())
		if data, _ := os.ReadFile(canary); string(data) != "canary" {
			t.Errorf("%s: %q was written through it", way, data)
		}
		must(t, os.Remove(name), os.Remove(canary))
	}
	must(t, os.Symlink(canary, name))
	if _, err := ReadFile(name); !errors.Is(err, ErrLink) {
		t.Errorf("a link was read: %v", err)
	}
	must(t, os.Remove(name), unix.Mkfifo(name, 0o644))
	if _, err := OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644); !errors.Is(err, ErrIrregular) {
		t.Errorf("a pipe was opened: %v", err)
	}
}

// TestOpenWaitsForNothing: Open returns an error at once if the path is no folder,
// also for a named pipe.
func TestOpenWaitsForNothing(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	must(t, syscall.Mkfifo(pipe, 0o644))
	if f, err := Open(pipe); !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("%v, %v", f, err)
	}
}
