package output

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"annals/generator/beneath"
)

// at calls f before each operation of the name until restore.
func at(op string, f func() error) (restore func()) {
	return beneath.Intercept(func(now, path string) error {
		if now == op {
			return f()
		}
		return nil
	})
}

// TestReplaceFileIsNeverInPlace: whoever has the file open keeps the old bytes.
func TestReplaceFileIsNeverInPlace(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "2024.md")
	write(t, path, "old")
	reader, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	// Before the last step, too, the file holds the old bytes.
	defer at("rename", func() error { wantFile(t, path, "old"); return nil })()
	if err := ReplaceFile(dir, "2024.md", []byte("old"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	var kept bytes.Buffer
	if _, err := kept.ReadFrom(reader); err != nil || kept.String() != "old" {
		t.Errorf("who had the file open reads %q, %v", kept.String(), err)
	}
	wantTree(t, dir, map[string]string{"2024.md": "new"})
}

func wantFile(t *testing.T, path, want string) {
	t.Helper()
	if data, err := os.ReadFile(path); err != nil || string(data) != want {
		t.Errorf("%s holds %q, %v; want %q", path, data, err, want)
	}
}

// TestReplaceFileLooksAgain: an editor that saves while the new bytes are
// written, in place or by a rename, keeps what it has saved.
func TestReplaceFileLooksAgain(t *testing.T) {
	for _, op := range []string{"create", "write", "sync"} {
		for way, save := range map[string]func(path string) error{
			"in place": func(path string) error { return os.WriteFile(path, []byte("saved"), 0o644) },
			"by a rename": func(path string) error {
				return errors.Join(os.WriteFile(path+"~", []byte("saved"), 0o644), os.Rename(path+"~", path))
			},
			"as a link": func(path string) error {
				return errors.Join(os.WriteFile(path+"~", []byte("old"), 0o644), os.Remove(path), os.Symlink(path+"~", path))
			},
		} {
			dir := t.TempDir()
			path := filepath.Join(dir, "2024.md")
			write(t, path, "old")
			done := false
			restore := at(op, func() error {
				if done {
					return nil
				}
				done = true
				return save(path)
			})
			err := ReplaceFile(dir, "2024.md", []byte("old"), []byte("new"))
			restore()
			if way == "as a link" {
				if !errors.Is(err, beneath.ErrLink) {
					t.Errorf("%s, %s: %v", op, way, err)
				}
				continue
			}
			if !errors.Is(err, ErrChanged) {
				t.Errorf("%s, %s: %v", op, way, err)
			}
			wantTree(t, dir, map[string]string{"2024.md": "saved"})
		}
	}
}

// TestReplaceFileSeesASwap: a link that replaces the file while it is opened is
// refused, whatever it leads to.
func TestReplaceFileSeesASwap(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "2024.md")
	write(t, path, "old")
	write(t, path+"~", "old")
	defer at("open", func() error {
		os.Remove(path)
		return os.Symlink("2024.md~", path)
	})()
	if err := ReplaceFile(dir, "2024.md", []byte("old"), []byte("new")); !errors.Is(err, ErrChanged) {
		t.Errorf("%v", err)
	}
	wantTree(t, dir, map[string]string{"2024.md": "old", "2024.md~": "old"})
}

// TestReplaceFileRefuses: anything but a plain file is not replaced, and the error
// gives the reason.
func TestReplaceFileRefuses(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	write(t, filepath.Join(out, "2024.md"), "old")
	for name, to := range map[string]string{"link.md": filepath.Join(out, "2024.md"), "linked": out} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.md"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]error{
		"link.md":        beneath.ErrLink,
		"linked/2024.md": beneath.ErrLink,
		"folder.md":      beneath.ErrIrregular,
		"../x.md":        fs.ErrInvalid,
		"missing.md":     fs.ErrNotExist,
		"no/missing.md":  fs.ErrNotExist,
	} {
		if err := ReplaceFile(dir, name, []byte("old"), []byte("new")); !errors.Is(err, want) {
			t.Errorf("replace %s: %v, want %v", name, err, want)
		}
	}
	for name, want := range map[string]error{"linked/new.md": beneath.ErrLink, "../x.md": fs.ErrInvalid, "link.md": fs.ErrExist} {
		if err := CreateFile(dir, name, []byte("new"), 0o644); !errors.Is(err, want) {
			t.Errorf("create %s: %v, want %v", name, err, want)
		}
	}
	if err := RemoveFile(dir, "linked/2024.md"); !errors.Is(err, beneath.ErrLink) {
		t.Errorf("remove: %v", err)
	}
	wantTree(t, out, map[string]string{"2024.md": "old"})
}

// TestCreateFileReplacesNone: a file that another program creates meanwhile is not
// replaced.
func TestCreateFileReplacesNone(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "2024.md")
	defer at("link", func() error { write(t, path, "somebody's"); return nil })()
	if err := CreateFile(dir, "2024.md", []byte("new"), 0o644); !errors.Is(err, fs.ErrExist) {
		t.Errorf("%v", err)
	}
	wantTree(t, dir, map[string]string{"2024.md": "somebody's"})
}

// TestSourceFaults lets every operation on a source fail in every way. The file must
// be the whole old one or the whole new one, without temporary files beside it unless
// removing fails too. The error must name the file, and a second try must succeed.
func TestSourceFaults(t *testing.T) {
	old, now := strings.Repeat("old\n", 500), strings.Repeat("new\n", 700)
	for what, do := range map[string]func(dir string) error{
		"replace": func(dir string) error { return ReplaceFile(dir, "a/2024.md", []byte(old), []byte(now)) },
		"create":  func(dir string) error { return CreateFile(dir, "b/2025.md", []byte(now), 0o644) },
		"remove":  func(dir string) error { return RemoveFile(dir, "a/2024.md") },
	} {
		ops := map[string]bool{}
		for _, fault := range []error{syscall.ENOSPC, syscall.EIO, syscall.EROFS, syscall.EDQUOT, syscall.EMFILE, syscall.EACCES} {
			for _, sticky := range []bool{false, true} {
				for k := 0; ; k++ {
					dir := t.TempDir()
					write(t, filepath.Join(dir, "a/2024.md"), old)
					n := -1
					restore := beneath.Intercept(func(op, path string) error {
						ops[op] = true
						if n++; n == k || sticky && n > k {
							return fault
						}
						return nil
					})
					err := do(dir)
					restore()
					if n < k {
						if err != nil {
							t.Fatalf("%s without a fault: %v", what, err)
						}
						break
					}
					if err != nil && (!errors.Is(err, fault) || !strings.Contains(err.Error(), ".md") && !strings.Contains(err.Error(), dir)) {
						t.Errorf("%s, operation %d: %v", what, k, err)
					}
					files := tree(t, dir)
					done := files["b/2025.md"] == now && files["a/2024.md"] == old
					undone := len(files) == 1 && files["a/2024.md"] == old
					switch what {
					case "replace":
						done = len(files) == 1 && files["a/2024.md"] == now
					case "remove":
						done = len(files) == 0
					}
					if !done && (!undone || err == nil) {
						t.Errorf("%s, operation %d: %v leaves %q", what, k, err, files)
					}
					if err := do(dir); undone && err != nil {
						t.Errorf("%s, operation %d: again: %v", what, k, err)
					}
				}
			}
		}
		if want := map[string]int{"replace": 4, "create": 4, "remove": 1}[what]; len(ops) < want {
			t.Errorf("%s is asked about %v alone", what, ops)
		}
	}
}

// TestSourceIsOnTheDisk: no file takes the place of an old one before its bytes
// are on the disk.
func TestSourceIsOnTheDisk(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "2024.md"), "old")
	var order []string
	defer beneath.Intercept(func(op, path string) error { order = append(order, op); return nil })()
	if err := ReplaceFile(dir, "2024.md", []byte("old"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(order, " "); got != "open create write sync open rename sync" {
		t.Errorf("%s", got)
	}
}

// TestStamp: a file is taken for the one that was written only if its stamp is the
// same in everything and has a change time.
func TestStamp(t *testing.T) {
	s := stamp{size: 1, inode: 2, mtime: 3, ctime: 4}
	for what, change := range map[string]func(*stamp){
		"size":              func(s *stamp) { s.size++ },
		"inode":             func(s *stamp) { s.inode++ },
		"modification time": func(s *stamp) { s.mtime++ },
		"change time":       func(s *stamp) { s.ctime++ },
	} {
		now := s
		change(&now)
		if s.proves(now) {
			t.Errorf("another %s is not seen", what)
		}
	}
	if !s.proves(s) {
		t.Error("the same stamp proves nothing")
	}
	written := time.Unix(0, 9e9)
	s.ctime = written.UnixNano()
	if now := s.settled(written.Add(5 * time.Millisecond)); now != (stamp{size: 1}) {
		t.Errorf("a file that was written just now is believed: %v", now)
	}
	if now := s.settled(written.Add(time.Second)); now != s {
		t.Errorf("a file that was written long ago is not: %v", now)
	}
	if s.ctime = 0; s.proves(s) {
		t.Error("no change time proves something")
	}
}

// TestStampOfTheDisk changes a file between builds in every way that leaves its size
// and modification time as they were.
func TestStampOfTheDisk(t *testing.T) {
	for way, change := range map[string]func(path string) error{
		"in place": func(path string) error { return os.WriteFile(path, []byte("HOME"), 0o644) },
		"by a rename": func(path string) error {
			return errors.Join(os.WriteFile(path+"~", []byte("HOME"), 0o644), os.Rename(path+"~", path))
		},
	} {
		for _, keep := range []bool{false, true} {
			o := place(t)
			mustBuild(t, o, sample())
			path := filepath.Join(o.Dir, "index.html")
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(change(path), os.Chtimes(path, info.ModTime(), info.ModTime())); err != nil {
				t.Fatal(err)
			}
			if _, err := build(o, sample(), keep, nil); err != nil {
				t.Fatal(err)
			}
			if got := tree(t, o.Dir)["index.html"]; got != "home" {
				t.Errorf("%s, kept %v: %q is believed", way, keep, got)
			}
		}
	}
}

// TestStateIsNoLink: links in place of the state folder and of the output beside it
// are not followed.
func TestStateIsNoLink(t *testing.T) {
	for _, name := range []string{".annals", "public"} {
		o := place(t)
		outside := t.TempDir()
		if err := os.Symlink(outside, filepath.Join(filepath.Dir(o.Dir), name)); err != nil {
			t.Fatal(err)
		}
		if _, err := build(o, sample(), false, nil); !errors.Is(err, beneath.ErrLink) {
			t.Errorf("%s: %v", name, err)
		}
		wantTree(t, outside, map[string]string{})
	}
}

func TestFold(t *testing.T) {
	for _, names := range [][2]string{{"A/b.html", "a/B.html"}, {"é", "e\u0301"}, {"Ä", "ä"}, {"ß", "ẞ"}, {"K", "\u212a"}} {
		if Fold(names[0]) != Fold(names[1]) {
			t.Errorf("%q and %q are told apart", names[0], names[1])
		}
	}
	if Fold("a") == Fold("b") || Fold("甲") == Fold("乙") {
		t.Error("all names are one")
	}
}

// TestManifestOfAnotherFolder: the manifest of one output folder is not used for
// another.
func TestManifestOfAnotherFolder(t *testing.T) {
	one := place(t)
	mustBuild(t, one, sample())
	two := one
	two.Dir += "-two"
	mine := manifestOf(t, one)
	mustBuild(t, two, site{"x": {"x.html": "x"}})
	list, err := filepath.Glob(filepath.Join(one.State, "manifest-*"))
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	theirs := list[0]
	if theirs == mine {
		theirs = list[1]
	}
	data, err := os.ReadFile(mine)
	if err != nil {
		t.Fatal(err)
	}
	write(t, theirs, string(data))
	d, err := Open(two)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if d.manifest.intact {
		t.Error("the manifest of another folder is believed")
	}
}
