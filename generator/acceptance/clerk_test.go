package acceptance

import (
	"os"
	"strings"
	"testing"

	"annals/generator/diag"
	"annals/generator/explain"
	"annals/generator/format"
	"annals/generator/lang"
)

// slip is a mistake of someone who fills in a report in a text editor: in the
// report, old was typed as now. It is told once, by a message with the word says,
// and repaired, if it is, to what fixed says; with "" to the report as it was.
type slip struct {
	name, old, now string
	says           string
	fixed          string
}

const (
	notFixed = "not"
	row      = "  new: [371, 496, 489, 360, 476, 434, 2626]"
)

var clerksSlips = []slip{
	{"a full-width colon", "permits: 812", "permits：812", "全角冒号", ""},
	{"a full-width colon and a space", "permits: 812", "permits： 812", "全角冒号", ""},
	{"a full-width colon after a table", "requests:\n", "requests：\n", "全角冒号", ""},
	{"no space after a colon", "permits: 812", "permits:812", "缺少一个空格", ""},
	{"an ideographic space after a colon", "permits: 812", "permits:　812", "缺少一个空格", ""},
	{"a no-break space after a colon", "permits: 812", "permits:\u00a0812", "缺少一个空格", ""},
	{"a tab", row, "\tnew: [371, 496, 489, 360, 476, 434, 2626]", "制表符", ""},
	{"an ideographic space before a row", row, "　new: [371, 496, 489, 360, 476, 434, 2626]", "全角空格", ""},
	{"a space too few", row, row[1:], "缩进", ""},
	{"a space too many", row, " " + row, "缩进", ""},
	{"a row in the first column", "  penalties: 65", "penalties: 65", "缩进", ""},
	{"a dash of a list", row, "  - " + row[2:], "多了“- ”", ""},
	{"an open bracket", row, row[:len(row)-1], "没有对应的“]”", ""},
	{"a full-width closing bracket", row, row[:len(row)-1] + "】", "没有对应的“]”", ""},
	{"a comma after a row", row, row + ",", "“]”后面多了“,”", ""},
	{"a full stop after a row", row, row + "。", "“]”后面多了“。”", ""},
	{"two commas", row, "  new: [371,, 496, 489, 360, 476, 434, 2626]", "两个逗号", notFixed},
	{"a row of a Markdown table", row, "  new: | 371 | 496 | 489 | 360 | 476 | 434 | 2626 |", "竖线", ""},
	{"Chinese commas", row, "  new: [371，496，489，360，476，434，2626]", "这里是“，”", ""},
	{"one Chinese comma", row, "  new: [371, 496，489, 360, 476, 434, 2626]", "这里是“，”", ""},
	{"Chinese commas in a short row", "  regulations: [2, 1, 8]", "  regulations: [2，1，8]", "这里是“，”", ""},
	{"commas of a list in Chinese", row, "  new: [371、496、489, 360, 476, 434, 2626]", "这里是“、”", ""},
	{"semicolons", row, "  new: [371; 496; 489, 360, 476, 434, 2626]", "这里是“;”", ""},
	{"a missing comma", row, "  new: [371, 496 489, 360, 476, 434, 2626]", "缺少逗号", ""},
	{"no commas", row, "  new: [371 496 489 360 476 434 2626]", "缺少逗号", ""},
	{"a point for a comma", row, "  new: [371. 496, 489, 360, 476, 434, 2626]", "缺少逗号", ""},
	{"cells of a spreadsheet", row, "  new: 371\t496\t489\t360\t476\t434\t2626", "缺少逗号", ""},
	{"full-width brackets", row, "  new: 【371, 496, 489, 360, 476, 434, 2626】", "英文方括号", ""},
	{"no brackets", row, "  new: 371, 496, 489, 360, 476, 434, 2626", "英文方括号", ""},
	{"no opening bracket", row, "  new: 371, 496, 489, 360, 476, 434, 2626]", "英文方括号", ""},
	{"a comma between thousands", row, "  new: [371, 496, 489, 360, 476, 434, 2,626]", "千分位", ""},
	{"a comma between thousands, alone", "permits: 812", "permits: 1,812", "千分位", "permits: 1812"},
	{"a number too few", row, "  new: [371, 496, 489, 360, 476, 2626]", "这里有 6 个", notFixed},
	{"a unit", "permits: 812", "permits: 812件", "后面有“件”", ""},
	{"a unit in a row", row, "  new: [371件, 496, 489, 360, 476, 434, 2626]", "后面有“件”", ""},
	{"the unit of the column", "fees: 75.9260", "fees: 75.9260万元", "后面有“万元”", ""},
	{"another unit of money", "fees: 75.9260", "fees: 759260元", "后面有“元”", notFixed},
	{"ten thousands", "permits: 812", "permits: 0.08万", "后面有“万”", notFixed},
	{"a share", "permits: 812", "permits: 812%", "后面有“%”", notFixed},
	{"a stop after a number", "permits: 812", "permits: 812。", "多了“。”", ""},
	{"full-width digits", "permits: 812", "permits: ８１２", "全角", ""},
	{"full-width quotation marks", row, "  new: [371, “/”, 489, 360, 476, 434, 2626]", "全角引号", row[:13] + `"/"` + row[16:]},
	{"full-width quotation marks around a number", "permits: 812", "permits: “812”", "全角引号", ""},
	{"quotation marks around a number", "permits: 812", `permits: "812"`, "不要加引号", ""},
	{"a full-width sign", "permits: 812", "permits: ／", "全角", `permits: "/"`},
	{"a sign without quotation marks", "permits: 812", "permits: —", "请加引号", `permits: "—"`},
	{"a word without quotation marks", "permits: 812", "permits: 无", "请加引号", `permits: "无"`},
	{"a zero too many", "permits: 812", "permits: 0812", "多余的 0", ""},
	{"a letter for a digit", "permits: 812", "permits: 8l2", "字母“l”", notFixed},
	{"a space in a number", "permits: 812", "permits: 8 12", "有空格", notFixed},
	{"a numeral", "permits: 812", "permits: 十二", "汉字数字", "permits: 12"},
	{"an empty cell", "permits: 812", "permits:", "没有填写", notFixed},
	{"a date with strokes", "2025-01-20", "2025/1/20", "应写作 2025-01-20", ""},
	{"a date with points", "2025-01-20", "2025.01.20", "应写作 2025-01-20", ""},
	{"a date in words", "2025-01-20", "2025年1月20日", "应写作 2025-01-20", ""},
	{"a date without zeros", "published: 2025-01-20", "published: 2025-1-20 # as signed", "应写作 2025-01-20", "published: 2025-01-20 # as signed"},
	{"a date of digits", "2025-01-20", "20250120", "应写作 2025-01-20", ""},
	{"full-width digits of a date", "2025-01-20", "２０２５－０１－２０", "应写作 2025-01-20", ""},
	{"a day that is none", "2025-01-20", "2025-02-30", "日历上没有", notFixed},
	{"a day first", "2025-01-20", "20/1/2025", "不是日期", notFixed},
	{"a year far off", "2025-01-20", "2052-01-20", "检查是哪一年", notFixed},
	{"two columns of a row", row, "  new: [496, 371, 489, 360, 476, 434, 2626]", "“一、本年新收政府信息公开申请数量”疑似“自然人”“商业企业”两列对调", notFixed},
	{"the total and a column", row, "  new: [371, 496, 489, 360, 476, 2626, 434]", "疑似“其他”“总计”两列对调", notFixed},
	{"two rows", row + "\n  carried_in: [8, 7, 9, 5, 3, 7, 39]\n  results:\n    granted: [1, 32, 38, 12, 17, 19, 119]",
		"  new: [371, 496, 489, 360, 476, 434, 2626]\n  carried_in: [1, 32, 38, 12, 17, 19, 119]\n  results:\n    granted: [8, 7, 9, 5, 3, 7, 39]", "两行对调", notFixed},
	{"two cells of a column", "state_secret: [37, 21, 9, 33, 40, 4, 144]\n      prohibited_by_law: [30, ", "state_secret: [30, 21, 9, 33, 40, 4, 144]\n      prohibited_by_law: [37, ", "两格对调", notFixed},
	{"total and pending of part four", "reconsideration: [7, 6, 2, 7, 22]", "reconsideration: [7, 6, 2, 22, 7]", "疑似“尚未审结”“总计”两列对调", notFixed},
	{"no second fence", "---\n\n## 总体", "## 总体", "这个标题前面缺少一行 ---", ""},
	{"no first fence", "---\nform", "form", "文件应以一行 --- 开头", ""},
	{"dashes for the first fence", "---\nform", "———\nform", "应是三个英文连字符", ""},
	{"dashes for the second fence", "---\n\n## 总体", "-----\n\n## 总体", "应是三个英文连字符", ""},
	{"a title above the front matter", "---\nform", "2024年度报告\n---\nform", "前面有文字", notFixed},
	{"a heading without a space", "## 总体情况", "##总体情况", "没有写成二级标题", ""},
	{"a heading with full-width marks", "## 总体情况", "＃＃ 总体情况", "没有写成二级标题", ""},
	{"a heading of another level", "## 总体情况", "### 总体情况", "没有写成二级标题", ""},
	{"a heading without marks", "## 总体情况", "一、总体情况", "没有写成二级标题", "## 一、总体情况"},
	{"a heading in bold", "## 总体情况", "**总体情况**", "没有写成二级标题", ""},
	{"Chinese commas in an entry", "published:", "source: {url: \"https://www.example.cn/\"，sha256: x}\npublished:", "全角的“，”", "source: {url: \"https://www.example.cn/\", sha256: x}\npublished:"},
	{"a Chinese quotation mark at one end", row, "  new: [371, \"/”, 489, 360, 476, 434, 2626]", "全角的“””", row[:13] + `"/"` + row[16:]},
	{"two keys on a line", "permits: 812\n  penalties: 65", "permits: 812 penalties: 65", "一行只能写一个键", ""},
	{"a colon in a text", "published:", "title: 甲局: 年报\npublished:", "加上英文双引号", "title: \"甲局: 年报\"\npublished:"},
	{"a key in capitals", "published:", "Published:", "是不是“published”", ""},
	{"a key with a hyphen", "carried_in:", "carried-in:", "是不是“carried_in”", ""},
	{"a key that is near", "carried_in:", "caried_in:", "是不是“carried_in”", notFixed},
	{"a truth in capitals", "published:", "draft: False\npublished:", "true 或 false", "draft: false\npublished:"},
	{"a hidden character", "permits: 812", "permits: 8\u200b12", "看不见的字符", ""},
	{"a row of keys", "  regulations: [2, 1, 8]", "  regulations:\n    issued: 2\n    repealed: 1\n    in_force: 8", "应有 3 个数", notFixed},
	{"text above the tables", "reviews:", "2024年，我局共收到申请12件，其中予以公开3件。\nreviews:", "第二行 ---", notFixed},
	{"a letter's first line", "published:", "各位领导：现将报告如下。\npublished:", "第二行 ---", notFixed},
	{"the whole text before the second fence", "---\n\n## 总体", "本局认真贯彻条例，全年公开信息多条。\n## 总体情况\n本局……\n---\n\n## 总体", "第二行 ---", notFixed},
}

func TestClerksSlips(t *testing.T) {
	data, err := os.ReadFile("../check/testdata/2024.md")
	if err != nil {
		t.Fatal(err)
	}
	right := strings.ReplaceAll(string(data), "\r\n", "\n")
	right = strings.Replace(right, "proactive:", "proactive: # checked twice", 1)
	for _, s := range clerksSlips {
		typed := strings.Replace(right, s.old, s.now, 1)
		if typed == right {
			t.Fatalf("%s: the report has no %q", s.name, s.old)
		}
		found, _ := diag.Faults(checkFiles(t, map[string]string{
			"content/site.yaml":            "title: 档案\n",
			"content/agencies/a/_index.md": "---\nname: 甲局\nkind: department\nrulemaking: true\n---\n",
			"content/agencies/a/2024.md":   typed,
		}, explain.Example{}))
		if len(found) != 1 || !strings.Contains(found[0].Message.In(lang.ZH), s.says) {
			t.Errorf("%s: told as\n%s", s.name, messages(found))
			continue
		}
		if zh := strings.Fields(found[0].Message.EN); len(zh) < 3 {
			t.Errorf("%s: in English it is %q", s.name, found[0].Message.EN)
		}
		fixes := format.Fixes(found)["content/agencies/a/2024.md"]
		got, _ := format.Fix([]byte(typed), fixes)
		want := right
		switch s.fixed {
		case "":
		case notFixed:
			want = typed
		default:
			want = strings.Replace(right, s.old, s.fixed, 1)
		}
		if string(got) != want {
			t.Errorf("%s: the repairs are %v", s.name, fixes)
		}
	}
}

func messages(list []diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range list {
		b.WriteString(d.Rule + ": " + d.Message.ZH + "\n")
	}
	return b.String()
}
