package importer

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"annals/generator/diag"
	"annals/generator/lang"
)

// wrap breaks the lines of prose at a width, counted in Latin letters, as a page does.
func wrap(text string, width int, indent string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\n"); !strings.HasSuffix(line, "。") {
			b.WriteString(line + "\n")
			continue
		}
		b.WriteString(indent)
		n, last := len(indent), rune(0)
		for _, r := range line {
			w := 2
			if r < utf8.RuneSelf {
				w = 1
			}
			if n += w; n > width && !strings.ContainsRune("，。、；：）》”", r) && (r > '9' || last > '9') {
				b.WriteByte('\n')
				n = w
			}
			b.WriteRune(r)
			last = r
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// paged puts a break after every few lines: what is printed below a page and above
// the next. {n} is the page's number.
func paged(text, foot string) string {
	lines := strings.Split(text, "\n")
	var b strings.Builder
	page := 0
	for i, l := range lines {
		b.WriteString(l + "\n")
		if i == 7 || i == 30 || i == 50 {
			page++
			b.WriteString(strings.ReplaceAll(foot, "{n}", strconv.Itoa(page)))
		}
	}
	return b.String()
}

// TestTextFromPDF: lines that a page broke come together in paragraphs, and what it
// prints above and below them is left out and told.
func TestTextFromPDF(t *testing.T) {
	forms := loadForms(t)
	want := expected(t)
	const extra = "我局还通过报刊、广播、电视和基层便民服务点公开政府信息，并在每季度末对照目录逐项检查。公开目录中的事项全部落实。"
	data, err := os.ReadFile("testdata/reports/spaces.txt")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(strings.ReplaceAll(string(data), "\n\n", "\n"), "二、依申请公开方面", extra+"\n二、依申请公开方面", 1)
	for _, c := range []struct {
		name, text string
		told       []string
	}{
		{"narrow lines", wrap(text, 44, ""), nil},
		{"wide lines", wrap(text, 60, ""), nil},
		{"indented paragraphs", wrap(text, 44, "    "), nil},
		{"an empty line between lines", strings.ReplaceAll(wrap(text, 44, ""), "\n", "\n\n"), nil},
		{"numbers of pages", paged(wrap(text, 44, ""), "- {n} -\n\n"), []string{"- 1 -", "- 3 -"}},
		{"numbers of pages between form feeds", paged(wrap(text, 44, ""), "{n}\n\f"), []string{"“1”", "“3”"}},
		{"headers", paged(wrap(text, 44, ""), "— {n} —\n\f青禾县水务局年度报告\n"), []string{"— 1 —", "青禾县水务局年度报告"}},
		{"footers", paged(wrap(text, 44, ""), "青禾县水务局 第{n}页\n\f"), []string{"青禾县水务局 第1页", "青禾县水务局 第3页"}},
		{"paragraphs of another document, with headers", "<html><body><p>" + strings.ReplaceAll(paged(wrap(text, 44, ""), "— {n} —\n青禾县水务局年度报告\n"), "\n", "</p><p>") + "</p></body></html>", []string{"— 1 —", "青禾县水务局年度报告"}},
		{"paragraphs of Word", "<html><body><p>" + strings.ReplaceAll(wrap(text, 44, ""), "\n", "</p><p>") + "</p></body></html>", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := "a.txt"
			if strings.HasPrefix(c.text, "<") {
				file = "a.html"
			}
			res, found := Import(Options{File: file, Data: []byte(c.text), Agencies: agencies, Forms: forms})
			if res == nil {
				t.Fatal(found)
			}
			report, said := string(res.Report), ""
			for _, d := range found {
				said += "“" + d.Message.In(lang.EN) + "”\n"
				for _, r := range d.Related {
					said += "“" + r.Message.In(lang.EN) + "”\n"
				}
			}
			for _, s := range append(c.told, "broken by its layout") {
				if !strings.Contains(said, strings.Trim(s, "“”")) {
					t.Errorf("%s is not reported in\n%s", s, said)
				}
				if strings.Contains(report, "\n"+strings.Trim(s, "“”")+"\n") {
					t.Errorf("%s is in the report", s)
				}
			}
			for _, paragraph := range []string{
				"本报告由青禾县水务局按照《中华人民共和国政府信息公开条例》编制，统计期限自2024年1月1日起至2024年12月31日止。",
				"2024年，我局把水利工程、供水保障和河湖管理三类信息作为重点，全年公开信息612条。",
				"一、主动公开方面。门户网站更新188条，微信公众号更新424条。", extra,
				"二、依申请公开方面。全部申请均在法定期限内答复。", "三、监督保障方面。开展业务培训2次，参训47人次。",
				"存在的问题：部分工程信息公开不够及时。", "改进措施：建立工程信息按月公开台账，逐项核对。", "本年度未收取信息处理费。",
			} {
				if !strings.Contains(report, "\n"+paragraph+"\n") {
					t.Errorf("no paragraph %s in\n%s", paragraph, report[strings.LastIndex(report, "---\n"):])
				}
			}
			if n := diag.Errors(found); n > 0 && file == "a.txt" {
				t.Errorf("%d errors: %v", n, found)
			}
			got := placed(res)
			for _, x := range res.Form.Cells {
				for i, column := range x.Row.Columns {
					if column == x.Column && got[x.ID] != want[x.Row.Path][i] {
						t.Errorf("%s is %q, want %q", x.ID, got[x.ID], want[x.Row.Path][i])
					}
				}
			}
		})
	}
}

// TestScatteredText: a text whose tables came apart names the ways that work.
func TestScatteredText(t *testing.T) {
	for file, want := range map[string]bool{"pdf-plain.txt": true, "spaces.txt": false} {
		_, found := importFile(t, loadForms(t), "testdata/reports/"+file)
		said := ""
		for _, d := range found {
			said += d.Message.In(lang.EN) + "\n"
		}
		if strings.Contains(said, "pdftotext -layout") != want {
			t.Errorf("%s: %s", file, said)
		}
	}
}

// TestLinesThatAreNotBroken: short lines, lists and text that has its paragraphs
// stay as they are.
func TestLinesThatAreNotBroken(t *testing.T) {
	long := strings.Repeat("我局依法公开政府信息并接受社会监督，", 8) + "成效明显。"
	for _, c := range []string{
		"（一）深化重点领域信息公开，提升政务服务水平\n" + long + "\n（二）加强政策解读\n" + long,
		"联系地址：青禾县人民路一号\n联系电话：八位号码",
		"1.部分工程信息公开不够及时，还需要进一步加强和改进\n2.部分科室的信息公开意识不够强，业务能力还需要提高",
		"公开工作总体情况良好，各项任务全部完成，群众满意度较高。\n公开工作总体情况良好，各项任务全部完成，群众满意度较高。",
	} {
		text := strings.Replace(about{}.document(), "<p>问题甲。</p>", "<p>"+strings.ReplaceAll(c, "\n", "</p><p>")+"</p>", 1)
		res, found := Import(Options{File: "a.html", Data: []byte(text), Agency: "x", Year: 2023, Forms: loadForms(t), Agencies: []Agency{{Path: "x", Name: "青禾县水务局"}}})
		if res == nil {
			t.Fatal(found)
		}
		if want := strings.ReplaceAll(c, "\n", "\n\n"); !strings.Contains(string(res.Report), want) {
			t.Errorf("%s\nis not in\n%s", want, res.Report)
		}
	}
}
