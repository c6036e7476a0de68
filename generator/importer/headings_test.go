package importer

import (
	"strings"
	"testing"
)

// TestHeadingsByMeaning: parts five and six are found by their usual wordings,
// their numbers and the order; what is not quite the form's heading is told.
func TestHeadingsByMeaning(t *testing.T) {
	forms := loadForms(t)
	base := about{}.document()
	five, six := "五、存在的主要问题及改进情况", "六、其他需要报告的事项"
	for _, c := range []struct {
		old, heading string
		told         string // import-read where it was taken, import-unread where it was not
	}{
		{five, "五、存在的不足和改进措施", "import-read"},
		{five, "五、存在问题及整改情况", "import-read"},
		{five, "五、工作中的困难与下一步打算", "import-read"},
		{five, "存在的主要问题和改进的情况", "import-read"},
		{five, "第五部分 主要问题及改进", "import-read"},
		{five, "五.存在的主要问题及改进情况", ""},
		{six, "六、需报告的其他事项", "import-read"},
		{six, "六、其它事项", "import-read"},
		{six, "六、需要说明的情况", "import-read"},
		{six, "其它需要报告的事项", "import-read"},
		{six, "附记", "import-unread"},
	} {
		res, found := Import(Options{File: "a.html", Data: []byte(strings.Replace(base, c.old, c.heading, 1)), Agency: "x", Year: 2023, Forms: forms,
			Agencies: []Agency{{Path: "x", Name: "青禾县水务局"}}})
		if res == nil {
			t.Fatal(c.heading, found)
		}
		said := ""
		for _, d := range found {
			if d.Rule == "import-read" || d.Rule == "import-unread" {
				said += d.Rule
			}
		}
		if said != c.told {
			t.Errorf("%s: told %q, want %q", c.heading, said, c.told)
		}
		text := string(res.Report)
		want := "\n## 存在的主要问题及改进情况\n\n问题甲。\n\n## 其他需要报告的事项\n\n事项甲。\n"
		if c.told == "import-unread" {
			want = "\n## 存在的主要问题及改进情况\n\n问题甲。\n\n附记\n\n事项甲。\n"
		}
		if !strings.Contains(text, want) {
			t.Errorf("%s: the text is\n%s", c.heading, text)
		}
	}
}
