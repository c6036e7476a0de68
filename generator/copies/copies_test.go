package copies

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/archive"
	"annals/generator/config"
	"annals/generator/content"
	"annals/generator/form"
	"annals/generator/prose"
)

var forms, _ = form.Load(fstest.MapFS{})

func read(t *testing.T, agency string, year int, body string, boilerplate Set) Report {
	t.Helper()
	a := &archive.Agency{Path: agency, Name: agency + "县教育局", FormerNames: []string{agency + "县教委"}}
	doc, _ := content.ParseDocument(agency+".md", []byte("---\nform: cn-2021\n---\n\n## 总体情况\n\n"+body+"\n"))
	r, _ := archive.ReadReport(a, year, doc, nil, forms, "zh")
	return Report{r, Read(prose.Of(r), Names([]string{a.Name, agency + "县教委"}, []string{agency + "县"}), boilerplate)}
}

const text = "安平县教育局全年梳理更新公开目录12条，逐月核对办事指南；安平县各学校按期张贴招生简章和收费标准。" +
	"一是由分管负责人带队走访乡镇中心校3次，收集家长意见45条并逐条答复！\n\n教育局二是组织业务骨干讲解申请渠道，答复时限和救济途径由专人记录在册。"

// TestSeenThrough: whatever of punctuation, figures, names and order was changed,
// the text is the same.
func TestSeenThrough(t *testing.T) {
	other := read(t, "安平", 2024, text, nil)
	for name, changed := range map[string]string{
		"as it stands": text,
		"names":        strings.ReplaceAll(strings.ReplaceAll(text, "安平县教育局", "临水县教育局"), "安平", "临水"),
		"figures":      strings.NewReplacer("12", "8", "3", "二", "45", "1,207").Replace(text),
		"order": strings.Join([]string{"二是组织业务骨干讲解申请渠道，答复时限和救济途径由专人记录在册。一是由分管负责人带队走访乡镇中心校3次，收集家长意见45条并逐条答复！",
			"安平县教育局全年梳理更新公开目录12条，逐月核对办事指南；安平县各学校按期张贴招生简章和收费标准。"}, ""),
		"commas":               strings.NewReplacer("，", "、", "；", "，").Replace(text),
		"stops":                strings.NewReplacer("。", "；", "！", "。").Replace(text),
		"semicolons":           strings.ReplaceAll(text, "；", "。"),
		"stops and semicolons": strings.NewReplacer("安平", "临水", "。", "；", "！", "；", "，", "；").Replace(text),
		"width":                strings.NewReplacer("，", ",", "；", ";", "。", ". ", "！", "! ").Replace(text),
		"spaces":               strings.ReplaceAll(text, "全年", "全 年 "),
		"marks":                strings.NewReplacer("逐月", "**逐月**", "骨干", "“骨干”").Replace(text),
	} {
		if got := read(t, "临水", 2024, changed, nil).In(other.Prose, nil); got.percent() < 95 {
			t.Errorf("%s: %d%%", name, got.percent())
		}
	}
	if got := read(t, "临水", 2024, strings.ReplaceAll(text, "公开", "政务"), nil).In(other.Prose, nil); got.percent() > 80 {
		t.Errorf("other words: %d%%", got.percent())
	}
}

// TestPreface: what every report says before its first heading is no copy.
func TestPreface(t *testing.T) {
	const preface = "根据《中华人民共和国政府信息公开条例》第五十条的规定编制本报告，所列数据的统计期限自2024年1月1日起至12月31日止。\n\n"
	parse := func(body string) *Prose {
		doc, _ := content.ParseDocument("a.md", []byte("---\nform: cn-2021\n---\n\n"+body))
		r, _ := archive.ReadReport(&archive.Agency{Path: "a", Name: "安平县教育局"}, 2024, doc, nil, forms, "zh")
		return Read(prose.Of(r), nil, nil)
	}
	if got := parse(preface + "## 总体情况\n\n" + text); len(got.Sentences) != 3 {
		t.Errorf("%d sentences, want those of the part", len(got.Sentences))
	}
	if got := parse(preface); len(got.Sentences) != 1 {
		t.Errorf("%d sentences of a text without headings", len(got.Sentences))
	}
}

// TestShare: the share is of the report's own prose, without boilerplate, short
// sentences and headings.
func TestShare(t *testing.T) {
	other := read(t, "安平", 2023, text, nil)
	own := "本年把重点放在农村学校食堂采购公示和校车线路调整听证两项工作上面。"
	boilerplate := read(t, "上级", 2024, "坚持以习近平新时代中国特色社会主义思想为指导全面落实要求。", nil).Set()
	r := read(t, "安平", 2024, "### 组织业务骨干讲解申请渠道标题\n\n"+text+own+"无其他事项。坚持以习近平新时代中国特色社会主义思想为指导，全面落实要求。", boilerplate)
	same := r.In(other.Prose, nil)
	letters := 0
	for _, s := range read(t, "安平", 2024, own, nil).Sentences {
		letters += s.Letters
	}
	if r.Letters-same.Letters != letters {
		t.Errorf("of %d letters %d are the same; all but %d should be", r.Letters, same.Letters, letters)
	}
	if len(same.Pairs) != 3 || same.Pairs[0].Letters < same.Pairs[2].Letters {
		t.Errorf("%d pairs: %v", len(same.Pairs), same.Pairs)
	}
}

func TestLastYear(t *testing.T) {
	limits := config.Default().Copies
	long := ""
	for i := range 12 {
		long += fmt.Sprintf("针对第%c类群众反映较多的热线受理事项，逐月梳理%c类公开台账并由分管负责人审签。", '甲'+rune(i), '甲'+rune(i))
	}
	before := read(t, "安平", 2023, long, nil)
	sentences := strings.SplitAfter(long, "。")
	blend := func(n int) string { // the first n sentences of last year's, and others
		text := strings.Join(sentences[:n], "")
		for i := range 12 - n {
			text += fmt.Sprintf("本年改由%c科室牵头办理校车线路听证会议，会后把全部%c项意见整理成册并上网公布。", '金'+rune(i), '金'+rune(i))
		}
		return text
	}
	for n, want := range map[int]string{12: "warning", 7: "warning", 5: "notice", 3: ""} {
		said := ""
		for _, d := range LastYear(read(t, "安平", 2024, blend(n), nil), before, limits) {
			said += d.Severity.String()
			if len(d.Related) != 5 || d.Related[0].Place.File != "安平.md" {
				t.Errorf("%d of 12: related %v", n, d.Related)
			}
		}
		if said != want {
			t.Errorf("%d of 12 sentences: %q, want %q", n, said, want)
		}
	}
	if found := LastYear(read(t, "安平", 2024, strings.Join(sentences[:8], ""), nil), before, limits); len(found) > 0 {
		t.Errorf("a report of less than 400 characters is judged: %v", found)
	}
	renamed := read(t, "安平", 2023, "安平县教委公布。"+long, nil)
	if found := LastYear(read(t, "安平", 2024, long, nil), renamed, limits); len(found) > 0 {
		t.Errorf("a renamed agency is judged: %v", found)
	}
}

// TestYear: each report finds those that have most of its sentences, what many have
// is nobody's, and no group of reports costs its square.
func TestYear(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	fresh := func(n int) (list []uint32) {
		for range n {
			list = append(list, rng.Uint32())
		}
		return list
	}
	reports := make([][]uint32, 200)
	common := fresh(10)
	for i := range reports {
		reports[i] = append(fresh(30), common...)
	}
	for i, part := range []int{24, 18, 9} { // of 40 sentences, 10 of them common
		copy(reports[50+i][:part], reports[10+i][:part])
	}
	same := fresh(40)
	for i := 100; i < 105; i++ { // five are not many
		reports[i] = same
	}
	y := Compare(reports)
	for i, want := range map[int]string{50: "10", 51: "11", 52: "", 10: "50", 100: "101 102 103 104", 60: ""} {
		var got []string
		for _, o := range y.Others(i, 1) {
			got = append(got, fmt.Sprint(o.Report))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("report %d: %s, want %s", i, s, want)
		}
	}
	if !y.IsCommon(uint64(common[0])<<32) || y.IsCommon(uint64(same[0])<<32) {
		t.Error("what is common is told wrongly")
	}
	many := make([][]uint32, 100_000)
	for i := range many {
		many[i] = fresh(1)
		if i%50 == 0 {
			many[i] = same
		}
	}
	y = Compare(many)
	if n := len(y.Others(50_000, 1)); n != 2*near {
		t.Errorf("a text that 2,000 have is compared with %d", n)
	}
}

func TestNames(t *testing.T) {
	got := strings.Join(Names([]string{"安平县教育局", "教育"}, []string{"安平县", "河", "北省"}), " ")
	if got != "北省 安平县 安平县教育局 教育 教育局" {
		t.Error(got)
	}
}
