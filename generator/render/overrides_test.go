package render

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// TestLayoutSize tests layouts just below and just above the size limit.
func TestLayoutSize(t *testing.T) {
	for _, name := range []string{"report.html", "words.json", "assets/style.css"} {
		for size, want := range map[int]bool{maxLayout: false, maxLayout + 1: true} {
			_, diags, err := readLayouts(fstest.MapFS{name: {Data: []byte(strings.Repeat(" ", size))}})
			if err != nil {
				t.Fatal(err)
			}
			told := false
			for _, d := range diags {
				told = told || d.Rule == "layout" && strings.Contains(d.Message.EN, "1048576") && d.Place.File == "layouts/"+name
			}
			if told != want {
				t.Errorf("%s of %d bytes: %v", name, size, diags)
			}
		}
	}
}

// TestLayoutLinks: a layout that is a link, or a folder of layouts that is one, is
// refused and reported once.
func TestLayoutLinks(t *testing.T) {
	link := &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("x")}
	for name, fsys := range map[string]fstest.MapFS{
		"report.html":      {"report.html": link},
		"assets/style.css": {"assets/style.css": link, "assets/x.css": {}},
		"assets":           {"assets": link, "report.html": {Data: []byte("x")}},
	} {
		_, diags, err := readLayouts(fsys)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(diags) != 1 || diags[0].Rule != "symlink" || diags[0].Place.File != "layouts/"+name {
			t.Errorf("%s: %v", name, diags)
		}
	}
	own, diags, err := Overrides(fstest.MapFS{"layouts": link})
	if own != nil || err != nil || len(diags) != 1 || diags[0].Rule != "symlink" {
		t.Errorf("%v, %v, %v", own, diags, err)
	}
}

// TestAssetNames: a name that could not be written or served everywhere is reported
// at its file before anything is written.
func TestAssetNames(t *testing.T) {
	for _, names := range [][]string{{"%2e.css"}, {"a?.css"}, {"nul.css"}, {"e\u0301.css"}, {"\u202e.css"}, {strings.Repeat("a", 250) + ".css"}, {"B.css", "b.css"}} {
		fsys := fstest.MapFS{}
		for _, n := range names {
			fsys["assets/"+n] = &fstest.MapFile{Data: []byte("p{}")}
		}
		_, diags, err := readLayouts(fsys)
		if err != nil {
			t.Fatal(err)
		}
		want := "layouts/assets/" + names[len(names)-1]
		if len(diags) != 1 || diags[0].Rule != "layout" || diags[0].Place.File != want {
			t.Errorf("%q: %v", names, diags)
		}
	}
	_, diags, err := readLayouts(fstest.MapFS{"assets/图 1.css": {Data: []byte("p{}")}})
	if len(diags) > 0 || err != nil {
		t.Errorf("a name that is fine: %v, %v", diags, err)
	}
}
