package deploy_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/minio/minio-go/v7"

	"annals/generator/deploy"
	"annals/generator/deploy/store"
)

func TestMain(m *testing.M) {
	minio.DefaultRetryUnit = 0 // it pauses after every failure, though nothing is repeated
	m.Run()
}

// day is when a test deploys; a test that needs another time moves it on.
var day = time.Date(2026, 11, 27, 22, 0, 0, 0, time.UTC)

type warnings struct {
	mu   sync.Mutex
	keys []string
}

func (w *warnings) add(key string, _ ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.keys = append(w.keys, key)
}

// deployer returns one that waits for nothing.
func deployer(s store.Store) (*deploy.Deployer, *warnings) {
	w := &warnings{}
	return &deploy.Deployer{
		Store: s, Workers: 4, Keep: 2, Grace: 24 * time.Hour, Owner: "owner", MaxDeletes: -1,
		Dead:  func(string) bool { return true },
		Now:   func() time.Time { return day },
		Pause: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
		Beat: func(ctx context.Context, _ time.Duration) error {
			<-ctx.Done()
			return ctx.Err()
		},
		Warn: w.add, Progress: func(string, int, int) {},
	}, w
}

func site(t testing.TB, files map[string]string) *deploy.Site {
	t.Helper()
	s, err := deploy.NewSite(slices.Sorted(maps.Keys(files)), func(path string) ([]byte, error) {
		text, ok := files[path]
		if !ok {
			return nil, errors.New("no " + path)
		}
		return []byte(text), nil
	}, func(string, int) {})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// edition returns a site whose pages need the assets and data of their own edition.
func edition(n int) map[string]string {
	style := fmt.Sprintf("assets/style.%010x.css", n)
	files := map[string]string{
		style:                      fmt.Sprint("style ", n),
		"index.html":               fmt.Sprint("home ", n, " needs ", style, " needs agencies/a/2024/index.html \n"),
		"agencies/a/index.html":    fmt.Sprint("agency ", n, " needs ", style, " \n"),
		"agencies/a/2024/data.csv": "data",
		"agencies/b/index.html":    fmt.Sprint("the same needs ", "agencies/a/2024/data.csv", " \n"),
		"search/root.json":         fmt.Sprint("root ", n),
		"agencies/a/2024/文件.pdf":   fmt.Sprint("file ", n),
		fmt.Sprintf("search/t/%s/names.bin", strings.Repeat(string(rune('a'+n%20)), 8)): fmt.Sprint("index ", n),
	}
	files["agencies/a/2024/index.html"] = fmt.Sprint("report ", n, " needs ", style, " needs agencies/a/2024/data.csv \n")
	if n%2 == 1 {
		files[fmt.Sprintf("agencies/only%d/index.html", n)] = fmt.Sprint("only ", n, " needs ", style, " \n")
	}
	return files
}

func put(t testing.TB, d *deploy.Deployer, files map[string]string) *deploy.Report {
	t.Helper()
	r, err := d.Deploy(t.Context(), site(t, files))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// includes fails unless all files of a site are there.
func includes(t testing.TB, b *bucket, files map[string]string) {
	t.Helper()
	have := b.site()
	maps.DeleteFunc(have, func(path, _ string) bool { _, ok := files[path]; return !ok })
	if diff := cmp.Diff(files, have); diff != "" {
		t.Error(diff)
	}
}

func TestDeploy(t *testing.T) {
	b, s := newBucket(t)
	b.objects["theirs.html"] = []byte("another's")
	d, warned := deployer(s3(t, s.URL))
	put(t, d, edition(1))
	includes(t, b, edition(1))

	b.requests, b.puts = 0, 0
	if r := put(t, d, edition(1)); !r.Unchanged || r.Number != 1 || b.requests > 3 || b.puts != 0 {
		t.Errorf("nothing new took %d requests: %+v", b.requests, r)
	}
	put(t, d, edition(2))
	includes(t, b, edition(2))
	if _, there := b.site()["agencies/only1/index.html"]; !there {
		t.Error("a page was removed before the time of grace was over")
	}
	d.Now = func() time.Time { return day.Add(25 * time.Hour) }
	r := put(t, d, edition(2))
	if !slices.Contains(r.Removed, "agencies/only1/index.html") {
		t.Errorf("%+v", r)
	}
	if _, there := b.site()["assets/style.0000000001.css"]; !there {
		t.Error("an asset was removed that a deployment has which can be brought back")
	}
	if string(b.objects["theirs.html"]) != "another's" || slices.Contains(b.deleted, "theirs.html") || len(warned.keys) > 0 {
		t.Error(b.deleted, warned.keys)
	}
	for key, want := range map[string][2]string{
		"index.html":                  {"text/html; charset=utf-8", "no-cache"},
		"assets/style.0000000002.css": {"text/css; charset=utf-8", "public, max-age=31536000, immutable"},
		"search/t/cccccccc/names.bin": {"application/octet-stream", "public, max-age=31536000, immutable"},
		"agencies/a/2024/文件.pdf":      {"application/pdf", "no-cache"},
	} {
		if h := b.header[key]; h.Get("Content-Type") != want[0] || h.Get("Cache-Control") != want[1] || h.Get("Content-Encoding") != "" {
			t.Errorf("%s: %v", key, h)
		}
	}
}

// TestKilled ends a run at each of its requests, before the request and after it. At
// no moment a page may need what is not there; the next run must complete the work.
func TestKilled(t *testing.T) {
	total := 0
	for _, after := range []bool{false, true} {
		for k := 1; ; k++ {
			b, s := newBucket(t)
			d, _ := deployer(s3(t, s.URL))
			put(t, d, edition(1))
			b.changed = func(b *bucket) {
				if list := b.dangling(); len(list) > 0 {
					t.Fatalf("killed at %d: %v", k, list)
				}
			}
			d.Grace = 0 // what is gone is removed by the same run
			killed := false
			begin := b.requests
			cut := func(n int, w http.ResponseWriter, r *http.Request) bool {
				if n-begin < k {
					return false
				}
				killed = true
				panic(http.ErrAbortHandler)
			}
			if b.fault = cut; after {
				b.fault, b.after = nil, cut
			}
			_, err := d.Deploy(t.Context(), site(t, edition(2)))
			b.fault, b.after = nil, nil
			if !killed {
				if err != nil {
					t.Fatal(err)
				}
				break
			}
			total++
			if err == nil {
				// Only the lock was not given back.
				if _, held := b.objects[".annals/lock"]; !held && !after {
					t.Errorf("killed at %d, and said to be done", k)
				}
			}
			// The next run may have another site.
			next := edition(2 + k%2)
			put(t, d, next)
			d.Now = func() time.Time { return day.Add(time.Hour) }
			put(t, d, next)
			have := b.site()
			maps.DeleteFunc(have, func(path, _ string) bool { // what never changes stays for a rollback
				return next[path] == "" && (strings.HasPrefix(path, "assets/") || strings.HasPrefix(path, "search/t/"))
			})
			if diff := cmp.Diff(next, have); diff != "" {
				t.Fatalf("killed at %d (after: %v): %s", k, after, diff)
			}
			if _, err := d.Rollback(t.Context(), 0); err != nil {
				t.Fatalf("killed at %d: %v", k, err)
			}
			if home := string(b.objects["index.html"]); strings.HasPrefix(home, fmt.Sprint("home ", 2+k%2)) {
				t.Errorf("killed at %d and rolled back: %s", k, home)
			}
		}
	}
	if total < 60 {
		t.Errorf("only %d requests were cut", total)
	}
}

// TestPurge: of a report that was withdrawn nothing is left, in no object and in no
// name of one, and nothing brings it back.
func TestPurge(t *testing.T) {
	b, s := newBucket(t)
	d, _ := deployer(s3(t, s.URL))
	first := edition(1)
	first["agencies/a/2024/index.html"] += "canary"
	first["agencies/a/2024/canary.pdf"] = "canary"
	first["search/t/zzzzzzzz/names.bin"] = "canary"
	put(t, d, first)
	if _, err := d.Purge(t.Context(), site(t, first), []string{"agencies/a/2024"}); !errors.As(err, new(*deploy.NotWithdrawnError)) {
		t.Error(err)
	}
	put(t, d, edition(2))
	if len(b.holding("canary")) < 4 {
		t.Error("nothing was kept for a rollback")
	}
	if _, err := d.Purge(t.Context(), site(t, edition(2)), []string{"agencies/c"}); !errors.As(err, new(*deploy.UnknownPathError)) {
		t.Error(err)
	}
	if _, err := d.Purge(t.Context(), site(t, edition(2)), []string{"agencies/a/2024"}); err != nil {
		t.Fatal(err)
	}
	if left := b.holding("canary"); len(left) > 0 {
		t.Error(left)
	}
	includes(t, b, edition(2))
	if _, err := d.Rollback(t.Context(), 0); !errors.Is(err, deploy.ErrNoEarlier) {
		t.Error(err)
	}
	if _, err := d.Deploy(t.Context(), site(t, first)); !errors.As(err, new(*deploy.PurgedError)) {
		t.Error(err)
	}
}
