package render_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annals/generator/render"
	"annals/generator/testdata/browsertest"
)

// The "not found" page is shown at any address below the site, as hosts do it. It
// must look like the other pages, request no missing files, and its links must lead
// to existing pages.
func TestMissingPagesInABrowser(t *testing.T) {
	t.Parallel()
	const below = "/a/deep/path/"
	browsertest.InBoth(t, func(t *testing.T, open func(testing.TB) *browsertest.Tab) {
		tab := open(t)
		for _, known := range []bool{true, false} {
			var dir string
			base := browsertest.Serve(t, below, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				name := filepath.Join(dir, filepath.FromSlash(r.URL.Path))
				if fi, err := os.Stat(name); err == nil && !(fi.IsDir() && strings.HasSuffix(r.URL.Path, "/")) {
					http.ServeFileFS(w, r, os.DirFS(dir), strings.Trim(r.URL.Path, "/"))
					return
				} else if err == nil {
					http.ServeFile(w, r, filepath.Join(name, "index.html"))
					return
				}
				page, err := os.ReadFile(filepath.Join(dir, "404.html"))
				if err != nil {
					t.Error(err)
				}
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				w.WriteHeader(http.StatusNotFound)
				w.Write(page)
			}))
			x := render.Rich(t)
			x.Config.BaseURL = ""
			if known {
				x.Config.SetBaseURL(base)
			}
			dir = write(t, x)
			for _, at := range []string{"none", "none/", "agencies/none/", "agencies/x/gov/2099/", "a/b/c/d/e/f/none.html", "404.html"} {
				tab.Requests()
				tab.Visit(t, base+at)
				tab.Await(t, `document.readyState === "complete"`)
				for _, f := range tab.Faults() {
					if !strings.Contains(f, "status of 404") { // of the page itself
						t.Errorf("%s: %s", at, f)
					}
				}
				for _, u := range tab.Requests() {
					if u != base+at && !strings.HasSuffix(u, "/favicon.ico") {
						t.Errorf("%s asks for %s", at, u)
					}
				}
				if got := browsertest.Eval[string](t, tab, `getComputedStyle(document.querySelector("header.site")).backgroundColor`); got != "rgb(31, 78, 140)" {
					t.Errorf("%s: the masthead is %s", at, got)
				}
				links := browsertest.Eval[[]string](t, tab, `[...document.querySelectorAll("a[href]:not([href^='#']):not([rel])")].map(a => a.href)`)
				if got := len(links) >= 8; got != known {
					t.Errorf("%s: base_url is known: %v, links: %q", at, known, links)
				}
				for _, link := range links {
					if resp, err := http.Get(link); err != nil || resp.StatusCode != http.StatusOK || !strings.HasPrefix(link, base) {
						t.Errorf("%s leads to %s: %v", at, link, err)
					}
				}
			}
		}
	})
}
