package serve

import (
	"errors"
	"io/fs"
	"regexp"
	"testing"
	"testing/fstest"
)

var script = regexp.MustCompile(`<script[^>]*></script>`)

func TestOver(t *testing.T) {
	o := NewOver(fstest.MapFS{"a/index.html": {Data: []byte("<body>disk</body>")}, "a/x.txt": {Data: []byte("x")}})
	r := run(t, Options{Site: o})
	want := func(path string, status int, text string) {
		t.Helper()
		resp := r.get(t, "GET", path)
		if got := body(t, resp); resp.StatusCode != status || status == 200 && script.ReplaceAllString(got, "") != text {
			t.Errorf("%s: %d %q", path, resp.StatusCode, got)
		}
	}
	want("/a/", 200, "<body>disk</body>")
	o.Set(map[string][]byte{"a/index.html": []byte("<body>memory</body>"), "a/x.txt": nil, "b/empty.txt": {}, "b/c.css": []byte("c{}")})
	want("/a/", 200, "<body>memory</body>")
	want("/a", 301, "")
	want("/a/x.txt", 404, "")
	want("/b/empty.txt", 200, "")
	want("/b/c.css", 200, "c{}")
	if resp := r.get(t, "GET", "/b/c.css", "Range: bytes=1-2"); resp.StatusCode != 206 || body(t, resp) != "{}" {
		t.Errorf("a part: %d", resp.StatusCode)
	}
	if _, err := fs.Stat(o, "a/x.txt"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is gone: %v", err)
	}
	o.Set(nil)
	want("/a/", 200, "<body>disk</body>")
	want("/a/x.txt", 200, "x")
}
