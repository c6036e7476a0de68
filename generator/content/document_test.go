package content

import (
	"crypto/sha256"
	_ "embed"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark/ast"

	"annals/generator/files"

	"annals/generator/diag"
)

func one(text string) fstest.MapFS {
	return fstest.MapFS{"content/agencies/a/2024.md": {Data: []byte(text)}}
}

const file = "content/agencies/a/2024.md"

// outline lists sections: place, heading and number of blocks.
func outline(b *Body) []string {
	var list []string
	for _, s := range b.Sections {
		list = append(list, fmt.Sprintf("%d:%d-%d:%d %q %d", s.Span.Line, s.Span.Column, s.Span.EndLine, s.Span.EndColumn, s.Heading, len(s.Blocks)))
	}
	return list
}

func TestSections(t *testing.T) {
	const front = "---\nform: cn-2021\n---\n"
	for name, test := range map[string]struct {
		body string
		want []string
	}{
		"none":      {"", nil},
		"one":       {"## 总体情况\n文\n\n文\n", []string{`4:4-4:8 "总体情况" 2`}},
		"before":    {"前言\n\n## 一、总体情况 ##\n", []string{`4:1-4:1 "" 1`, `6:4-6:10 "一、总体情况" 0`}},
		"marks":     {"## **总体** `情况` &amp; \\* [文](x.md)\n", []string{`4:4-4:34 "总体 情况 & * 文" 0`}},
		"setext":    {"其他事项\n---\n\n文\n", []string{`4:1-4:5 "其他事项" 1`}},
		"fenced":    {"```\n## 不是\n```\n\n    ## 也不是\n\n> ## 引文里的\n", []string{`4:1-4:1 "" 3`}},
		"levels":    {"# 标题\n## 甲\n### 乙\n文\n## 丙\n", []string{`4:1-4:1 "" 1`, `5:4-5:5 "甲" 2`, `8:4-8:5 "丙" 0`}},
		"empty":     {"##\n文\n", []string{`4:1-4:1 "" 1`}},
		"no space":  {"##总体情况\n", []string{`4:1-4:1 "" 1`}},
		"indented":  {"  ## 甲\n", []string{`4:6-4:7 "甲" 0`}},
		"CRLF":      {"## 甲\r\n文\r\n\r\n乙\r\n---\r\n", []string{`4:4-4:5 "甲" 1`, `7:1-7:2 "乙" 0`}},
		"only rule": {"---\n", []string{`4:1-4:1 "" 1`}},
	} {
		d, diags := ReadDocument(one(front+test.body), file)
		if diff := cmp.Diff(test.want, outline(d.Body)); diff != "" || len(diags) > 0 {
			t.Errorf("%s: %v (-want +got):\n%s", name, lines(diags), diff)
		}
	}
}

// TestFrontHidden proves that the body does not begin within the front
// matter, whose lines could be headings.
func TestFrontHidden(t *testing.T) {
	d, diags := ReadDocument(one("---\ntitle: x\n## 注\n---\n## 甲\n"), file)
	if got := outline(d.Body); len(diags) > 0 || len(got) != 1 || got[0] != `5:4-5:5 "甲" 0` {
		t.Errorf("%v %v", got, diags)
	}
	if d.FrontSpan.Line != 2 || d.FrontSpan.EndLine != 4 || d.Hash != sha256.Sum256(d.Data) || d.Front.Get("title").Span.Line != 2 {
		t.Errorf("%+v", d)
	}
}

// TestEmphasis proves that bold works where Chinese sets no spaces.
func TestEmphasis(t *testing.T) {
	for text, want := range map[string]string{
		"依据**《条例》**规定":       "《条例》",
		"**“公开”**是":          "“公开”",
		"是**“公开”**":          "“公开”",
		"共**58件**。":          "58件",
		"（**重点**）":           "重点",
		"a **b** c":          "b",
		"**总体：**文":           "总体：",
		"依据 **《条例》** 规定":     "《条例》",
		"3 * 4 * 5":          "",
		"文** 文**":            "",
		"あ**「い」**う":          "「い」",
		"**기관(*약칭*)**의":      "기관(약칭)",
		"snake_case_和_name_": "",
	} {
		d, _ := ReadDocument(one("---\n---\n"+text), file)
		got := ""
		_ = ast.Walk(d.Body.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if e, ok := n.(*ast.Emphasis); ok && entering && e.Level == 2 {
				got = PlainText(n, d.Data)
			}
			return ast.WalkContinue, nil
		})
		if got != want {
			t.Errorf("%s: bold %q, want %q", text, got, want)
		}
	}
}

// TestBodyAfterMark: what stands on the line of a byte order mark is read.
func TestBodyAfterMark(t *testing.T) {
	d, _ := ReadDocument(one("\ufeff甲\n乙"), file)
	if got := d.Body.Text(d.Body.Sections[0].Blocks); got != "甲 乙" {
		t.Errorf("%q", got)
	}
}

// TestBodyFaults gives the text that each diagnostic points at.
func TestBodyFaults(t *testing.T) {
	for text, want := range map[string][]string{
		"见 <b>粗</b>":                          {`raw-html "<b>"`, `raw-html "</b>"`},
		"<div onclick=x>\n文\n</div>":          {`raw-html "<div onclick=x>"`},
		"  <script>alert(1)</script>":         {`raw-html "<script>alert(1)</script>"`},
		"<!-- 注 -->":                          {`raw-html "<!-- 注 -->"`},
		"1 < 2 且 3 > 2":                       nil,
		"`<b>`":                               nil,
		"[甲](javascript:alert(1))":            {`unsafe-link "javascript:alert(1)"`},
		"[甲](<javascript:alert(1)>)":          {`unsafe-link "javascript:alert(1)"`},
		"[甲](javascript&colon;x)":             {`unsafe-link "javascript&colon;x"`},
		"[甲](\\javascript:x)":                 {`unsafe-link "\\javascript:x"`},
		"<javascript:alert(1)>":               {`unsafe-link "javascript:alert(1)"`},
		"<https://www.gov.cn/> <a@b.cn>":      nil,
		"[甲][r]\n\n[r]: vbscript:x":           {`unsafe-link "vbscript:x"`},
		"[甲](2023.md) [乙](../../about.md#x)":  nil,
		"[甲](../../../secret)":                {`unsafe-link "../../../secret"`},
		"[甲](%2e%2e/%2e%2e/../x)":             {`unsafe-link "%2e%2e/%2e%2e/../x"`},
		"[甲](/root)":                          {`unsafe-link "/root"`},
		"![图](图.png) ![图](a%20b.jpg)":         nil,
		"![图](https://x.cn/a.png)":            {`unsafe-link "https://x.cn/a.png"`},
		"![图](data:image/png;base64,x)":       {`unsafe-link "data:image/png;base64,x"`},
		"![图](../b/a.png)":                    {`unsafe-link "../b/a.png"`},
		"[![图](x.svg)](javascript:x)":         {`unsafe-link "javascript:x"`, `unsafe-link "x.svg"`},
		"| 甲 |\n|---|\n| [乙](javascript:x) |": {`unsafe-link "javascript:x"`},
		"文[^1]\n\n[^1]: [乙](javascript:x)":    {`unsafe-link "javascript:x"`},
		"66&#x202E;件&ZeroWidthSpace;&#x1b;":   {`hidden-character "&#x202E;"`, `hidden-character "&ZeroWidthSpace;"`, `hidden-character "&#x1b;"`},
		"&#11;&#xc;&#x85;":                    {`hidden-character "&#11;"`, `hidden-character "&#xc;"`, `hidden-character "&#x85;"`},
		"[甲](2023.md \"&rlm;乙\")":             {`hidden-character "&rlm;"`},
		"[甲][r]\n\n[r]: https://a.cn '&#7;'":  {`hidden-character "&#7;"`},
		"`&#x202E;` \\&shy; &amp;shy; &Tab;甲": nil,
	} {
		d, diags := ReadDocument(one("---\n---\n"+text), file)
		var got []string
		for _, g := range diags {
			s := strings.Split(string(d.Data), "\n")[g.Place.Line-1]
			r := []rune(s)
			got = append(got, fmt.Sprintf("%s %q", g.Rule, string(r[g.Place.Column-1:g.Place.EndColumn-1])))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

func TestReadDocumentFaults(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"GBK":     {"---\nname: \xc4\xe3\n---\n", []string{file + ":2:7 encoding"}},
		"empty":   {"", []string{file + ":1:1 front-matter"}},
		"control": {"---\nname: a\x01b\n---\nc\x02\n", []string{file + ":2:8 encoding", file + ":4:2 encoding"}},
		"mark":    {"\ufeff---\na: 1\na: 2\n---\n", []string{file + ":1:1 encoding", file + ":3:1 duplicate-key"}},
		"both":    {"---\na: [1\n---\n<b>\n", []string{file + ":2:4 front-matter", file + ":4:1 raw-html"}},
		"large":   {strings.Repeat("x", files.MaxText+1), []string{file + ":1:1 file-size"}},
	} {
		if _, diags := ReadDocument(one(test.text), file); !cmp.Equal(test.want, lines(diags)) {
			t.Errorf("%s: %v", name, lines(diags))
		}
	}
}

func TestHostileMarkdownBounded(t *testing.T) {
	for name, text := range map[string]string{
		"links":    strings.Repeat("[a](javascript:x) ", 20_000),
		"entities": strings.Repeat("[a](javascript&colon;x) <b>", 20_000),
		"stars":    strings.Repeat("**《", 20_000),
		"brackets": strings.Repeat("[", 50_000),
		"quotes":   strings.Repeat(">", 5_000) + "x",
	} {
		if _, diags := ReadDocument(one("---\n---\n"+text), file); len(diags) > 3*(diag.MaxOfKind+1) {
			t.Errorf("%s: %d diagnostics", name, len(diags))
		}
	}
}

//go:embed testdata/report.md
var reportText string

func BenchmarkReadDocument(b *testing.B) {
	fsys := one(reportText)
	b.SetBytes(int64(len(reportText)))
	b.ReportAllocs()
	for b.Loop() {
		if _, diags := ReadDocument(fsys, file); len(diags) > 0 {
			b.Fatal(diags)
		}
	}
}

// TestText gives what a search finds in a body: the same text that PlainText
// has of each of its parts.
func TestText(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "",
		"共**58**件，\n其中 `a&amp;b`。": "共58件， 其中 a&amp;b。",
		"甲\\*乙&lt;丙":               "甲*乙<丙",
		"### 标题 <b>\n\n段一\\\n续\n\n段二":                    "标题 <b>\n段一 续\n段二",
		"- 一\n- 二\n  - 三\n\n> 引\n":                       "一\n二\n三\n引",
		"| 甲 | 乙 |\n|---|---|\n| *1* | [2](a) |":         "甲\n乙\n1\n2",
		"```\n码 <a> \\*\n```\n<div>\n块\n</div>":          "码 <a> \\*\n\n<div>\n块\n</div>",
		"见 <https://x.cn/> 和 ![图](a.png)[^1]\n\n[^1]: 注": "见 https://x.cn/ 和 图\n注",
	} {
		d, _ := ReadDocument(one("---\n---\n"+text), file)
		var blocks []ast.Node
		for _, s := range d.Body.Sections {
			blocks = append(blocks, s.Blocks...)
		}
		if got := d.Body.Text(blocks); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
