package importer

import (
	"strings"
	"testing"

	"annals/generator/lang"
)

// TestWhatAPageHides: what a page does not show is in no figure and in no
// paragraph, and is told.
func TestWhatAPageHides(t *testing.T) {
	page := `<h1>青禾县水务局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>公开<span class="sr-only">读屏文字</span>若干。</p><p>二、主动公开政府信息情况</p>
<table><caption class="sr">二、主动公开政府信息情况</caption><tr><td>信息内容</td><td>本年处理决定数量</td></tr>
<tr><td>行政许可</td><td>5<span style="display: none">7</span></td></tr>
<tr><td>行政处罚<i class="visually-hidden">含简易程序</i></td><td style="display:none">4488</td><td>6<a href="#n1">*</a></td></tr>
<tr style="display:none"><td>行政强制</td><td>9155</td></tr>
<tr><td>行政强制</td><td><span class="blank"><span class="sr">原文为空</span></span><a href="#n2">*</a></td></tr></table>
<details><summary>与上年比较</summary><table><tr><td>行政许可</td><td>3377</td></tr></table></details>
<details open><p>展开的文字。</p></details><p>五、存在的主要问题及改进情况</p><p>问题甲。</p><p>六、其他需要报告的事项</p><p>事项甲。</p>`
	res, found := Import(Options{File: "a.html", Data: []byte(page), Agency: "x", Year: 2023, Forms: loadForms(t), Agencies: []Agency{{Path: "x", Name: "青禾县水务局"}}})
	if res == nil {
		t.Fatal(found)
	}
	text, said := string(res.Report), ""
	for _, d := range found {
		said += d.Message.In(lang.ZH)
		for _, r := range d.Related {
			said += r.Message.In(lang.ZH) + "\n"
		}
	}
	for _, want := range []string{"permits: 5\n", "penalties: 6\n", `enforcement: ""`, "\n公开若干。\n", "\n展开的文字。\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	for _, hidden := range []string{"读屏文字", "含简易程序", "4488", "9155", "原文为空", "与上年比较", "3377"} {
		if strings.Contains(text, hidden) || !strings.Contains(said, hidden) {
			t.Errorf("%s is in the report, or not reported:\n%s\n%s", hidden, text, said)
		}
	}
}
