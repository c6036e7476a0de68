package diag_test

import (
	"bytes"
	"strings"
	"testing"

	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/source"
)

// TestFriendly: on a terminal the report stands above all that is said of it, the
// place in words before what is wrong, and the file and the rule behind it. Related
// places are counted unless they are asked for.
func TestFriendly(t *testing.T) {
	about := func(agency string, where ...string) diag.Diagnostic {
		d := diag.New("negative", source.OnLine(2, 4, 2).In("content/a.md"), "text", "-1")
		d.Where = []lang.Text{diag.OfReport(agency, 2024)}
		for _, w := range where {
			d.Where = append(d.Where, lang.Same(w))
		}
		return d
	}
	list := []diag.Diagnostic{
		about("甲局", "第三部分", "一、本年新收").With(source.At(9, 1).In("content/b.md"), lang.Same("相关")),
		about("甲局"),
		about("乙局"),
		diag.New("negative", source.At(1, 1).In("content/site.yaml"), "text", "-1"),
	}
	list[2].Severity, list[3].Severity = diag.Warning, diag.Notice
	read := func(string) []byte { return []byte("first\nab -1\n") }
	for _, c := range []struct {
		tag     lang.Tag
		verbose bool
		want    string
	}{
		{lang.ZH, false, `甲局 2024 年
  第三部分 · 一、本年新收
  错误：是负数：-1
    2 | ab -1
      |    ^^
  另有 1 处相关，加 --verbose 列出
  content/a.md:2:4 [negative]

  错误：是负数：-1
    2 | ab -1
      |    ^^
  content/a.md:2:4 [negative]

乙局 2024 年
  提醒：是负数：-1
    2 | ab -1
      |    ^^
  content/a.md:2:4 [negative]

  提示：是负数：-1
    1 | first
      | ^
  content/site.yaml:1:1 [negative]

`},
		{lang.EN, true, `甲局 2024
  第三部分 · 一、本年新收
  Error: negative: -1
    2 | ab -1
      |    ^^
    content/b.md:9:1: 相关
  content/a.md:2:4 [negative]

`},
	} {
		var b bytes.Buffer
		p := diag.Text{Out: &b, Lang: c.tag, Read: read, Terminal: true, Verbose: c.verbose}
		if err := p.Print(list); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(b.String(), c.want) {
			t.Errorf("%s\nwant\n%s", b.String(), c.want)
		}
	}
}

// TestLine: every other output has the place in words before the message.
func TestLine(t *testing.T) {
	d := diag.New("negative", source.At(1, 1).In("a.md"), "text", "-1")
	if d.Line() != d.Message {
		t.Errorf("%v", d.Line())
	}
	d.Where = []lang.Text{diag.OfReport("甲局", 2024), {ZH: "第三部分", EN: "part 3"}}
	if got := d.Line(); got.ZH != "甲局 2024 年 · 第三部分：是负数：-1" || got.EN != "甲局 2024 · part 3: negative: -1" {
		t.Errorf("%+v", got)
	}
	var text, object bytes.Buffer
	printer := diag.Text{Out: &text, Lang: lang.ZH}
	if err := printer.Print([]diag.Diagnostic{d}); err != nil || text.String() != "a.md:1:1: error: 甲局 2024 年 · 第三部分：是负数：-1 [negative]\n" {
		t.Errorf("%v %s", err, text.String())
	}
	if err := diag.WriteJSON(&object, []diag.Diagnostic{d}, lang.EN); err != nil || !strings.Contains(object.String(), `"message":"甲局 2024 · part 3: negative: -1"`) {
		t.Errorf("%v %s", err, object.String())
	}
}
