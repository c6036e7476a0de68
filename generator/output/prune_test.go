package output

import (
	"errors"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPruneLeavesWhatIsNotOurs(t *testing.T) {
	o := place(t)
	s := sample()
	mustBuild(t, o, s)
	foreign := map[string]string{
		"CNAME":                        "example.gov.cn",
		".well-known/security.txt":     "Contact: x",
		".git/config":                  "[core]",
		"agencies/a/b/photo.jpg":       "jpg",
		"agencies/a/b/2023/index.html": "edited by hand",
	}
	for p, data := range foreign {
		write(t, filepath.Join(o.Dir, p), data)
	}
	delete(s, "a/b")
	stats := mustBuild(t, o, s)
	want := s.files()
	for p, data := range foreign {
		want[p] = data
	}
	wantTree(t, o.Dir, want)
	if diff := cmp.Diff([]string{"agencies/a/b/2023/index.html"}, stats.Left); diff != "" {
		t.Errorf("left:\n%s", diff)
	}
	if stats.Removed != 1 {
		t.Errorf("removed %d", stats.Removed)
	}
}

func TestPruneNeverGoesThroughLinks(t *testing.T) {
	o := place(t)
	s := sample()
	mustBuild(t, o, s)
	outside := filepath.Join(t.TempDir(), "outside")
	if err := os.Rename(filepath.Join(o.Dir, "agencies/a/b"), outside); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(o.Dir, "agencies/a/b")); err != nil {
		t.Fatal(err)
	}
	delete(s, "a/b")
	mustBuild(t, o, s)
	if got := tree(t, outside); len(got) != 2 {
		t.Errorf("files behind the link were removed: %v left", got)
	}
}

func TestLinkInTheWayIsAnError(t *testing.T) {
	for _, link := range []string{"agencies", "agencies/a/2024", "agencies/a/index.html"} {
		o := place(t)
		s := sample()
		mustBuild(t, o, s)
		outside := filepath.Join(t.TempDir(), "outside")
		at := filepath.Join(o.Dir, link)
		os.Rename(at, outside)
		if err := os.Symlink(outside, at); err != nil {
			t.Fatal(err)
		}
		for _, files := range s {
			for p := range files {
				files[p] += " changed"
			}
		}
		before, public := tree(t, filepath.Dir(outside)), plain(t, o.Dir)
		_, err := build(o, s, false, nil)
		var failed *os.PathError
		if !errors.As(err, &failed) || failed.Path != link || failed.Err.Error() != "a symbolic link stands in the way" {
			t.Errorf("%s: error %v", link, err)
		}
		if diff := cmp.Diff(public, plain(t, o.Dir)); diff != "" {
			t.Errorf("%s: the output was touched before the link was seen:\n%s", link, diff)
		}
		if diff := cmp.Diff(before, tree(t, filepath.Dir(outside))); diff != "" {
			t.Errorf("%s: written through the link:\n%s", link, diff)
		}
	}
}

// plain reads the plain files of a folder.
func plain(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			var data []byte
			data, err = os.ReadFile(path)
			files[path] = string(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestGuard: Build.Guard gets all paths to be removed and all paths of the last
// build. If it returns an error nothing changes, for the next build either.
func TestGuard(t *testing.T) {
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
	g := b.Group("home", "other")
	for path, data := range sample()["home"] {
		if err := g.Stage(path, []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	refusal := errors.New("no")
	var gone, was []string
	b.Guard = func(list []string, all iter.Seq[string]) error {
		gone, was = list, slices.Sorted(all)
		return refusal
	}
	if _, err := b.Commit(); !errors.Is(err, refusal) {
		t.Fatalf("error %v", err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	wantTree(t, o.Dir, sample().files())
	all := slices.Sorted(maps.Keys(sample().files()))
	var left []string
	for _, name := range all {
		if _, ok := sample()["home"][name]; !ok {
			left = append(left, name)
		}
	}
	if !slices.Equal(was, all) || !slices.Equal(gone, left) {
		t.Errorf("gone %q of %q", gone, was)
	}
	mustBuild(t, o, site{"home": sample()["home"]})
	wantTree(t, o.Dir, sample()["home"])
}

func TestFileMovesToAnotherGroup(t *testing.T) {
	o := place(t)
	mustBuild(t, o, site{"one": {"x/index.html": "x"}, "two": {"y/index.html": "y"}})
	now := site{"one": {"y/index.html": "y"}, "two": {"x/index.html": "x"}}
	if stats := mustBuild(t, o, now); stats.Removed != 0 || stats.Written != 0 {
		t.Errorf("%+v", stats)
	}
	wantTree(t, o.Dir, now.files())
}

func TestUnknownFolderIsAdopted(t *testing.T) {
	o := place(t)
	s := sample()
	for p, data := range s.files() {
		write(t, filepath.Join(o.Dir, p), data)
	}
	write(t, filepath.Join(o.Dir, "index.html"), "stale")
	if stats := mustBuild(t, o, s); stats.Written != 1 || stats.Unchanged != 7 {
		t.Errorf("%+v", stats)
	}
	delete(s, "a/b")
	if stats := mustBuild(t, o, s); stats.Removed != 2 {
		t.Errorf("%+v", stats)
	}
}
