package serve

import (
	"net/http/httptest"
	"strings"
	"testing"

	"annals/generator/sitemap"
)

// TestDesk: the pages of the one who edits are answered as pages of the site are,
// to nobody but its own browser, and are no files of the site.
func TestDesk(t *testing.T) {
	asked := 0
	s, err := New(Options{Site: siteFS(), Desk: func(path string) ([]byte, bool) {
		asked++
		return []byte("<body>desk " + path + "</body>"), path != "none/"
	}})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(address string, header ...string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "http://127.0.0.1:1313"+address, nil)
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		s.ServeHTTP(w, r)
		return w
	}
	for _, path := range []string{"", "2/", "agencies/a/2024/"} {
		w := ask(DeskFolder + path)
		if body := w.Body.String(); w.Code != 200 || !strings.HasPrefix(body, "<body>desk "+path+"<script src=\"/.annals/live.js") ||
			w.Header().Get("Content-Type") != sitemap.ContentType(".html") || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %s %v", path, w.Code, body, w.Header())
		}
	}
	if w := ask(DeskFolder + "style.css"); w.Header().Get("Content-Type") != sitemap.ContentType(".css") || strings.Contains(w.Body.String(), "script") {
		t.Errorf("the style: %v %s", w.Header(), w.Body)
	}
	if w := ask(DeskFolder + "none/"); w.Code != 404 || !strings.Contains(w.Body.String(), "<body>none") {
		t.Errorf("a page that is none: %d %s", w.Code, w.Body)
	}
	if w := ask("/_import"); w.Code != 301 || w.Header().Get("Location") != DeskFolder {
		t.Errorf("without its slash: %d %v", w.Code, w.Header())
	}
	before := asked
	if w := ask("/agencies/a/"); w.Body.String() == "" || asked != before {
		t.Error("a page of the site was asked of the desk")
	}
	if w := ask(DeskFolder, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"); w.Code != 403 || asked != before {
		t.Errorf("another site's page reads the desk: %d", w.Code)
	}
	if w := ask(DeskFolder, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"); w.Code != 403 {
		t.Errorf("another site's page frames the desk: %d", w.Code)
	}
}
