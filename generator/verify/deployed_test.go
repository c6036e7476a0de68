package verify_test

import (
	"context"
	"crypto/md5"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"annals/generator/deploy"
	"annals/generator/deploy/store"
	"annals/generator/verify"
)

// target is where a test deploys to, and how a copy of it is fetched.
type target struct {
	store store.Store
	fetch func(to string)
}

func folderTarget(t testing.TB) target {
	t.Helper()
	dir := t.TempDir()
	s, err := store.NewFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	return target{s, func(to string) {
		if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
	}}
}

// s3Target is a bucket that does as a store should.
func s3Target(t testing.TB) target {
	t.Helper()
	var mu sync.Mutex
	objects := map[string]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		key := strings.TrimPrefix(r.URL.Path, "/bucket/nb/")
		have, ok := objects[key]
		tag := func(text string) string { return fmt.Sprintf(`"%x"`, md5.Sum([]byte(text))) }
		switch {
		case key == r.URL.Path: // asks for the versions that are kept
			w.WriteHeader(http.StatusNotImplemented)
			io.WriteString(w, "<Error><Code>NotImplemented</Code></Error>")
		case r.Method == http.MethodPut && r.Header.Get("If-None-Match") == "*" && ok,
			r.Method == http.MethodPut && r.Header.Get("If-Match") != "" && r.Header.Get("If-Match") != tag(have):
			w.WriteHeader(http.StatusPreconditionFailed)
			io.WriteString(w, "<Error><Code>PreconditionFailed</Code></Error>")
		case r.Method == http.MethodPut:
			objects[key] = string(body)
			w.Header().Set("ETag", tag(string(body)))
		case r.Method == http.MethodDelete:
			delete(objects, key)
			w.WriteHeader(http.StatusNoContent)
		case !ok:
			w.WriteHeader(http.StatusNotFound)
			io.WriteString(w, "<Error><Code>NoSuchKey</Code></Error>")
		default:
			w.Header().Set("ETag", tag(have))
			w.Header().Set("Last-Modified", "Fri, 27 Nov 2026 22:00:00 GMT")
			io.WriteString(w, have)
		}
	}))
	t.Cleanup(server.Close)
	s, err := store.NewS3(store.S3Options{Endpoint: server.URL, Bucket: "bucket", Prefix: "nb/", Region: "us-east-1", Addressing: "path", AccessKey: "a", SecretKey: "b", Workers: 4})
	if err != nil {
		t.Fatal(err)
	}
	return target{s, func(to string) {
		for key, text := range objects {
			write(t, to, key, text)
		}
	}}
}

// deployer deploys to the target, and waits for nothing.
func (tg target) deployer(t testing.TB) *deploy.Deployer {
	return &deploy.Deployer{
		Store: tg.store, Workers: 4, Keep: 2, Grace: 24 * time.Hour, Owner: "owner", MaxDeletes: -1,
		Dead:  func(string) bool { return true },
		Now:   func() time.Time { return time.Date(2026, 11, 27, 22, 0, 0, 0, time.UTC) },
		Pause: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
		Beat:  func(ctx context.Context, _ time.Duration) error { <-ctx.Done(); return ctx.Err() },
		Warn: func(key string, args ...any) {
			if key != "versions" { // of which the bucket knows nothing
				t.Error(key, args)
			}
		},
		Progress: func(string, int, int) {},
	}
}

// site is the site in a folder.
func site(t testing.TB, dir string) *deploy.Site {
	t.Helper()
	files := readTree(t, dir)
	maps.DeleteFunc(files, func(path string, _ []byte) bool { return strings.HasPrefix(path, ".") })
	s, err := deploy.NewSite(slices.Collect(maps.Keys(files)), func(path string) ([]byte, error) { return files[path], nil }, func(string, int) {})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// deployed deploys a site, and returns the folder of a copy of the target.
func (tg target) deployed(t testing.TB, dir string) (copied string) {
	t.Helper()
	if _, err := tg.deployer(t).Deploy(t.Context(), site(t, dir)); err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	tg.fetch(to)
	return to
}

// What a deployment leaves for its time of grace is no change of the site, if an
// earlier one is proven to have had it. All else in the folders of reports is.
func TestLeftByDeployments(t *testing.T) {
	t.Parallel()
	a, forged := newArchive(t), newArchive(t)
	folder, s3, other := folderTarget(t), s3Target(t), folderTarget(t)
	for _, tg := range []target{folder, s3} {
		if list, res := verified(t, tg.deployed(t, a.site), verify.Options{Key: a.vkey}); len(list)+len(res.Left) > 0 {
			t.Errorf("deployed once: %+v %v", list, res.Left)
		}
	}
	other.deployed(t, forged.site) // the same figures, signed by another key
	a.second(t)
	const page = "agencies/anping/old/2024/report.json"
	for _, tg := range []target{folder, s3} {
		copied := tg.deployed(t, a.site)
		list, res := verified(t, copied, verify.Options{Key: a.vkey})
		if len(list) > 0 || !slices.Contains(res.Left, page) || !slices.Contains(res.Left, "agencies/anping/old/record.jsonl") || !slices.Contains(res.Left, "agencies/anping/gone/2024/tables.csv") {
			t.Errorf("deployed twice: %+v %v", list, res.Left)
		}
		edit(t, copied, page, "9", "8")
		write(t, copied, "agencies/anping/old/2019/index.html", "<p>x</p>")
		write(t, copied, "agencies/anping/gone/2019/report.json", string(readTree(t, copied)["agencies/anping/gone/2024/report.json"]))
		list, _ = verified(t, copied, verify.Options{Key: a.vkey})
		want := []verify.Finding{{What: verify.Extra, File: "agencies/anping/gone/2019/report.json"}, {What: verify.Extra, File: "agencies/anping/old/2019/index.html"}, {What: verify.Extra, File: page}}
		if !slices.Equal(list, want) {
			t.Errorf("changed: %+v", list)
		}
	}
	copied := other.deployed(t, a.site)
	if list, res := verified(t, copied, verify.Options{Key: a.vkey}); len(list) == 0 || len(res.Left) > 0 {
		t.Errorf("left by another key's site: %+v %v", list, res.Left)
	}
	copied = folder.deployed(t, a.site)
	if err := os.RemoveAll(filepath.Join(copied, ".annals")); err != nil {
		t.Fatal(err)
	}
	if list, _ := verified(t, copied, verify.Options{Key: a.vkey}); len(list) == 0 || list[0].What != verify.Extra {
		t.Errorf("left by nobody knows whom: %+v", list)
	}
}

// After a purge no object has what stood in a report that was withdrawn or redacted:
// neither records and lists of the proof, nor data, nor the index, nor the copies for
// a rollback.
func TestPurgeWithProof(t *testing.T) {
	t.Parallel()
	const withdrawn, phone, figure = "栽种的词语", "0318-87654321", "1573179"
	const report = "content/agencies/anping/"
	a := newArchive(t, report+"gone/2023/list.csv", "a,b\n1,"+withdrawn+"\n")
	edit(t, a.dir, report+"gone/2024.md", "图解偏少", withdrawn)
	edit(t, a.dir, report+"c/2024.md", "图解偏少", "联系人电话"+phone)
	a.release(t, "2026-02-01")
	targets := []target{folderTarget(t), s3Target(t)}
	holding := func(dir string) (list []string) {
		for path, data := range readTree(t, dir) {
			for _, text := range []string{withdrawn, phone, figure} {
				if strings.Contains(string(data), text) {
					list = append(list, path+" has "+text)
				}
			}
		}
		return list
	}
	for _, tg := range targets {
		if n := len(holding(tg.deployed(t, a.site))); n < 8 {
			t.Errorf("only %d files have what is planted", n)
		}
	}
	a.second(t)
	write(t, a.dir, report+"gone/2023/index.md", "---\nwithdrawn: {date: 2026-02-02, reason: 机关撤回}\n---\n")
	edit(t, a.dir, report+"c/2024.md", "---\n\n", "redact: [{text: \"0318-********\", reason: 个人信息}]\n---\n\n")
	a.release(t, "2026-03-31")
	if left := holding(a.site); len(left) > 0 {
		t.Fatalf("the site has it still: %v", left)
	}
	for _, tg := range targets {
		if len(holding(tg.deployed(t, a.site))) == 0 {
			t.Error("nothing is kept for a rollback")
		}
		paths := []string{"agencies/anping/gone/2024", "agencies/anping/gone/2023", "agencies/anping/c/2024"}
		if _, err := tg.deployer(t).Purge(t.Context(), site(t, a.site), paths); err != nil {
			t.Fatal(err)
		}
		to := t.TempDir()
		tg.fetch(to)
		if left := holding(to); len(left) > 0 {
			t.Errorf("after the purge: %v", left)
		}
		if list, res := verified(t, to, verify.Options{Key: a.vkey}); len(list)+len(res.Left) > 0 {
			t.Errorf("after the purge: %+v %v", list, res.Left)
		}
	}
}
