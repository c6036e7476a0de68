package importer

import (
	"strings"
	"testing"
)

// TestPictures: pictures are not read, and each is reported.
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

// TestPicturesForTables: a report whose tables are pictures is one of prose, and
// its tables are told to be missing; a letter with a picture is no report.
func TestPicturesForTables(t *testing.T) {
	page := about{}.document()
	table := page[strings.Index(page, "<table>") : strings.Index(page, "</table>")+len("</table>")]
	for _, c := range []struct {
		name, text string
		report     bool
	}{
		{"a picture for the table", strings.Replace(page, table, `<p><img src="t2.png"></p>`, 1), true},
		{"nothing for the table", strings.Replace(page, table, "", 1), false},
		{"a letter", "<h1>关于报送青禾县水务局2023年政府信息公开工作年度报告的函</h1><p>现将报告报送你单位。</p><p><img src=\"seal.png\"></p>", false},
	} {
		res, found := Import(Options{File: "a.html", Data: []byte(c.text), Agency: "x", Year: 2023, Forms: loadForms(t),
			Agencies: []Agency{{Path: "x", Name: "青禾县水务局"}}})
		if (res != nil) != c.report {
			t.Errorf("%s: %v", c.name, found)
			continue
		}
		if res == nil {
			continue
		}
		said := ""
		for _, d := range found {
			said += d.Rule + " "
		}
		if !strings.Contains(said, "import-unread") || !strings.Contains(said, "import-unplaced") || !strings.Contains(string(res.Report), "事项甲。") {
			t.Errorf("%s: reported %s, the report is\n%s", c.name, said, res.Report)
		}
	}
}
