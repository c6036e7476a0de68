package serve

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/sitemap"
)

func TestFiles(t *testing.T) {
	r := run(t, Options{Site: siteFS()})
	for _, c := range []struct {
		path, kind string
		status     int
		body       string // what the answer's body contains
	}{
		{"/", "text/html; charset=utf-8", 200, "<p>home</p><script src=\"/.annals/live.js?v="},
		{"/index.html", "text/html; charset=utf-8", 200, "home"},
		{"/agencies/a/?x=1", "text/html; charset=utf-8", 200, ">a<"},
		{"/agencies/a", "", 301, ""},
		{"/agencies/a/2024/report.json", "application/json", 200, `{"a":1}`},
		{"/agencies/a/2024/tables.csv", "text/csv; charset=utf-8", 200, "a,b"},
		{"/agencies/a/2024/unknown.type", "application/octet-stream", 200, "?"},
		{"/assets/style-1.css", "text/css; charset=utf-8", 200, "body{}"},
		{"/assets/style.0123456789.css", "text/css; charset=utf-8", 200, "p{}"},
		{"/fragment/", "text/html; charset=utf-8", 200, "no body<script"},
		{"/agencies/a/2024/original.html", "text/html; charset=utf-8", 200, "<script>x</script>"},
		{"/%E9%99%84%E4%BB%B6/%E5%B9%B4%E6%8A%A5.docx", sitemap.ContentType(".docx"), 200, "docx"},
		{"/.well-known/security.txt", "text/plain; charset=utf-8", 200, "Contact"},
		{"/missing/", "text/html; charset=utf-8", 404, "none<script"},
		{"/empty/", "text/html; charset=utf-8", 404, "none"},
		{"/empty", "text/html; charset=utf-8", 404, "none"},
		{"/index.html/", "text/html; charset=utf-8", 404, "none"},
		{"/.git/config", "text/html; charset=utf-8", 404, "none"},
		{"/agencies/a/.annals-stage/x", "text/html; charset=utf-8", 404, "none"},
	} {
		resp := r.get(t, "GET", c.path)
		got := body(t, resp)
		if resp.StatusCode != c.status || resp.Header.Get("Content-Type") != c.kind || !strings.Contains(got, c.body) {
			t.Errorf("%s: %d %s %q", c.path, resp.StatusCode, resp.Header.Get("Content-Type"), got)
		}
		want := "no-store" // except for files with a hash in their names
		if strings.Contains(c.path, "0123456789") {
			want = forGood
		}
		if resp.Header.Get("Cache-Control") != want || resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: headers %v", c.path, resp.Header)
		}
		head := r.get(t, "HEAD", c.path)
		if head.StatusCode != c.status || head.Header.Get("Content-Length") != resp.Header.Get("Content-Length") || body(t, head) != "" {
			t.Errorf("HEAD %s: %d %v", c.path, head.StatusCode, head.Header)
		}
	}
	// What an office's page holds does not run here, also where it is published.
	original := r.get(t, "GET", "/agencies/a/2024/original.html")
	if text := body(t, original); text != "<script>x</script>" || !strings.HasPrefix(original.Header.Get("Content-Security-Policy"), "sandbox;") ||
		original.Header.Get("Content-Disposition") != "attachment" {
		t.Errorf("an original: %v %q", original.Header, text)
	}
	if to := r.get(t, "GET", "/agencies/a?q=%2F").Header.Get("Location"); to != "/agencies/a/?q=%2F" {
		t.Errorf("redirect to %q", to)
	}
}

func TestFolderLeavesTheSiteNever(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) {
		t.Helper()
		os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("secret.txt", "SECRET")
	write("public/index.html", home)
	write("public/a/x.txt", "x")
	for link, to := range map[string]string{"link.txt": "../secret.txt", "up": "..", "abs.txt": filepath.Join(dir, "secret.txt"), "loop": "loop", "ok.txt": "a/x.txt"} {
		if err := os.Symlink(to, filepath.Join(dir, "public", link)); err != nil {
			t.Fatal(err)
		}
	}
	r := run(t, Options{Site: Folder(filepath.Join(dir, "public"))})
	for _, p := range []string{"/link.txt", "/up/secret.txt", "/abs.txt", "/loop", "/../secret.txt"} {
		if resp := r.get(t, "GET", p); resp.StatusCode != 404 || strings.Contains(body(t, resp), "SECRET") {
			t.Errorf("%s: %d", p, resp.StatusCode)
		}
	}
	if resp := r.get(t, "GET", "/ok.txt"); body(t, resp) != "x" {
		t.Errorf("a link within the site: %d", resp.StatusCode)
	}
	// A rebuild may replace the folder.
	os.Rename(filepath.Join(dir, "public"), filepath.Join(dir, "old"))
	write("public/index.html", "<body>new</body>")
	if got := body(t, r.get(t, "GET", "/")); !strings.Contains(got, "new") {
		t.Errorf("the folder before the rename is served: %q", got)
	}
	// The answer differs from the file only by the script element.
	data, _ := os.ReadFile(filepath.Join(dir, "public/index.html"))
	if strings.Contains(string(data), "annals") {
		t.Error("the script was written into the file")
	}
}

// Browsers cache the live script; another version of it has another address.
func TestLiveScriptIsKept(t *testing.T) {
	r := run(t, Options{Site: siteFS()})
	for path, want := range map[string]string{liveAddress: forGood, "/.annals/live.js": "no-store", "/.annals/live.js?v=0": "no-store"} {
		resp := r.get(t, "GET", path, "Sec-Fetch-Site: same-origin")
		if got := resp.Header.Get("Cache-Control"); resp.StatusCode != 200 || got != want {
			t.Errorf("%s: %d, %s", path, resp.StatusCode, got)
		}
	}
}

// The links of the "not found" page are absolute. They must lead to the served site
// and not to the published one.
func TestMissingPageLeadsToThisSite(t *testing.T) {
	site := siteFS()
	site["robots.txt"] = &fstest.MapFile{Data: []byte("User-agent: *\nAllow: /\nSitemap: https://a.example/x&y/sitemap.xml\n")}
	site["404.html"] = &fstest.MapFile{Data: []byte(`<body><a href="https://a.example/x&amp;y/agencies/index.html">a</a><a href="https://a.example/other">b</a></body>`)}
	r := run(t, Options{Site: site})
	for _, p := range []string{"/missing", "/a/b/c/"} {
		if text := body(t, r.get(t, "GET", p)); !strings.Contains(text, `<a href="/agencies/index.html">a</a><a href="https://a.example/other">b</a>`) {
			t.Errorf("%s: %s", p, text)
		}
	}
}
