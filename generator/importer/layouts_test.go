package importer

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"annals/generator/diag"
)

// change is a layout, made by changing a document of testdata/reports.
type change struct {
	name, file string
	edit       func(string) string
	cells      int // number of cells that must be right; the others must be missing and reported
}

func without(pattern string) func(string) string {
	re := regexp.MustCompile(pattern)
	return func(s string) string { return re.ReplaceAllString(s, "") }
}

func replaced(pattern, with string) func(string) string {
	re := regexp.MustCompile(pattern)
	return func(s string) string { return re.ReplaceAllString(s, with) }
}

var vertical = strings.Join(strings.Split("三、本年度办理结果", ""), "\n")

var eight = []string{"1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
	"5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项"}

// mergeEight moves the eight labels into the first of their rows.
func mergeEight(s string) string {
	s = strings.Replace(s, eight[0], "\x00", 1)
	for _, l := range eight[1:] {
		s = strings.Replace(s, l, "", 1)
	}
	return strings.Replace(s, "\x00", strings.Join(eight, ""), 1)
}

// ownTables gives each long row of the large table a heading and a head.
func ownTables(s string) string {
	row := regexp.MustCompile(`(?m)^\|[ |]*(?:[^|\n]+\|[ |]*?){0,2}?([0-9一二三四]{1,2}[.、][^|\n]{5,})\|[ |]*((?: *[0-9]+ *\|){7})[ |]*$`)
	return row.ReplaceAllString(s, "\n### $1\n\n| 类别 | 第1列 | 第2列 | 第3列 | 第4列 | 第5列 | 第6列 | 总计 |\n|---|---|---|---|---|---|---|---|\n| $1 |$2\n\n")
}

func TestChangedLayouts(t *testing.T) {
	forms := loadForms(t)
	want := expected(t)
	for _, c := range []change{
		{"headings lost", "tabs.txt", without(`(?m)^[一二三四五六]、[^。\t]{4,30}$`), 200},
		{"headings with other numbers", "tabs.txt", replaced(`(?m)^[一二三四五六]、([^。\t]{4,30})$`, "（九）$1"), 200},
		{"headings run into their text", "tabs.txt", replaced(`(?m)^六、其他需要报告的事项\n\n`, "六、其他需要报告的事项："), 200},
		{"a list of contents", "tabs.txt", replaced(`(?m)^本报告由`, "一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n本报告由"), 200},
		{"page numbers in the table", "one-per-line.txt", replaced(`(?m)^（四）无法提供$`, "— 5 —\n（四）无法提供"), 200},
		{"page numbers in the table", "spaces.txt", replaced(`(?m)^（四）无法提供`, "- 4 -\n（四）无法提供"), 200},
		{"a heading set vertically", "one-per-line.txt", replaced(`(?m)^三、本年度办理结果$`, vertical), 200},
		{"bars on lines of their own", "one-per-line.txt", replaced(`\n\n`, "\n|\n"), 200},
		{"a bar before each cell, on lines of their own", "bars-behind.txt", replaced(`(?m)^(.+) \|$`, "| $1"), 200},
		{"an empty line between cells with bars", "bars-behind.txt", replaced(`\n`, "\n\n"), 200},
		{"full-width bars", "pipes.md", strings.NewReplacer("|", "｜").Replace, 200},
		{"rows that are tables of their own, below their names", "pipes.md", ownTables, 200},
		{"zero-width characters", "tabs.txt", replaced(`([0-9公开])`, "$1\u200b"), 200},
		{"ideographic spaces", "tabs.txt", replaced(`\t([0-9.]+)`, "\t\u3000$1\u00a0"), 200},
		{"full-width digits", "tabs.txt", strings.NewReplacer("\t0", "\t０", "\t1", "\t１", "\t8", "\t８").Replace, 200},
		{"ASCII signs", "tabs.txt", strings.NewReplacer("（", "(", "）", ")", "“", "\"", "”", "\"", "、", "，").Replace, 200},
		{"traditional characters", "tabs.txt", strings.NewReplacer("公开", "公開", "报告", "報告", "机关", "機關", "办理", "辦理", "结果", "結果", "数量", "數量", "总计", "總計", "规范", "規範", "许可", "許可", "处罚", "處罰", "复议", "復議", "诉讼", "訴訟", "维持", "維持", "纠正", "糾正", "尚未审结", "尚未審結").Replace, 200},
		{"short labels", "tabs.txt", strings.NewReplacer("行政规范性文件", "规范性文件", "本年制发件数", "制发件数", "（七）总计", "（七）合计").Replace, 200},
		{"an empty line after every row", "tabs.txt", replaced(`\n`, "\n\n"), 200},
		{"eight labels in one cell", "official.html", mergeEight, 200},
		{"eight labels in one cell", "tabs.txt", mergeEight, 200},
		{"a table over two pages", "official.html", replaced(`<tr><td rowspan="5"><p>（五）`, `</table><p>— 3 —</p><table><tr><td rowspan="5"><p>（五）`), 200},
		{"a table of last year behind it", "official.html", func(s string) string {
			first := strings.Index(s, "<table")
			end := strings.Index(s, "</table>") + len("</table>")
			return strings.Replace(s, "</body>", "<p>附：2023年数据</p>"+strings.ReplaceAll(s[first:end], "1204", "1111")+"</body>", 1)
		}, 200},
		{"no head", "tabs.txt", without(`(?m)^(（本列数据|\t\t自然人|\t\t\t商业企业).*\n`), 200},
		{"the total column alone", "tabs.txt", replaced(`(?m)^(一、|二、|三、|（|\t|四、)([^\d]*)\t\d+\t\d+\t\d+\t\d+\t\d+\t\d+\t(\d+)\t?$`, "$1$2\t$3"), 25},
		{"a row lost", "tabs.txt", without(`(?m)^.*2\.重复申请.*\n`), 193},
		{"a number lost", "tabs.txt", replaced(`(2\.重复申请)\t1\t`, "$1\t"), 193},
	} {
		t.Run(c.file+": "+c.name, func(t *testing.T) {
			data, err := os.ReadFile("testdata/reports/" + c.file)
			if err != nil {
				t.Fatal(err)
			}
			text := c.edit(string(data))
			if text == string(data) {
				t.Fatal("the layout was not changed")
			}
			res, diags := Import(Options{File: c.file, Data: []byte(text), Agency: "qinghe/water", Year: 2024, Agencies: agencies, Forms: forms})
			if res == nil {
				t.Fatal(diags)
			}
			for _, d := range diags {
				t.Logf("%s: %s", d.Rule, d.Message.ZH)
			}
			found := placed(res)
			right := 0
			for _, x := range res.Form.Cells {
				got, ok := found[x.ID]
				for i, column := range x.Row.Columns {
					if column == x.Column && ok {
						if plainDigits(got) != want[x.Row.Path][i] {
							t.Errorf("%s is %q, want %q", x.ID, got, want[x.Row.Path][i])
						}
						right++
					}
				}
			}
			if right < c.cells {
				t.Errorf("%d cells were found, want %d", right, c.cells)
			}
			if right < 200 && diag.Errors(diags) == 0 {
				t.Error("cells are missing and nothing says so")
			}
		})
	}
}

// A row that lost its last number in a conversion, and has enough empty cells to
// look complete, is reported because it does not add up.
func TestMovedRowIsTold(t *testing.T) {
	data, err := os.ReadFile("testdata/reports/pipes.md")
	if err != nil {
		t.Fatal(err)
	}
	const row, moved = "| 四、结转下年度继续办理 |  |  | 3 | 3 | 3 | 3 | 0 | 3 | 15 |", "|  | 四、结转下年度继续办理 |  |  | 3 | 3 | 3 | 3 | 0 | 3 |"
	text := strings.Replace(string(data), row, moved, 1)
	if text == string(data) {
		t.Fatal("the row was not found")
	}
	_, diags := Import(Options{File: "a.md", Data: []byte(text), Agencies: agencies, Forms: loadForms(t)})
	if diag.Errors(diags) != 1 || diags[0].Rule != "import-ambiguous" || diags[0].Cell != "requests.carried_out" {
		t.Errorf("got %v", diags)
	}
}

func plainDigits(s string) string {
	return strings.NewReplacer("０", "0", "１", "1", "８", "8").Replace(s)
}
