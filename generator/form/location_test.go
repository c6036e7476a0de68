package form

import (
	"testing"

	"annals/generator/lang"
)

func TestLocation(t *testing.T) {
	set := load(t)
	for _, c := range []struct{ form, id, zh, en string }{
		{"cn-2021", "requests.new.total", "第三部分 · 一、本年新收 · 总计", "part 3 · I. Requests received this year · Total"},
		{"cn-2021", "requests.carried_out", "第三部分 · 四、结转下年度", "part 3 · IV. Carried over to next year"},
		{"cn-2021", "requests.results.partly_granted.total", "第三部分 · 三、本年度办理结果 · （二）部分公开 · 总计",
			"part 3 · III. Outcomes this year · (2) Disclosed in part (requests answered in parts are counted here only) · Total"},
		{"cn-2021", "requests.results.refused.state_secret", "第三部分 · 三、本年度办理结果 · （三）不予公开 · 1.属于国家秘密",
			"part 3 · III. Outcomes this year · (3) Refused · 1. State secrets"},
		{"cn-2021", "requests.results", "第三部分 · 三、本年度办理结果", "part 3 · III. Outcomes this year"},
		{"cn-2021", "requests", "第三部分", "part 3"},
		{"cn-2021", "proactive.permits", "第二部分 · 行政许可", "part 2 · Administrative licences"}, // its only column says nothing
		{"cn-2021", "proactive.normative_documents.in_force", "第二部分 · 行政规范性文件 · 现行有效件", "part 2 · Administrative normative documents · In force"},
		{"cn-2021", "reviews.litigation_direct.total", "第四部分 · 行政诉讼 · 未经复议直接起诉 · 总计", ""},
		{"cn-2021", "overview", "第一部分", "part 1"},
		{"cn-2021", "preface", "前言", "Preface"},
		{"cn-2021", "requests.nothing", "", ""},
		{"cn-2021", "published", "", ""},
		{"cn-2021", "", "", ""},
	} {
		got := lang.Join(get(t, set, c.form).Location(c.id), lang.Same(" · "))
		if got.ZH != c.zh || c.en != "" && got.EN != c.en {
			t.Errorf("%s: %q, %q", c.id, got.ZH, got.EN)
		}
	}
}
