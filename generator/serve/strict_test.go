package serve

import (
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

// TestStrict: a host that takes certain kinds of files, and knows no folders, shows
// each of them at its own name alone.
func TestStrict(t *testing.T) {
	files := fstest.MapFS{}
	for _, name := range []string{"index.html", "404.html", "a/index.html", "a/report.json", "a/kept.ofd", "a/shown.pdf", "checkpoint"} {
		files[name] = &fstest.MapFile{Data: []byte("<body>" + name + "</body>")}
	}
	s, err := New(Options{Site: files, Strict: append([]string{".pdf"}, OwnKinds...)})
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]int{
		"/": 200, "/index.html": 200, "/a/index.html": 200, "/a/index.html?q=x": 200, "/a/report.json": 200, "/a/shown.pdf": 200, "/checkpoint": 200,
		"/a/": 404, "/a": 404, "/a/kept.ofd": 404, "/a/none.html": 404, "/A/index.html": 404,
	} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1:1313"+address, nil))
		if body := w.Body.String(); w.Code != want || strings.Contains(body, "<script") || strings.Contains(body, "404.html") {
			t.Errorf("%s: %d %s", address, w.Code, body)
		}
	}
}
