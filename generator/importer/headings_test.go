package importer

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"annals/generator/diag"
)

// TestHeadingsByMeaning: parts five and six are found by their usual wordings,
// their numbers and the order. A heading that is not quite the form's is reported.
func TestHeadingsByMeaning(t *testing.T) {
	forms := loadForms(t)
	base := about{}.document()
	five, six := "五、存在的主要问题及改进情况", "六、其他需要报告的事项"
	for _, c := range []struct {
		old, heading string
		rule         string // the rule: import-read if a line was taken for the heading, else import-unread
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
		{"四、政府信息公开行政复议、行政诉讼情况</p><p>" + five, "五、困难与打算", "import-read"},
		{"三、收到和处理政府信息公开申请情况</p><p>四、政府信息公开行政复议、行政诉讼情况</p><p>" + five, "五、困难与打算", "import-read"},
	} {
		res, found := Import(Options{File: "a.html", Data: []byte(strings.Replace(base, c.old, c.heading, 1)), Agency: "x", Year: 2023, Forms: forms,
			Agencies: []Agency{{Path: "x", Name: "青禾县水务局"}}})
		if res == nil {
			t.Fatal(c.heading, found)
		}
		rule := ""
		for _, d := range found {
			if d.Rule == "import-read" || d.Rule == "import-unread" {
				rule += d.Rule
			}
		}
		if rule != c.rule {
			t.Errorf("%s: reported %q, want %q", c.heading, rule, c.rule)
		}
		text := string(res.Report)
		want := "\n## 存在的主要问题及改进情况\n\n问题甲。\n\n## 其他需要报告的事项\n\n事项甲。\n"
		if c.rule == "import-unread" {
			want = "\n## 存在的主要问题及改进情况\n\n问题甲。\n\n附记\n\n事项甲。\n"
		}
		if !strings.Contains(text, want) {
			t.Errorf("%s: the text is\n%s", c.heading, text)
		}
	}
}

// TestHeadingsTwice: a table may have the heading above it as its caption, and a
// list of contents has all of them; neither adds a line to the text.
func TestHeadingsTwice(t *testing.T) {
	page := strings.Replace(about{}.document(), "<table>", "<p>（单位：件）</p><table><caption>二、主动公开政府信息情况</caption>", 1)
	page = strings.Replace(page, "<p>一、总体情况</p>", "<h2>一、总体情况</h2><h3>总体情况</h3>", 1)
	res, found := Import(Options{File: "a.html", Data: []byte(page), Agency: "x", Year: 2023, Forms: loadForms(t), Agencies: []Agency{{Path: "x", Name: "青禾县水务局"}}})
	if res == nil {
		t.Fatal(found)
	}
	_, body, _ := strings.Cut(string(res.Report[4:]), "---\n")
	if want := "\n## 总体情况\n\n2023年公开若干。\n\n## 主动公开政府信息情况\n\n（单位：件）\n"; !strings.HasPrefix(body, want) {
		t.Errorf("the text is\n%s", body)
	}
}

// TestHeadingsInRows: in a workbook everything is cells, headings of whatever wording
// too; and the labels of tables stay labels.
func TestHeadingsInRows(t *testing.T) {
	data, err := os.ReadFile("testdata/reports/lo.csv")
	if err != nil {
		t.Fatal(err)
	}
	close := regexp.MustCompile(`(?m)^,*\n`).ReplaceAllString(string(data), "") // no empty row parts the tables
	for old, heading := range map[string]string{"五、存在的主要问题及改进情况": "五、困难与打算", "六、其他需要报告的事项": "六、补充", "四、政府信息公开行政复议、行政诉讼情况": "四、争议处理"} {
		text := strings.Replace(close, old, heading, 1)
		if text == close {
			t.Fatal(old)
		}
		res, found := Import(Options{File: "a.csv", Data: []byte(text), Agencies: agencies, Forms: loadForms(t)})
		if res == nil {
			t.Fatal(heading, found)
		}
		if n := diag.Errors(found); n > 0 || res.Cells != 200 {
			t.Errorf("%s: %d errors, %d cells: %v", heading, n, res.Cells, found)
		}
		said := ""
		for _, d := range found {
			if d.Rule == "import-read" {
				said += d.Message.ZH
			}
		}
		if !strings.Contains(said, heading) {
			t.Errorf("%s was not taken for a heading: %v", heading, found)
		}
		for _, want := range []string{"## 存在的主要问题及改进情况\n\n存在的问题：", "## 其他需要报告的事项\n\n本年度未收取"} {
			if !strings.Contains(string(res.Report), want) {
				t.Errorf("%s: %q is not in\n%s", heading, want, res.Report[strings.LastIndex(string(res.Report), "---"):])
			}
		}
	}
}
