package importer

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"annals/generator/importer/bind"
)

// randomText is the text of a report of random sentences and items, each of which
// has a number of its own, with or without a preface and a signature.
func randomText(rng *rand.Rand) (t reportText, sentences, others []string) {
	n := 0
	sentence := func() string {
		n++
		s := fmt.Sprintf("第%d事", 100+n)
		for range 1 + rng.IntN(40) {
			s += []string{"公开", "信息", "依法", "办理", "，", "答复", "、", "更新", "培训", "2023年", "12件"}[rng.IntN(11)]
		}
		s = strings.TrimRight(s, "，、") + []string{"。", "。", "；", "！"}[rng.IntN(4)]
		sentences = append(sentences, s)
		return s
	}
	item := func() string {
		n++
		s := fmt.Sprintf([]string{"（%s）第%d事的落实", "%s.第%d事的落实"}[rng.IntN(2)], []string{"1", "2", "3"}[rng.IntN(3)], 100+n)
		others = append(others, s)
		return s
	}
	part := func(heading string) {
		t.parts = append(t.parts, heading)
		for range 1 + rng.IntN(4) {
			if rng.IntN(4) == 0 {
				t.parts = append(t.parts, item())
			} else {
				t.parts = append(t.parts, sentence())
			}
		}
	}
	if rng.IntN(2) == 0 {
		t.parts = append(t.parts, sentence())
	}
	part("一、总体情况")
	t.parts = append(t.parts, "二、主动公开政府信息情况", "TABLE", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况")
	part("五、存在的主要问题及改进情况")
	part("六、其他需要报告的事项")
	if rng.IntN(2) == 0 {
		t.parts = append(t.parts, "青禾县水务局", "2024年1月17日")
	}
	return t, sentences, others
}

// TestNoParagraphIsLost puts random texts into the pages of hosts, and into texts:
// each sentence is a paragraph of the report; each item is, or is accounted for; no
// line of the host is in the report, and each is accounted for.
func TestNoParagraphIsLost(t *testing.T) {
	forms := loadForms(t)
	rng := rand.New(rand.NewPCG(*seed, 14))
	for n := range *damages / 2 {
		text, sentences, others := randomText(rng)
		h := hostPages[rng.IntN(len(hostPages))]
		page, host := h.with(text)
		file := "a.html"
		if rng.IntN(3) == 0 {
			file, host = "a.txt", nil
			page = ownTitle + "\n" + strings.Replace(strings.Join(text.parts, "\n"), "TABLE", "信息内容\t本年处理决定数量\n行政许可\t12", 1)
		}
		res, found := Import(Options{File: file, Data: []byte(page), Agency: "x", Year: 2023, Forms: forms, Agencies: []Agency{{Path: "x", Name: "青禾县水务局"}}})
		if res == nil {
			t.Fatal(n, found)
		}
		_, body, _ := strings.Cut(string(res.Report[4:]), "---\n")
		body = strings.ReplaceAll(body, `\`, "")
		accounted := ""
		for _, p := range res.Account.Passages {
			accounted += strings.Join(strings.Fields(p.Text), "") + "\n"
			if p.Use == bind.Text && !strings.Contains(body, p.Text) {
				t.Errorf("%d, %s: %q is said to be in the report", n, h.name, p.Text)
			}
		}
		for _, s := range sentences {
			if !strings.Contains(body, "\n"+s+"\n") {
				t.Errorf("%d, %s %s: %q is no paragraph of\n%s", n, file, h.name, s, body)
			}
		}
		for _, s := range others {
			if !strings.Contains(body, "\n"+s+"\n") && !strings.Contains(accounted, s) {
				t.Errorf("%d, %s %s: %q is lost in\n%s", n, file, h.name, s, body)
			}
		}
		for _, s := range host {
			if strings.Contains(body, "\n"+s+"\n") || !strings.Contains(accounted, strings.Join(strings.Fields(s), "")) {
				t.Errorf("%d, %s: %q of the host is in the report or lost:\n%s", n, h.name, s, body)
			}
		}
		if t.Failed() {
			t.Fatal(page)
		}
	}
}
