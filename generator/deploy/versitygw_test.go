package deploy_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"annals/generator/deploy/store"
)

var whole = flag.Bool("whole", false, "put 1,000 objects into versitygw, and end a run at each of its requests")

// gateway is a versitygw, and a proxy before it that tests make fail.
type gateway struct {
	dir      string // all that it keeps
	direct   string // its own address
	proxied  string
	requests atomic.Int64
	refuse   atomic.Pointer[func(n int64, w http.ResponseWriter, r *http.Request) bool]
}

func startGateway(t *testing.T, args ...string) *gateway {
	t.Helper()
	program, err := exec.LookPath("versitygw")
	if err != nil {
		t.Skip("versitygw is not installed: go install github.com/versity/versitygw/cmd/versitygw@v1.8.0")
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	g := &gateway{dir: t.TempDir(), direct: "http://" + address}
	data := filepath.Join(g.dir, "data")
	for _, dir := range []string{filepath.Join(data, "bucket"), filepath.Join(g.dir, "versions")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	words := append([]string{"--access", "access", "--secret", "secret", "--port", address, "--quiet", "posix"}, args...)
	for i := range words {
		words[i] = strings.ReplaceAll(words[i], "DIR", g.dir)
	}
	cmd := exec.CommandContext(t.Context(), program, append(words, data)...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	for range 600 {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	to, err := url.Parse(g.direct)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.Out.Host = r.In.Host // it is signed
	}}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := g.requests.Add(1)
		if refuse := g.refuse.Load(); refuse != nil && (*refuse)(n, w, r) {
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(front.Close)
	g.proxied = front.URL
	return g
}

func (g *gateway) store(t *testing.T, address string) store.Store {
	t.Helper()
	s, err := store.NewS3(store.S3Options{Endpoint: address, Bucket: "bucket", Prefix: "nb/", Region: "us-east-1", Addressing: "path", AccessKey: "access", SecretKey: "secret", Workers: 16})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// site reads what the gateway keeps of the site from its disk.
func (g *gateway) site(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	root := filepath.Join(g.dir, "data", "bucket", "nb")
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil || strings.HasPrefix(rel, ".annals") {
			return err
		}
		data, err := os.ReadFile(name)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// holding lists the files of the gateway in which a text is.
func (g *gateway) holding(t *testing.T, text string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(g.dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if bytes.Contains(data, []byte(text)) {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestGateway deploys many objects, nothing, an edit, and what was before it.
func TestGateway(t *testing.T) {
	g := startGateway(t)
	d, warned := deployer(g.store(t, g.proxied))
	d.Workers = 16
	files := edition(1)
	count := 100
	if *whole {
		count = 1000
	}
	for i := range count {
		files[fmt.Sprintf("agencies/a%03d/2024/report.json", i)] = fmt.Sprint("report ", i, strings.Repeat(" figures", 500))
	}
	began := time.Now()
	put(t, d, files)
	t.Logf("%d objects with 16 workers, each read again: %.1f s", len(files), time.Since(began).Seconds())
	if diff := cmp.Diff(files, g.site(t)); diff != "" {
		t.Fatal(diff)
	}
	before := g.requests.Load()
	put(t, d, files)
	if n := g.requests.Load() - before; n > 3 {
		t.Errorf("nothing new took %d requests", n)
	}
	edited := map[string]string{}
	for path, text := range files {
		edited[path] = text
	}
	edited["agencies/a050/2024/report.json"] = "corrected"
	put(t, d, edited)
	began, before = time.Now(), g.requests.Load()
	if _, err := d.Rollback(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	t.Logf("an edit is rolled back in %.2f s, %d requests", time.Since(began).Seconds(), g.requests.Load()-before)
	if n := g.requests.Load() - before; n > 40 {
		t.Errorf("an edit was rolled back by %d requests", n)
	}
	if diff := cmp.Diff(files, g.site(t)); diff != "" || len(warned.keys) > 0 {
		t.Error(diff, warned.keys)
	}
}

// TestGatewayKilled cuts the connection at a request, for ever. It is the same as
// TestKilled, with a store that somebody else has made.
func TestGatewayKilled(t *testing.T) {
	g := startGateway(t)
	step := 9
	if *whole {
		step = 1
	}
	d, _ := deployer(g.store(t, g.proxied))
	d.Grace = 0
	put(t, d, edition(0))
	for k, n := 1, 1; ; k, n = k+step, n+1 {
		begin := g.requests.Load()
		cut := func(n int64, _ http.ResponseWriter, _ *http.Request) bool {
			if n-begin >= int64(k) {
				panic(http.ErrAbortHandler)
			}
			return false
		}
		g.refuse.Store(&cut)
		_, err := d.Deploy(t.Context(), site(t, edition(n)))
		g.refuse.Store(nil)
		var all []string
		have := g.site(t)
		for path, text := range have {
			for _, m := range reference.FindAllStringSubmatch(text, -1) {
				if _, there := have[m[1]]; !there && strings.HasSuffix(path, ".html") {
					all = append(all, path+" needs "+m[1])
				}
			}
		}
		if len(all) > 0 {
			t.Fatalf("killed at %d: %v", k, all)
		}
		put(t, d, edition(n))
		for path, text := range edition(n) {
			if got := g.site(t)[path]; got != text {
				t.Fatalf("killed at %d, and then %s is %q", k, path, got)
			}
		}
		if err == nil {
			if n < 4 {
				t.Errorf("only %d runs were killed", n)
			}
			return
		}
	}
}

// TestOldStore: a store that knows neither signed chunks nor conditions nor checksums
// is written to all the same, and it is said that it keeps no two runs apart.
func TestOldStore(t *testing.T) {
	g := startGateway(t)
	refuse := func(_ int64, w http.ResponseWriter, r *http.Request) bool {
		for name, values := range r.Header {
			switch {
			case name == "If-Match", name == "If-None-Match", name == "X-Amz-Trailer",
				strings.HasPrefix(name, "X-Amz-Checksum-"), strings.HasPrefix(name, "X-Amz-Sdk-"),
				name == "Content-Encoding" && slices.Contains(values, "aws-chunked"),
				name == "X-Amz-Content-Sha256" && strings.HasPrefix(values[0], "STREAMING"):
				http.Error(w, "<Error><Code>NotImplemented</Code><Message>"+name+"</Message></Error>", http.StatusNotImplemented)
				return true
			}
		}
		return false
	}
	g.refuse.Store(&refuse)
	d, warned := deployer(g.store(t, g.proxied))
	put(t, d, edition(1))
	put(t, d, edition(2))
	for path, text := range edition(2) {
		if got := g.site(t)[path]; got != text {
			t.Errorf("%s is %q", path, got)
		}
	}
	if _, err := d.Rollback(t.Context(), 0); err != nil {
		t.Error(err)
	}
	if !slices.Contains(warned.keys, "conditions") {
		t.Errorf("nothing was said: %v", warned.keys)
	}
}

// TestGatewayPurge: what was purged is in no file of the gateway, also where the
// bucket keeps versions.
func TestGatewayPurge(t *testing.T) {
	for _, args := range [][]string{nil, {"--versioning-dir", "DIR/versions"}} {
		g := startGateway(t, args...)
		if args != nil {
			client, err := minio.New(strings.TrimPrefix(g.direct, "http://"), &minio.Options{Creds: credentials.NewStaticV4("access", "secret", ""), Region: "us-east-1"})
			if err != nil {
				t.Fatal(err)
			}
			if err := client.EnableVersioning(context.Background(), "bucket"); err != nil {
				t.Fatal(err)
			}
		}
		d, warned := deployer(g.store(t, g.proxied))
		planted := edition(1)
		planted["agencies/a/2024/index.html"] += "canary"
		planted["agencies/a/2024/canary.pdf"] = "canary of an attachment"
		planted["search/t/zzzzzzzz/names.bin"] = "canary of the index"
		planted["data/all.csv"] = "canary of the data"
		put(t, d, planted)
		put(t, d, edition(1))
		if args != nil && len(g.holding(t, "canary")) < 7 {
			t.Errorf("the bucket keeps no versions: %v", g.holding(t, "canary"))
		}
		if _, err := d.Purge(t.Context(), site(t, edition(1)), []string{"agencies/a/2024"}); err != nil {
			t.Fatal(err)
		}
		if left := g.holding(t, "canary"); len(left) > 0 {
			t.Errorf("with %v: %v", args, left)
		}
		if diff := cmp.Diff(edition(1), g.site(t)); diff != "" || len(warned.keys) > 0 {
			t.Error(diff, warned.keys)
		}
	}
}
