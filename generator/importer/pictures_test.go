package importer

import (
	"strings"
	"testing"
)

// TestPictures: what stands as a picture is not read, and each is named.
func TestPictures(t *testing.T) {
	page := strings.Replace(about{}.document(), "<p>五、", `<p><img src="t3.png"></p><p><img src="t4.png" alt="表四"><img src="i.gif" width="16"></p><nav><img src="n.png"></nav><p>五、`, 1)
	_, found := Import(Options{File: "a.html", Data: []byte(page), Agency: "x", Year: 2023, Forms: loadForms(t),
		Agencies: []Agency{{Path: "x", Name: "青禾县水务局"}}})
	named := 0
	for _, d := range found {
		if d.Rule == "import-unread" {
			named += 1 + len(d.Related)
		}
	}
	if named != 2 {
		t.Errorf("%d pictures are named, want 2: %v", named, found)
	}
}
