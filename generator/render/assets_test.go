package render

import (
	"testing"
	"testing/fstest"
)

// The sources of scripts may be beside them, here and in a site's own layouts. They
// are not published and not reported. A site's own search.js replaces the program's
// as a whole.
func TestSourcesOfScriptsAreNotPublished(t *testing.T) {
	r := newRenderer(t, own(t), func(o *Options) {
		o.Overrides = fstest.MapFS{
			"assets/search.js":               {Data: []byte("alert(1)")},
			"assets/src/search.ts":           {Data: []byte("let n: number;")},
			"assets/src/node_modules/a/b.js": {Data: []byte("c()")},
		}
	})
	got := map[string]string{}
	for _, a := range r.assets {
		got[a.name] = string(a.data)
	}
	if len(got) != 9 || got["search.js"] != "alert(1)" {
		t.Errorf("%d assets are published; search.js is %q", len(got), got["search.js"])
	}
	for _, name := range []string{"explore.js", "hits.js", "icon.svg", "report.js", "site.js", "style.css", "tables.js", "verify.js"} {
		if got[name] == "" {
			t.Errorf("%s is missing", name)
		}
	}
}
