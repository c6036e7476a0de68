package deploy_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"annals/generator/beneath"
	"annals/generator/deploy"
	"annals/generator/deploy/store"
)

func (b *bucket) lock(owner string, beat int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.objects[".annals/lock"] = fmt.Appendf(nil, `{"owner":%q,"beat":%d}`, owner, beat)
}

// TestLock: a run waits for the lock of another, and takes it over if nobody holds it
// any more.
func TestLock(t *testing.T) {
	for _, test := range []struct {
		name  string
		beats bool
		set   func(d *deploy.Deployer)
		want  error
		looks int
	}{
		{"another run is alive", true, nil, deploy.ErrBusy, 1},
		{"another run was killed elsewhere", false, nil, nil, 12},
		{"our last run was killed", true, func(d *deploy.Deployer) { d.Dead = func(owner string) bool { return owner == "other" } }, nil, 0},
		{"somebody says so", true, func(d *deploy.Deployer) { d.BreakLock = true }, nil, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			b, s := newBucket(t)
			d, warned := deployer(s3(t, s.URL))
			d.Dead = func(string) bool { return false }
			if test.set != nil {
				test.set(d)
			}
			b.lock("other", 1)
			looks := 0
			d.Pause = func(context.Context, time.Duration) error {
				if looks++; test.beats {
					b.lock("other", 1+looks)
				}
				return nil
			}
			_, err := d.Deploy(t.Context(), site(t, edition(1)))
			if !errors.Is(err, test.want) || looks != test.looks {
				t.Errorf("%v after %d looks", err, looks)
			}
			if err != nil && len(b.site()) > 0 {
				t.Error("something was put without the lock")
			}
			if (len(warned.keys) > 0) != (looks > 0) {
				t.Error(warned.keys)
			}
			if _, held := b.objects[".annals/lock"]; held != (err != nil) {
				t.Errorf("the lock is there: %v", held)
			}
		})
	}
}

// TestLost: two runs that both believe to have the lock do not both say that they are
// done: the state is written under a condition.
func TestLost(t *testing.T) {
	b, s := newBucket(t)
	d, _ := deployer(s3(t, s.URL))
	put(t, d, edition(1))
	done := false
	b.after = func(_ int, _ http.ResponseWriter, r *http.Request) bool {
		if is(r, "PUT", page) && !done {
			done = true
			other, _ := deployer(s3(t, s.URL))
			other.BreakLock = true
			put(t, other, edition(3))
		}
		return false
	}
	if _, err := d.Deploy(t.Context(), site(t, edition(2))); !errors.Is(err, deploy.ErrLost) {
		t.Error(err)
	}
	b.after = nil
	put(t, d, edition(2))
	includes(t, b, edition(2))
}

func TestRollback(t *testing.T) {
	b, s := newBucket(t)
	d, _ := deployer(s3(t, s.URL))
	d.Grace = 0
	if _, err := d.Rollback(t.Context(), 0); !errors.Is(err, deploy.ErrNoEarlier) {
		t.Error(err)
	}
	for n := 1; n <= 4; n++ {
		put(t, d, edition(n))
	}
	back := func(number, want int) {
		t.Helper()
		if _, err := d.Rollback(t.Context(), number); err != nil {
			t.Fatal(err)
		}
		includes(t, b, edition(want))
		if list := b.dangling(); len(list) > 0 {
			t.Error(list)
		}
	}
	back(0, 3)
	back(0, 2)
	if _, err := d.Rollback(t.Context(), 0); !errors.Is(err, deploy.ErrNoEarlier) {
		t.Error("the first is not kept:", err)
	}
	put(t, d, edition(5))
	back(0, 2)

	// One edit moves what differs, and nothing else.
	edited := edition(2)
	edited["agencies/a/2024/data.csv"] = "corrected"
	put(t, d, edited)
	puts := b.puts
	back(0, 2)
	if n := b.puts - puts; n > 12 {
		t.Errorf("an edit was rolled back with %d writes", n)
	}

	// What somebody else has replaced cannot be brought back; that is said before
	// anything is written.
	put(t, d, edited)
	for key := range b.objects {
		if strings.HasPrefix(key, ".annals/copies/") {
			delete(b.objects, key)
		}
	}
	if _, err := d.Rollback(t.Context(), 0); !errors.As(err, new(*deploy.LostError)) {
		t.Error(err)
	}
	put(t, d, edited)
	includes(t, b, edited)
}

// TestForeign: what no deployment wrote is not replaced, removed or missed.
func TestForeign(t *testing.T) {
	b, s := newBucket(t)
	d, warned := deployer(s3(t, s.URL))
	b.objects["index.html"] = []byte("the office's own home page")
	if _, err := d.Deploy(t.Context(), site(t, edition(1))); !errors.As(err, new(*deploy.ForeignError)) || len(b.site()) != 1 {
		t.Error(err, b.site())
	}
	delete(b.objects, "index.html")
	put(t, d, edition(2))
	b.objects["agencies/only3/index.html"] = []byte("theirs")
	var foreign *deploy.ForeignError
	if _, err := d.Deploy(t.Context(), site(t, edition(3))); !errors.As(err, &foreign) || foreign.Path != "agencies/only3/index.html" {
		t.Error(err)
	}
	if string(b.objects["agencies/only3/index.html"]) != "theirs" {
		t.Error("it was replaced")
	}
	d.Adopt = true
	put(t, d, edition(3))
	includes(t, b, edition(3))
	d.Adopt, d.Grace = false, 0

	// A file that somebody has changed since is not removed.
	b.objects["agencies/only3/index.html"] = []byte("theirs")
	put(t, d, edition(4))
	if string(b.objects["agencies/only3/index.html"]) != "theirs" || len(warned.keys) == 0 {
		t.Error("it was removed", warned.keys)
	}
}

func TestLimit(t *testing.T) {
	b, s := newBucket(t)
	d, _ := deployer(s3(t, s.URL))
	files := edition(2)
	for i := range 30 {
		files[fmt.Sprintf("agencies/x%d/index.html", i)] = "x"
	}
	put(t, d, files)
	before := b.requests
	_, err := d.Deploy(t.Context(), site(t, edition(2)))
	if many := new(deploy.TooManyError); !errors.As(err, &many) || many.Gone != 30 {
		t.Error(err)
	}
	includes(t, b, files)
	t.Logf("refused after %d requests", b.requests-before)
	d.MaxDeletes = 30
	put(t, d, edition(2))
}

// TestDryRun: nothing is written.
func TestDryRun(t *testing.T) {
	b, s := newBucket(t)
	d, _ := deployer(s3(t, s.URL))
	put(t, d, edition(1))
	d.DryRun = true
	puts := b.puts
	r := put(t, d, edition(2))
	if b.puts != puts || len(b.deleted) != 1 || len(r.Put) == 0 || len(r.Going) == 0 {
		t.Errorf("%+v, %v", r, b.deleted)
	}
}

// TestFolder: a folder is deployed to as a store is, and each operation on the disk
// may fail.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	read := func() map[string]string {
		files := map[string]string{}
		err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			rel, _ := filepath.Rel(dir, name)
			data, err := os.ReadFile(name)
			if !strings.HasPrefix(rel, ".annals") {
				files[filepath.ToSlash(rel)] = string(data)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	s, err := store.NewFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	d, _ := deployer(s)
	d.Workers, d.Grace, d.Keep = 1, 0, 0
	put(t, d, edition(0))
	for k, n := 0, 1; ; k, n = k+1, n+1 {
		ops := 0
		restore := beneath.Intercept(func(op, path string) error {
			if ops++; ops > k {
				return errors.New("the disk is full")
			}
			return nil
		})
		_, err := d.Deploy(t.Context(), site(t, edition(n)))
		restore()
		files := read()
		for path, text := range files {
			for _, m := range reference.FindAllStringSubmatch(text, -1) {
				if _, there := files[m[1]]; !there {
					t.Fatalf("after %d operations %s needs %s", k, path, m[1])
				}
			}
		}
		put(t, d, edition(n))
		if diff := cmp.Diff(edition(n), read()); diff != "" {
			t.Fatalf("after %d operations: %s", k, diff)
		}
		if err == nil && ops <= k {
			if k < 50 {
				t.Errorf("only %d operations were announced", k)
			}
			break
		}
	}
	if err := os.Symlink(filepath.Join(t.TempDir(), "elsewhere"), filepath.Join(dir, "out.html")); err != nil {
		t.Fatal(err)
	}
	files := edition(2)
	files["out.html"] = "x"
	if _, err := d.Deploy(t.Context(), site(t, files)); err == nil {
		t.Error("a link was followed out of the folder")
	}
}
