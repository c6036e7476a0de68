package output

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"annals/generator/beneath"
)

// A site is group → path → bytes.
type site map[string]map[string]string

func (s site) files() map[string]string {
	all := map[string]string{}
	for _, g := range s {
		maps.Copy(all, g)
	}
	return all
}

func (s site) key(group string) string {
	var b strings.Builder
	for _, p := range slices.Sorted(maps.Keys(s[group])) {
		b.WriteString(p + "=" + s[group][p] + ";")
	}
	return b.String()
}

// place is a fresh pair of output and state folders.
func place(t *testing.T) Options {
	t.Helper()
	dir := t.TempDir()
	return Options{Dir: filepath.Join(dir, "public"), State: filepath.Join(dir, ".annals"), First: []string{"assets"}}
}

// build builds a site; with keep it asks for each group whether it can stay.
func build(o Options, s site, keep bool, step func(op, path string) error) (stats Stats, err error) {
	if step != nil {
		defer beneath.Intercept(step)()
	}
	d, err := Open(o)
	if err != nil {
		return stats, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	b, err := d.Begin()
	if err != nil {
		return stats, err
	}
	return stats, errors.Join(stage(b, s, keep), func() error { stats, err = b.Commit(); return err }())
}

func stage(b *Build, s site, keep bool) error {
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if keep {
			if ok, err := b.Keep(name, s.key(name)); err != nil {
				return err
			} else if ok {
				continue
			}
		}
		g := b.Group(name, s.key(name))
		for _, p := range slices.Sorted(maps.Keys(s[name])) {
			if err := g.Stage(p, []byte(s[name][p])); err != nil {
				return err
			}
		}
		if err := g.Close(); err != nil {
			return err
		}
	}
	return nil
}

func mustBuild(t *testing.T, o Options, s site) Stats {
	t.Helper()
	stats, err := build(o, s, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

// tree reads all files of a folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		data, err := os.ReadFile(path)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func wantTree(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	if diff := cmp.Diff(want, tree(t, dir)); diff != "" {
		t.Fatalf("output (-want +got):\n%s", diff)
	}
}

func sample() site {
	return site{
		"home": {"index.html": "home", "404.html": "none", "assets/a-1.css": "css"},
		"a":    {"agencies/a/index.html": "a", "agencies/a/2024/index.html": "a24", "agencies/a/2024/report.json": "{}"},
		"a/b":  {"agencies/a/b/index.html": "b", "agencies/a/b/2023/index.html": "b23"},
	}
}

func write(t *testing.T, path, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestBuild(t *testing.T) {
	o := place(t)
	s := sample()
	if got := mustBuild(t, o, s); got.Written != 8 || got.Unchanged != 0 {
		t.Errorf("first build: %+v", got)
	}
	wantTree(t, o.Dir, s.files())
	before := stamps(t, o.Dir)
	if got := mustBuild(t, o, s); got.Written != 0 || got.Unchanged != 8 || got.Removed != 0 {
		t.Errorf("same build: %+v", got)
	}
	if diff := cmp.Diff(before, stamps(t, o.Dir)); diff != "" {
		t.Errorf("an unchanged file was touched:\n%s", diff)
	}
	s["a"]["agencies/a/2024/index.html"] = "A24"
	delete(s, "a/b")
	if got := mustBuild(t, o, s); got.Written != 1 || got.Unchanged != 5 || got.Removed != 2 {
		t.Errorf("edit and removal: %+v", got)
	}
	wantTree(t, o.Dir, s.files())
	if _, err := os.Stat(filepath.Join(o.Dir, "agencies/a/b")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the empty folder is still there")
	}
}

func stamps(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	folder, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	for p := range tree(t, dir) {
		s, _, err := lstamp(whole(folder), p)
		if err != nil {
			t.Fatal(err)
		}
		all[p] = fmt.Sprint(s)
	}
	return all
}

func TestModesWhateverTheUmask(t *testing.T) {
	o := place(t)
	old := setUmask(0o077)
	defer setUmask(old)
	mustBuild(t, o, sample())
	filepath.WalkDir(o.Dir, func(path string, e fs.DirEntry, err error) error {
		fi, _ := e.Info()
		want := fs.FileMode(fileMode)
		if e.IsDir() {
			want = dirMode
		}
		if fi.Mode().Perm() != want {
			t.Errorf("%s has mode %v", path, fi.Mode())
		}
		return nil
	})
}

func TestAbort(t *testing.T) {
	o := place(t)
	mustBuild(t, o, sample())
	d, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	b, err := d.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Group("a", "").Stage("agencies/a/index.html", []byte("other")); err != nil {
		t.Fatal(err)
	}
	if err := b.Abort(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Commit(); err == nil {
		t.Error("Commit after Abort succeeds")
	}
	wantTree(t, o.Dir, sample().files())
	if _, err := os.Stat(d.stage); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the stage is still there")
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestKeep(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, o Options, s site){
		"nothing":   func(*testing.T, Options, site) {},
		"deleted":   func(t *testing.T, o Options, s site) { os.RemoveAll(filepath.Join(o.Dir, "agencies")) },
		"edited":    func(t *testing.T, o Options, s site) { write(t, filepath.Join(o.Dir, "agencies/a/index.html"), "x") },
		"truncated": func(t *testing.T, o Options, s site) { os.Truncate(filepath.Join(o.Dir, "404.html"), 0) },
		"new key":   func(t *testing.T, o Options, s site) { s["a"]["agencies/a/index.html"] = "y" },
		"copied": func(t *testing.T, o Options, s site) {
			old := o.Dir + ".old"
			os.Rename(o.Dir, old)
			os.CopyFS(o.Dir, os.DirFS(old))
		},
		"time restored": func(t *testing.T, o Options, s site) {
			p := filepath.Join(o.Dir, "agencies/a/index.html")
			fi, _ := os.Stat(p)
			write(t, p, "z")
			os.Chtimes(p, fi.ModTime(), fi.ModTime())
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := place(t)
			s := sample()
			mustBuild(t, o, s)
			change(t, o, s)
			if _, err := build(o, s, true, nil); err != nil {
				t.Fatal(err)
			}
			wantTree(t, o.Dir, s.files())
		})
	}
}

func TestKeepTouchesNothing(t *testing.T) {
	o := place(t)
	mustBuild(t, o, sample())
	for range 2 { // the first build finds stamps too new to be trusted, and reads the files
		if stats, err := build(o, sample(), true, nil); err != nil || stats.Unchanged != 8 || stats.Written != 0 {
			t.Fatalf("%+v, %v", stats, err)
		}
	}
}

// TestChangedWhilePlaced changes a page during the build after it was placed. The
// next build must not take it for the page that was written.
func TestChangedWhilePlaced(t *testing.T) {
	o := place(t)
	changed := false
	if _, err := build(o, sample(), false, func(op, path string) error {
		if page := filepath.Join(o.Dir, "404.html"); op == "rename" && filepath.Base(path) == "index.html" && filepath.Dir(path) == o.Dir {
			if _, err := os.Stat(page); err != nil {
				return err
			}
			changed = true
			err := os.WriteFile(page, []byte("NONE"), 0o644)
			time.Sleep(50 * time.Millisecond) // so that its times have settled
			return err
		}
		return nil
	}); err != nil || !changed {
		t.Fatal(err, changed)
	}
	if _, err := build(o, sample(), true, nil); err != nil {
		t.Fatal(err)
	}
	wantTree(t, o.Dir, sample().files())
}
