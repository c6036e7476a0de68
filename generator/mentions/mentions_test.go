package mentions

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/form"
	"annals/generator/prose"
)

func builtIn(t testing.TB, id string) *form.Form {
	t.Helper()
	forms, found := form.Load(fstest.MapFS{})
	f, ok := forms.Form(id)
	if !ok || len(found) > 0 || f.Mentions == nil {
		t.Fatalf("%s: %v", id, found)
	}
	return f
}

// seen lists what an engine sees in a text: each number with the first cell of its
// first reading, or why it is not judged.
func seen(t testing.TB, e *Engine, x labelled) (list []string) {
	t.Helper()
	doc := report(t, e.form, x)
	res := e.Look(doc.r, doc.last, doc.text)
	for i := range res.Mentions {
		m := &res.Mentions[i]
		says := string(m.Reason)
		if m.Judged() {
			says = e.form.Cells[m.Readings[0].Cells[0]].ID
			if n := len(m.Readings[0].Cells); n > 1 {
				says += fmt.Sprintf(" and %d more", n-1)
			}
		}
		list = append(list, doc.text.In(m.Number)+" "+says)
	}
	return list
}

// TestTraps: what was met in real reports and is not what it looks like.
func TestTraps(t *testing.T) {
	e := New(builtIn(t, "cn-2021"))
	for text, want := range map[string][]string{
		// Published is not issued, and a penalty is no fee.
		"共发布信息125条，其中规范性文件11条。":                {"125条 no-phrase", "11条 no-phrase"},
		"实施行政处罚12件，罚款62.85万元，行政事业性收费3万元。":      {"12件 proactive.penalties", "62.85万元 between", "3万元 proactive.fees"},
		"主动公开其他文件2件，行政许可0宗、行政处罚0宗。":            {"2件 between", "0宗 off-topic", "0宗 off-topic"},
		"受理承办12345热线诉求共计22050件，已办结22050件。":     {"12345 unit", "22050件 between", "22050件 off-topic"},
		"收到政府信息公开申请100件，收到意见398条。":             {"100件 requests.new.total", "398条 between"},
		"受理依申请公开100件，97件准予公开。":                 {"100件 requests.new.total", "97件 requests.results.granted.total"},
		"收到政府信息公开申请5件，没有出现应公开而不予公开的办件。":        {"5件 requests.new.total"},
		"收到政府信息公开申请9件，予以公开处理1件。":               {"9件 requests.new.total", "1件 requests.results.granted.total"},
		"未发生因政府信息公开引起的行政复议被改变或行政诉讼败诉情形。":       nil,
		"未发生因政府信息公开引起的行政复议和行政诉讼。":              {"行政复议 reviews.reconsideration.total", "行政诉讼 reviews.litigation_direct.total and 1 more"},
		"全年未收到网上政府信息公开申请。":                     nil,
		"没有因政府信息公开申请行政复议的情况。":                  {"行政复议 reviews.reconsideration.total"},
		"收到政府信息公开申请8份，较2023年增加3份，同比增长60%。":     {"8份 requests.new.total", "3份 difference", "60% share"},
		"收到8份政府信息公开申请。":                        {"8份 requests.new.total"},
		"2022年收到政府信息公开申请88件，2024年收到申请121件。":    {"88件 other-year", "121件 requests.new.total"},
		"预计2025年收到政府信息公开申请70件。":                {"70件 other-year"},
		"收到政府信息公开申请近400件，约占一半。":                {"400件 inexact"},
		"收到政府信息公开申请50至60件。":                    {"50 range", "60件 range"},
		"收到政府信息公开申请三千余件，办结二十五件。":               {"三千余件 inexact", "二十五件 requests.results.total.total"},
		"收到政府信息公开申请３，０２１件，办结1.2万件。":            {"3,021件 requests.new.total", "1.2万件 requests.results.total.total"},
		"上半年收到政府信息公开申请5件。":                     {"5件 part-year"},
		"收到政府信息公开申请40件，其中网上申请22件、信函申请18件。":     {"40件 requests.new.total", "22件 channel", "18件 channel"},
		"通过网络、信函等渠道收到政府信息公开申请40件。":             {"40件 requests.new.total"},
		"收到政府信息公开申请40件，其中甲局收到30件。":             {"40件 requests.new.total", "30件 part"},
		"因政府信息公开引起的行政复议134件为备案数量。":             {"134件 counted"},
		"收到政府信息公开申请5件，在20个工作日内答复。":             {"5件 requests.new.total", "20 unit"},
		"对政府信息公开申请当场答复12件。":                    {"12件 unnamed"},
		"收到政府信息公开申请10件，上年结转2件，2件结转下年度继续办理。":    {"10件 requests.new.total", "2件 requests.carried_in.total", "2件 requests.carried_out.total"},
		"受理政府信息公开申请9件。其中，部分公开2件。网站发布信息9件。":     {"9件 requests.new.total", "2件 requests.results.partly_granted.total", "9件 no-phrase"},
		"因政府信息公开被申请行政复议7件，其中维持6件；行政诉讼4件，维持2件。": {"7件 reviews.reconsideration.total", "6件 reviews.reconsideration.upheld", "4件 reviews.litigation_direct.total and 1 more", "2件 reviews.litigation_direct.upheld and 1 more"},
		"收到政府信息公开申请9件，予以公开和部分公开共5件。":           {"9件 requests.new.total", "5件 requests.results.partly_granted.total and 1 more"},
		"第5件政府信息公开申请，见〔2021〕30号。":              nil,
		// An average, what is said of other things, and what a list leaves over.
		"信息公开申请予以公开、部分公开和不予公开分别为3件、2件、1件。":  {"3件 requests.results.granted.total", "2件 requests.results.partly_granted.total", "1件 requests.results.refused.state_secret.total and 7 more"},
		"行政许可、行政处罚、行政强制决定数量分别为1520、386和4件。": {"1520 proactive.permits", "386 proactive.penalties", "4件 proactive.enforcement"},
		"信息公开申请予以公开、部分公开分别占30%、20%。":        {"30% share", "20% share"},
		"人均办理申请4.5件。":                    {"4.5件 several"},
		"去年结余的督办事项6件、转入明年2件。":            {"6件 between", "2件 off-topic"},
		"市级部门收到申请820件，县区收到申请1431件。":      {"820件 part", "1431件 part"},
		"收到信息公开申请15件，12件予以公开，3件答复信息不存在。": {"15件 requests.new.total", "12件 requests.results.granted.total", "3件 requests.results.unavailable.not_held.total"},
		"公开信息36条，其中行政许可4条、行政处罚9条。":       {"36条 between", "4条 off-topic", "9条 off-topic"},
		"围绕行政处罚案卷督办内容49件，其中行政许可事项类23件。":  {"49件 between", "23件 off-topic"},
		"全年行政许可4件、行政处罚9件。":               {"4件 proactive.permits", "9件 proactive.penalties"},
		"收到信息公开申请9件，其中自然人申请6件、其他组织申请3件。": {"9件 requests.new.total", "6件 requests.new.natural_person", "3件 requests.new.other"},
		"收到信息公开申请9件，其中予以公开6件、申请人撤回3件。":   {"9件 requests.new.total", "6件 requests.results.granted.total", "3件 requests.results.other.other.total"},
	} {
		if diff := cmp.Diff(want, seen(t, e, labelled{Text: text, Section: "overview", Year: 2024})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// TestInherited: a variant has its parent's words for the cells that it has, and
// another form those that it takes over.
func TestInherited(t *testing.T) {
	text := "收到政府信息公开申请9件，予以公开5件、其他处理4件；作出行政许可决定3件。"
	for id, want := range map[string][]string{
		"cn-2021":              {"9件 requests.new.total", "5件 requests.results.granted.total", "4件 requests.results.other.not_corrected_in_time.total and 2 more", "3件 proactive.permits"},
		"cn-2021-other-merged": {"9件 requests.new.total", "5件 requests.results.granted.total", "4件 requests.results.other.total", "3件 proactive.permits"},
		"cn-2019":              {"9件 requests.new.total", "5件 requests.results.granted.total", "4件 requests.results.other.total", "3件 proactive.permits.decisions"},
	} {
		if diff := cmp.Diff(want, seen(t, New(builtIn(t, id)), labelled{Text: text, Section: "overview", Year: 2024})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
	}
}

// TestSilent: without words of its own a form says nothing, and nothing is said of
// a cell without a number, or of one that is accepted.
func TestSilent(t *testing.T) {
	forms, _ := form.Load(fstest.MapFS{})
	old, _ := forms.Form("cn-2008")
	var engines Engines
	if e := engines.For(old); e != nil || len(e.Judge(&archive.Report{}, nil, &prose.Text{}).Findings) > 0 {
		t.Errorf("%v", e)
	}
	e := New(builtIn(t, "cn-2021"))
	x := labelled{Text: "收到政府信息公开申请9件。", Section: "overview", Year: 2024}
	c, _ := e.form.Cell("requests.new.total")
	for want, change := range map[Reason]func(*archive.Report){
		Judged:   func(*archive.Report) {},
		NoNumber: func(r *archive.Report) { r.Facts[c].Status = archive.NotApplicable },
		Accepted: func(r *archive.Report) { r.Accepts = []archive.Accept{{Rule: "balance", Cell: "requests.new"}} },
	} {
		doc := report(t, e.form, x)
		change(doc.r)
		res := e.Judge(doc.r, nil, doc.text)
		if got := res.Mentions[0].Reason; got != want || len(res.Findings) > 0 != (want == Judged) {
			t.Errorf("%q, want %q; %v", got, want, warnings(res))
		}
	}
}

// TestLikely: the message says what the number is the value of.
func TestLikely(t *testing.T) {
	e := New(builtIn(t, "cn-2021"))
	x := labelled{Text: "收到政府信息公开申请17件。", Section: "overview", Year: 2024}
	set := func(r *archive.Report, id string, v int64) {
		c, _ := e.form.Cell(id)
		r.Facts[c] = archive.Fact{Status: archive.Number, Value: v, Text: fmt.Sprint(v)}
	}
	doc := report(t, e.form, x)
	set(doc.r, "requests.results.total.total", 17)
	last := &archive.Report{Year: 2023, Form: e.form, Facts: zeros(e.form)}
	for i, want := range []string{"可能写错了对象", "可能沿用了上年的文字"} {
		if i == 1 {
			set(last, "requests.new.total", 17)
		}
		if got := warnings(e.Judge(doc.r, last, doc.text)); len(got) != 1 || !strings.Contains(got[0], want) {
			t.Errorf("%v, want %s", got, want)
		}
	}
}

// TestSums: parts that are more than their whole are told; a list that is not
// complete, and parts of parts, are not.
func TestSums(t *testing.T) {
	e := New(builtIn(t, "cn-2021"))
	for text, want := range map[string]int{
		"网上收到政府信息公开申请7件，其中予以公开6件、部分公开1件、无法提供2件。":             1,
		"网上收到政府信息公开申请9件，其中予以公开6件、部分公开1件、无法提供2件。":             0,
		"网上收到政府信息公开申请9件，其中予以公开6件、部分公开1件。":                    0,
		"全年新收政府信息公开申请10件，其中自然人申请8件、商业企业申请2件、其他组织申请3件，上年结转1件": 1,
		"网上收到政府信息公开申请9件，其中予以公开6件、不予公开3件（国家秘密2件、重复申请4件）。":     0,
	} {
		cell := func(id string, v float64) label { return label{Kind: "number", Cell: &id, Value: v} }
		x := labelled{Text: text, Section: "overview", Year: 2024, Mentions: []label{
			cell("requests.results.granted.total", 6), cell("requests.results.partly_granted.total", 1), cell("requests.results.unavailable.*.total", 2),
			cell("requests.results.refused.state_secret.total", 3),
			cell("requests.new.total", 10), cell("requests.new.natural_person", 8), cell("requests.new.business", 2), cell("requests.new.other", 3),
			cell("requests.carried_in.total", 1),
		}}
		doc := report(t, e.form, x)
		n := 0
		for _, d := range e.Judge(doc.r, nil, doc.text).Findings {
			if d.Rule == "text-sums" {
				n++
			}
		}
		if n != want {
			t.Errorf("%s: %d findings, want %d", text, n, want)
		}
	}
}

// TestCost: a text twice as long is looked at about twice as often, however its
// sentences are made.
func TestCost(t *testing.T) {
	e := New(builtIn(t, "cn-2021"))
	for _, piece := range []string{
		"收到政府信息公开申请5件", "的", "5件", "共计", "、", "行政复议和", "未收到", "其中", "（", "2024年", "3,021", "一二三", "结转", "予以公开、", "甲局收到",
		"收到政府信息公开申请5件。", "各", "政府信息公开",
	} {
		steps := func(n int) int {
			doc := report(t, e.form, labelled{Text: "收到申请" + strings.Repeat(piece, n), Section: "requests", Year: 2024})
			count := 0
			e.steps = &count
			e.Look(doc.r, nil, doc.text)
			return count
		}
		if small, large := steps(200), steps(400); large > small*22/10+100 {
			t.Errorf("%q: %d looks, twice as much: %d", piece, small, large)
		}
	}
	e.steps = nil
}

// check holds what is true of any text.
func check(t interface{ Fatalf(string, ...any) }, e *Engine, body string) {
	doc, _ := content.ParseDocument("content/agencies/a/2024.md", []byte("---\nform: cn-2021\n---\n## 总体情况\n\n"+body))
	if doc == nil {
		return
	}
	r := &archive.Report{Year: 2024, Form: e.form, File: doc.File, Body: doc.Body, Facts: zeros(e.form)}
	text := prose.Of(r)
	fast, all := e.Judge(r, nil, text), e.Look(r, nil, text)
	for _, m := range all.Mentions {
		for _, s := range []prose.Stretch{m.Number, m.Sentence, m.Phrase, m.Because} {
			if s.From < 0 || s.To < s.From || s.To > len(text.Norm) || !utf8.ValidString(text.In(s)) {
				t.Fatalf("%+v in %q", s, text.Norm)
			}
		}
		if m.Number.From < m.Sentence.From || m.Number.To > m.Sentence.To || m.Number.From == m.Number.To {
			t.Fatalf("%+v is not in its sentence", m)
		}
		if m.Judged() && len(m.Readings) == 0 {
			t.Fatalf("%+v is judged by nothing", m)
		}
	}
	for _, d := range all.Findings {
		if d.Place.Line < 6 || d.Place.Column < 1 || d.Text == "" || d.Message.EN == "" {
			t.Fatalf("%+v", d)
		}
	}
	if !slices.Equal(warnings(fast), warnings(all)) {
		t.Fatalf("what is passed over changes what is told of %q: %v, %v", body, warnings(fast), warnings(all))
	}
}

func TestAny(t *testing.T) {
	e := New(builtIn(t, "cn-2021"))
	pieces := []string{"5件", "3,021", "12万件", "二十五件", "2023年", "2024年", "12月", "，", "。", "；", "、", "：", "（", "）", "“", "\n\n", "其中", "未收到", "分别为", "甲", "-", "%", "一、", "1."}
	for i := 0; i < len(e.v.phrase); i += 3 {
		pieces = append(pieces, e.v.phrase[i].Say[0])
	}
	for _, topic := range e.m.Topics {
		pieces = append(pieces, topic.Nouns[0])
	}
	rapid.Check(t, func(rt *rapid.T) {
		check(rt, e, strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(rt, "pieces"), ""))
	})
}

func FuzzJudge(f *testing.F) {
	for _, x := range labelledTexts(f, "testdata/texts/dev.jsonl") {
		f.Add(x.Text)
	}
	e := New(builtIn(f, "cn-2021"))
	f.Fuzz(func(t *testing.T, body string) { check(t, e, body) })
}
