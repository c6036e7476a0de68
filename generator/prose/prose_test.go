package prose

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/form"
)

const front = "---\nform: cn-2021\n---\n"

func read(t testing.TB, body string) (*Text, []byte) {
	t.Helper()
	doc, _ := content.ParseDocument("content/agencies/a/2024.md", []byte(front+body))
	if doc == nil {
		return &Text{}, nil
	}
	f := official()
	return Read(doc.Body, f), doc.Data
}

var official = sync.OnceValue(func() *form.Form {
	forms, _ := form.Load(fstest.MapFS{})
	f, _ := forms.Form("cn-2021")
	return f
})

// divided lists the parts of a text, with their sentences; clauses are set apart by |.
func divided(x *Text) (list []string) {
	for _, p := range x.Parts {
		list = append(list, "# "+p.ID)
		for _, s := range p.Sentences {
			var clauses []string
			for _, c := range s.Clauses {
				clauses = append(clauses, x.In(c))
			}
			list = append(list, strings.Join(clauses, "|"))
		}
	}
	return list
}

func TestDivide(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		want []string
	}{
		"parts": {"依据条例编制。\n\n## 一、总体情况\n\n全年收到申请5件，办结4件；结转1件。\n\n## 附注\n文\n",
			[]string{"# preface", "依据条例编制。", "# overview", "全年收到申请5件,|办结4件;|结转1件。", "# ", "文"}},
		"one spelling": {"## 总体情况\n\n共 ３，０２１ 件（含 A 类）\u200b，占 ５０．５％。 IPv6 Plan A, Plan B：９：３０\n",
			[]string{"# overview", "共3,021件(含A类),|占50.5%。", "IPv6 Plan A,| Plan B:|9:30"}},
		"numbers": {"## 总体情况\n\n3,021件,5,6件\n", []string{"# overview", "3,021件,|5,|6件"}},
		"marks": {"## 总体情况\n\n**共**收到[5件](https://a.cn)\\*&amp;`码`~~旧~~，①收到。\n",
			[]string{"# overview", "共收到5件*&码旧,|①收到。"}},
		"lines": {"## 总体情况\n\n### （一）主动公开\n\n甲\n乙\\\n丙\n\n- 一\n- 二\n\n| 三 | 四 |\n|---|---|\n| 五 | 六 |\n",
			[]string{"# overview", "(一)主动公开", "甲乙", "丙", "一", "二", "三", "四", "五", "六"}},
		"closing": {"## 总体情况\n\n他说：“收到了。”好！？（见附件。）\n", []string{"# overview", "他说:|“收到了。”", "好!?", "(见附件。)"}},
		"empty":   {"## 总体情况\n\n---\n", []string{"# overview"}},
	} {
		x, _ := read(t, test.body)
		if diff := cmp.Diff(test.want, divided(x)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestPlaces: a stretch is found again in the file, whatever stands between
// its characters there.
func TestPlaces(t *testing.T) {
	x, _ := read(t, "## 总体情况\n\n**本年**收到 申请\n３，０２１ 件，A&amp;B。<https://a.cn/5> `c` \n\n尾\n")
	for words, want := range map[string]struct {
		raw                string
		line, column, last int
	}{
		"本年收到":           {"本年**收到", 6, 3, 9},
		"3,021件":         {"３，０２１ 件", 7, 1, 8},
		"申请3,021":        {"申请\n３，０２１", 6, 10, 6},
		"A&B":            {"A&amp;B", 7, 9, 16},
		"https://a.cn/5": {"https://a.cn/5", 7, 18, 32},
		"c":              {"c", 7, 35, 36},
		"尾":              {"尾", 9, 1, 2},
		"":               {"", 6, 3, 3},
	} {
		from := strings.LastIndex(x.Norm, words)
		if words == "" {
			from = 0
		}
		s := Stretch{from, from + len(words)}
		at := x.Place(s)
		if raw := x.Raw(s); raw != want.raw || int(at.Line) != want.line || int(at.Column) != want.column || int(at.EndColumn) != want.last {
			t.Errorf("%q: %q at %+v, want %+v", words, raw, at, want)
		}
	}
}

// TestSummary: prose that is the archive's own is not judged.
func TestSummary(t *testing.T) {
	if got := Of(&archive.Report{Summary: true, Body: &content.Body{}}); len(got.Parts) != 0 {
		t.Errorf("%+v", got)
	}
}

// check holds what is true of any text.
func check(t interface{ Fatalf(string, ...any) }, x *Text, data []byte) {
	if !utf8.ValidString(x.Norm) {
		t.Fatalf("not valid: %q", x.Norm)
	}
	for _, p := range x.Parts {
		to := p.From
		for _, s := range p.Sentences {
			if s.From < to || s.To > p.To || s.From >= s.To || strings.Trim(x.Norm[to:s.From], "\n") != "" {
				t.Fatalf("sentence %v behind %d in %v: %q", s, to, p.Stretch, x.Norm)
			}
			to = s.From
			for _, c := range s.Clauses {
				if c.From != to || c.To <= c.From {
					t.Fatalf("clause %v behind %d: %q", c, to, x.In(s.Stretch))
				}
				to = c.To
			}
			if to != s.To {
				t.Fatalf("clauses end at %d of %v", to, s)
			}
		}
		if strings.Trim(x.Norm[to:p.To], "\n") != "" {
			t.Fatalf("%q is in no sentence", x.Norm[to:p.To])
		}
	}
	last := 0
	for i, c := range x.Norm {
		s := Stretch{i, i + utf8.RuneLen(c)}
		from, to := x.offsets(s)
		if from > to || to > len(data) || from < last && c != ' ' && c != '\n' {
			t.Fatalf("%q at %d is [%d, %d) behind %d of %d", c, i, from, to, last, len(data))
		}
		switch c {
		case '\n':
			last = 0 // footnotes stand in the order of what refers to them
		case ' ':
		default:
			last = from
		}
		if unicode.Is(unicode.Han, c) && x.Raw(s) != string(c) && string(usual([]rune(x.Raw(s))[0])) != string(c) {
			t.Fatalf("%q is %q in the file", c, x.Raw(s))
		}
		if at := x.Place(s); at.Line < 1 || at.Column < 1 || at.EndLine < at.Line {
			t.Fatalf("%v", at)
		}
	}
}

func TestAny(t *testing.T) {
	piece := rapid.SampledFrom([]string{"收到", "申请", "５", "3,021", "，", "。", " ", "\n", "\n\n", "&amp;", "\\*", "**", "~~", "`", "- ", "| a | b |\n|---|---|\n",
		"①", "㈠", "…", "\u200b", "　", "<b>", "![x](y.png)", "[^1]", "\n[^1]: 注\n", "### ", "Ａ", "é", "\u0301", "<https://a.cn>", "\t", "𠀀", "豈"})
	rapid.Check(t, func(rt *rapid.T) {
		body := "## 总体情况\n\n" + strings.Join(rapid.SliceOfN(piece, 0, 40).Draw(rt, "pieces"), "")
		x, data := read(t, body)
		check(rt, x, data)
	})
}

func FuzzRead(f *testing.F) {
	f.Add("## 总体情况\n\n收到 申请５件，&amp;\n```\n\tx\n```\n<div>\n文\n</div>\n")
	f.Fuzz(func(t *testing.T, body string) {
		x, data := read(t, body)
		check(t, x, data)
	})
}

func BenchmarkRead(b *testing.B) {
	body := "## 总体情况\n\n" + strings.Repeat("全年共收到政府信息公开申请 3,021 件，其中予以公开 12 件；办结（含上年结转）3,000 件。\n\n", 40)
	doc, _ := content.ParseDocument("content/agencies/a/2024.md", []byte(front+body))
	f := official()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		Read(doc.Body, f)
	}
}
