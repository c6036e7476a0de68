package importer

import (
	"strings"
	"testing"
)

// TestAgencyByName: the agency is recognised by any of the names that offices
// use. A document with another name is no agency's; agencies with a similar name
// are listed in the diagnostic.
func TestAgencyByName(t *testing.T) {
	forms := loadForms(t)
	agencies := []Agency{
		{Path: "q/gov", Name: "青禾县人民政府", Region: "青禾县"},
		{Path: "q/health", Name: "青禾县卫生健康委员会", Region: "青禾县"},
		{Path: "q/reform", Name: "青禾县发展和改革委员会", Region: "青禾县"},
		{Path: "q/police", Name: "青禾县公安局", Region: "青禾县"},
		{Path: "q/education", Name: "青禾县教育局", Short: "教育局", Region: "青禾县"},
		{Path: "q/east", Name: "青禾县东风街道办事处", Region: "青禾县"},
		{Path: "q/stone", Name: "青禾县石桥镇人民政府", Region: "青禾县"},
		{Path: "b/education", Name: "白水县教育局", Region: "白水县"},
		{Path: "b/stone", Name: "白水县石桥镇人民政府", Region: "白水县"},
	}
	const rest = "年政府信息公开工作年度报告"
	for _, c := range []struct{ file, title, want, near string }{
		{"a.txt", "青禾县卫生健康委员会2023" + rest, "q/health", ""},
		{"a.txt", "青禾县卫健委2023" + rest, "q/health", ""},
		{"a.txt", "2023年青禾县发改委政府信息公开工作年度报告", "q/reform", ""},
		{"a.txt", "2023年青禾县公安局政府信息公开工作年度报告", "q/police", ""},
		{"a.txt", "青禾县公安局交通警察大队2023" + rest, "", "q/police"},
		{"a.txt", "青禾县公安局东城分局2023" + rest, "", "q/police"},
		{"a.txt", "青禾县人民政府办公室2023" + rest, "", "q/gov"},
		{"a.txt", "青禾县人民政府2023" + rest, "q/gov", ""},
		{"青禾县/a.txt", "县卫健委2023" + rest, "q/health", ""},
		{"青禾县/a.txt", "县教育局2023" + rest, "q/education", ""},
		{"白水县/a.txt", "教育局2023" + rest, "b/education", ""},
		{"a.txt", "县教育局2023" + rest, "", ""},
		{"青禾县/a.txt", "东风街道2023" + rest, "q/east", ""},
		{"青禾县/附件1：石桥镇（定稿）.txt", "石桥镇2023" + rest, "q/stone", ""},
		{"青禾县/a.txt", "石桥镇中心小学2023" + rest, "", "q/stone"},
		{"a.txt", "石桥镇2023" + rest, "", ""},
		{"附件1：青禾县东风街道办事处（定稿）.txt", "2023" + rest, "q/east", ""},
		{"a.txt", "新城区教育局2023" + rest, "", ""},
	} {
		text := c.title + "\n\n一、总体情况\n\n公开若干。\n\n二、主动公开政府信息情况\n\n信息内容\t本年处理决定数量\n行政许可\t12\n"
		res, found := Import(Options{File: c.file, Data: []byte(text), Forms: forms, Agencies: agencies})
		got := ""
		if res != nil {
			got = res.Agency.Path
		}
		if got != c.want {
			t.Errorf("%s %s: %q, want %q", c.file, c.title, got, c.want)
		}
		said := ""
		for _, d := range found {
			if d.Rule == "import-unknown" {
				said += d.Message.EN
			}
		}
		if c.near != "" && !strings.Contains(said, c.near) {
			t.Errorf("%s: %s is not named as near: %s", c.title, c.near, said)
		}
	}
}
