package render

import (
	"testing"
	"testing/fstest"
)

// FuzzOverrides: no layout, words file or asset of an archive makes the program
// panic. Mistakes are reported at their files.
func FuzzOverrides(f *testing.F) {
	f.Add("report.html", []byte("{{define \"main\"}}{{.Title}}{{end}}"))
	f.Add("base.html", []byte("<script>{{.}}</script>{{template \"x\"}}"))
	f.Add("words.json", []byte(`{"title": {"zh": "a", "en": "b"}, "x": 1}`))
	f.Add("assets/style.css", []byte("a{b:c}/*"))
	f.Add("assets/x.js", []byte("`${"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		for _, name := range []string{"report.html", "words.json", "assets/x.css", "assets/x.js", "assets/x.svg"} {
			_, diags, err := readLayouts(fstest.MapFS{name: {Data: data}})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range diags {
				if d.Place.File != "layouts/"+name || d.Place.Line < 1 {
					t.Fatalf("%s is said of %v", d.Rule, d.Place)
				}
			}
		}
	})
}
