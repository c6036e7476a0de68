package output

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// edited returns sample after edits of every kind: a file was changed, added or
// removed, a folder added, a group removed.
func edited() site {
	return site{
		"home": {"index.html": "home 2", "404.html": "none", "assets/a-2.css": "css 2"},
		"a":    {"agencies/a/index.html": "a 2", "agencies/a/2024/index.html": "a24", "agencies/a/2025/index.html": "a25", "agencies/a/2025/report.json": "{5}"},
		"c":    {"agencies/c/index.html": "c", "agencies/c/2023/index.html": "c23"},
	}
}

// Another program that has each file open for a moment during every rename and
// removal does not make a build fail.
func TestBlockedForAMoment(t *testing.T) {
	o := place(t)
	mustBuild(t, o, sample())
	blocked := map[string]bool{}
	_, err := build(o, edited(), false, func(op, path string) error {
		if once := op + " " + path; (op == "rename" || op == "remove" || op == "removeall") && !blocked[once] {
			blocked[once] = true
			return syscall.EBUSY
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(blocked) < 6 {
		t.Errorf("only %d operations were blocked", len(blocked))
	}
	wantTree(t, o.Dir, edited().files())
}

// TestFaults lets every single operation of a build fail, alone or together with
// all operations after it, which is the same as killing the build there. Each file
// must hold the old or the new bytes, files of others must stay, and the next build,
// of a third site, must leave exactly that site.
func TestFaults(t *testing.T) {
	third := edited()
	delete(third["a"], "agencies/a/2025/index.html")
	delete(third, "c")
	third["home"]["404.html"] = "none 3"

	for _, run := range []struct{ sticky, cold, keep bool }{
		{keep: true},
		{sticky: true},
		{cold: true},
		{cold: true, sticky: true},
	} {
		failed := 0
		for k := 0; ; k++ {
			o := place(t)
			old := sample()
			if run.cold {
				old = site{}
			} else {
				mustBuild(t, o, old)
			}
			write(t, filepath.Join(o.Dir, "CNAME"), "foreign")
			n := -1
			_, err := build(o, edited(), run.keep, func(op, path string) error {
				n++
				if n == k || run.sticky && n > k {
					return syscall.ENOSPC
				}
				return nil
			})
			if n < k {
				if err != nil {
					t.Fatalf("a build without fault: %v", err)
				}
				break
			}
			if err != nil {
				failed++
				if !errors.Is(err, syscall.ENOSPC) {
					t.Fatalf("operation %d: the error lost its cause: %v", k, err)
				}
			}
			oldOrNew(t, o.Dir, old.files(), edited().files())
			if _, err := build(o, third, run.keep, nil); err != nil {
				t.Fatalf("operation %d: the next build: %v", k, err)
			}
			want := third.files()
			want["CNAME"] = "foreign"
			wantTree(t, o.Dir, want)
			if left, _ := filepath.Glob(filepath.Join(o.State, "*")); len(left) != 2 {
				t.Fatalf("operation %d: the state folder holds %v", k, left)
			}
		}
		if failed < 30 {
			t.Errorf("only %d operations failed a build: the faults do not bite", failed)
		}
	}
}

func oldOrNew(t *testing.T, dir string, old, now map[string]string) {
	t.Helper()
	got := tree(t, dir)
	if got["CNAME"] != "foreign" {
		t.Fatal("a foreign file was touched")
	}
	for p, data := range got {
		if o, ok := old[p]; ok && o == data {
			continue
		}
		if n, ok := now[p]; ok && n == data || p == "CNAME" {
			continue
		}
		t.Fatalf("%s holds %q: neither the old bytes nor the new", p, data)
	}
	for p := range old {
		if _, stays := now[p]; !stays {
			continue
		}
		if _, ok := got[p]; !ok {
			t.Fatalf("%s is missing though it is in both sites: %v", p, got)
		}
	}
}

// TestOrder proves that no page is placed before the assets, and nothing is
// removed before the pages.
func TestOrder(t *testing.T) {
	o := place(t)
	mustBuild(t, o, sample())
	rank := 0
	_, err := build(o, edited(), false, func(op, path string) error {
		rel, err := filepath.Rel(o.Dir, path)
		if err != nil || rel[0] == '.' {
			return nil
		}
		r := 0
		switch {
		case op == "rename" && rel == "index.html":
			r = 3
		case op == "rename" && filepath.Dir(rel) == "assets":
			r = 1
		case op == "rename":
			r = 2
		case op == "remove":
			r = 4
		default:
			return nil
		}
		if r < rank {
			t.Errorf("%s %s comes too late", op, rel)
		}
		rank = r
		return nil
	})
	if err != nil || rank != 4 {
		t.Fatal(err, rank)
	}
}

// TestFileBecomesFolder replaces a file by a folder of the same name, and the
// reverse, with all faults in between.
func TestFileBecomesFolder(t *testing.T) {
	one := site{"g": {"x": "file", "y/z": "below"}, "home": {"index.html": "h"}}
	two := site{"g": {"x/z": "below", "y": "file"}, "home": {"index.html": "h"}}
	for k := 0; ; k++ {
		o := place(t)
		mustBuild(t, o, one)
		n := -1
		_, err := build(o, two, true, func(op, path string) error {
			if n++; n >= k {
				return syscall.EIO
			}
			return nil
		})
		if n < k {
			if err != nil {
				t.Fatal(err)
			}
			wantTree(t, o.Dir, two.files())
			return
		}
		for _, s := range []site{two, one} {
			mustBuild(t, o, s)
			wantTree(t, o.Dir, s.files())
		}
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	// A folder that cannot be written to is the one real fault that every
	// system lets an ordinary user cause.
	if os.Getuid() == 0 {
		// Root can write to any folder, so a file takes the folder's place.
		o := place(t)
		write(t, o.State, "a file where the folder should be")
		if _, err := Open(o); err == nil || !strings.Contains(err.Error(), o.State) {
			t.Errorf("error %v", err)
		}
		return
	}
	o := place(t)
	mustBuild(t, o, sample())
	os.Chmod(o.Dir, 0o555)
	defer os.Chmod(o.Dir, 0o755)
	if _, err := build(o, edited(), false, nil); !errors.Is(err, os.ErrPermission) {
		t.Errorf("error %v", err)
	}
	got := tree(t, o.Dir)
	for p := range maps.Keys(sample().files()) {
		if got[p] == "" {
			t.Errorf("%s is gone", p)
		}
	}
}
