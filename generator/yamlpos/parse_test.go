package yamlpos

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/testdata/costtest"
)

// outline writes a tree one node a line: place, kind, key and text.
func outline(n *Node) string {
	var b strings.Builder
	var walk func(n *Node, depth int)
	walk = func(n *Node, depth int) {
		s := n.Span
		fmt.Fprintf(&b, "%s%d:%d-%d:%d ", strings.Repeat("  ", depth), s.Line, s.Column, s.EndLine, s.EndColumn)
		if n.KeySpan.Line != 0 {
			fmt.Fprintf(&b, "%q@%d:%d-%d ", n.Key, n.KeySpan.Line, n.KeySpan.Column, n.KeySpan.EndColumn)
		}
		switch n.Kind {
		case Map:
			b.WriteString("map\n")
		case List:
			b.WriteString("list\n")
		case Scalar:
			quoted := ""
			if n.Quoted {
				quoted = " quoted"
			}
			fmt.Fprintf(&b, "%q%s\n", n.Text, quoted)
		}
		for i := range n.Items {
			walk(&n.Items[i], depth+1)
		}
	}
	if n == nil {
		return "nil\n"
	}
	walk(n, 0)
	return b.String()
}

// lines writes diagnostics one a line: place, rule and the text it is about.
func lines(text string, firstLine int, diags []diag.Diagnostic) []string {
	var list []string
	d := newDocument("", text, firstLine)
	for _, g := range diags {
		p := g.Place
		start := d.offset(int(p.Line)-firstLine+1, int(p.Column))
		end := d.offset(int(p.EndLine)-firstLine+1, int(p.EndColumn))
		list = append(list, fmt.Sprintf("%d:%d %s %q", p.Line, p.Column, g.Rule, text[start:max(start, end)]))
	}
	return list
}

// TestParse shows every construct that the library reads and the scanner
// leaves to it, with the places of all values.
func TestParse(t *testing.T) {
	const text = `a: 1
单位: "文旅" # 注
多行: 甲
  乙

  丙
引: 's''t'
"k": "x\ty"
块:
  字面: |
    块
      文本

  折叠: >-
    foo
    bar
  空: |
列:
- a
- - b
  - c
-
  d: [e,
    [f], # 注
    {g: h, i: }
  ]
末: |2+
    x

`
	const want = `5:1-32:6 map
  5:4-5:5 "a"@5:1-2 "1"
  6:5-6:9 "单位"@6:1-3 "文旅" quoted
  7:5-10:4 "多行"@7:1-3 "甲 乙\n丙"
  11:4-11:10 "引"@11:1-2 "s't" quoted
  12:6-12:12 "k"@12:1-4 "x\ty" quoted
  14:3-21:7 "块"@13:1-2 map
    14:7-16:9 "字面"@14:3-5 "块\n  文本\n" quoted
    18:7-20:8 "折叠"@18:3-5 "foo bar" quoted
    21:6-21:7 "空"@21:3-4 "" quoted
  23:1-30:4 "列"@22:1-2 list
    23:3-23:4 "a"
    24:3-25:6 list
      24:5-24:6 "b"
      25:5-25:6 "c"
    27:3-30:4 map
      27:6-30:4 "d"@27:3-4 list
        27:7-27:8 "e"
        28:5-28:8 list
          28:6-28:7 "f"
        29:5-29:16 map
          29:9-29:10 "g"@29:6-7 "h"
          29:14-29:14 "i"@29:12-13 ""
  31:4-32:6 "末"@31:1-2 "  x\n\n" quoted
`
	for _, text := range []string{text, strings.ReplaceAll(text, "\n", "\r\n")} {
		n, diags := Parse("f", text, 5)
		if len(diags) > 0 {
			t.Errorf("%v", lines(text, 5, diags))
		}
		if diff := cmp.Diff(want, outline(n)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// TestParseText proves that no text is taken for a number, a date or a truth
// value, by either reader.
func TestParseText(t *testing.T) {
	for _, text := range []string{
		"010", "1_000", "0x10", "0o7", "1e3", "+5", "-0", ".5", "1.50", "NaN", ".inf", "~", "null", "yes", "NO", "on", "true", "12:30",
		"2024-01-10", "2024-01-01T00:00:00Z", "9007199254740993", "１２", "=", "1,000", "<<",
	} {
		for name, parse := range map[string]func(string, string, int) (*Node, []diag.Diagnostic){"Parse": Parse, "library": parseLibrary} {
			n, diags := parse("f", "k: "+text+"\n", 1)
			if v := n.Get("k"); len(diags) > 0 || v == nil || v.Text != text || v.Quoted || v.Null() {
				t.Errorf("%s: %s: %v %v", name, text, v, diags)
			}
		}
	}
}

func TestNull(t *testing.T) {
	n, _ := Parse("f", "a:\nb: \"\"\nc: ''\nd: |\n", 1)
	for key, want := range map[string]bool{"a": true, "b": false, "c": false, "d": false} {
		if got := n.Get(key).Null(); got != want {
			t.Errorf("%s: Null() = %v", key, got)
		}
	}
}

// TestFaults gives for each fault the place and the text it points at.
func TestFaults(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string
	}{
		{"a: 1\nb: 2\na: 3\n", []string{`4:1 duplicate-key "a"`}},
		{"a: {b: 1, c: 2, b: 3}\n", []string{`2:17 duplicate-key "b"`}},
		{"a: &x 1\nb: *x\n", []string{`2:4 front-matter "&x"`, `3:4 front-matter "*x"`}},
		{"a: &x !!str 1\n", []string{`2:4 front-matter "&x"`, `2:7 front-matter "!!str"`}},
		{"a: ! x\n", []string{`2:4 front-matter "!"`}},
		{"&x\n", []string{`2:1 front-matter "&x"`, `2:1 front-matter "&x"`}},
		{"a: 1\n<<: {b: 1}\n", []string{`3:1 front-matter "<<"`}},
		{"a: 1\n---\nb: 2\n", []string{`3:1 front-matter "---"`}},
		{"? [a]\n: b\n", []string{`2:3 front-matter "[a]"`}},
		{"? a\n: b\n", []string{`2:3 front-matter "a"`}},
		{": b\n", []string{`2:1 front-matter ": b"`}},
		{"a: {b: 1, c}\n", []string{`2:11 front-matter "c"`}},
		{"- a\n- b\n", []string{`2:1 front-matter "- a"`}},
		{"just text\n", []string{`2:1 front-matter "just text"`}},
		{"form:cn-2021\ntitle: x\n", []string{`2:5 front-matter ":"`}},
		{"a:\n  b:1\n  c: 2\n", []string{`3:4 front-matter ":"`}},
		{"表式：cn\ntitle: x\n", []string{`2:3 front-matter "："`}},
		{"a: \"x\nb: 1\nc: 'y\nd: 2\n", []string{`2:4 front-matter "\"x"`, `4:4 front-matter "'y"`}},
		{"a: \"x\" y\n", []string{`2:8 front-matter "y"`}},
		{"a: [1, 2\nb: 1\n", []string{`2:4 front-matter "["`}},
		{"a: [1, 2]]\nb: {x: 1\n", []string{`2:10 front-matter "]"`, `3:4 front-matter "{"`}},
		{"a: [1,,2]\n", []string{`2:7 front-matter ","`}},
		{"a:\n\tb: 1\n", []string{`3:1 front-matter "\t"`}},
		{"注: 甲: 乙\n", []string{`2:5 front-matter ":"`}},
		{"a: @x\n", []string{`2:4 front-matter "@"`}},
		{"a: *x\nb: *y\n", []string{`2:4 front-matter "*x"`, `3:4 front-matter "*y"`}},
		{"a:\n  b: 1\n c: 2\nd: 1\nd: 2\n", []string{`4:2 front-matter "c: 2"`, `6:1 duplicate-key "d"`}},
		{"a: 1\n  b: 2\n", []string{`3:3 front-matter "b: 2"`}},
		{"a: 1\njust text\nb: 2\n", []string{`3:1 front-matter "just text"`}},
		{"a: \"\\d\"\n", []string{`2:1 front-matter "a: \"\\d\""`}},
		{`a: "甲\u202e\x1b\0 \t\"\\e \U000e0041"`, []string{
			`2:6 hidden-character "\\u202e"`, `2:12 hidden-character "\\x1b"`, `2:16 hidden-character "\\0"`, `2:27 hidden-character "\\U000e0041"`}},
		{`"\u200b": 1`, []string{`2:2 hidden-character "\\u200b"`}},
		{`a: '\u202e'`, nil},
		{"a: x\u0001y\n", []string{`2:5 encoding "\x01"`}},
		{"a: 字\u0085\n", []string{`2:5 encoding "\u0085"`}},
		{"a: x\rb: y\n", []string{`2:5 encoding "\r"`}},
		{"a: \xc4\xe3\n", []string{`2:4 encoding "\xc4"`}},
		{"a: " + strings.Repeat("[", 40) + strings.Repeat("]", 40) + "\n", []string{`2:35 front-matter ""`}},
	} {
		_, diags := Parse("f", test.text, 2)
		if diff := cmp.Diff(test.want, lines(test.text, 2, diags)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

// TestRecovered: only the part of a text with a mistake is lost.
func TestRecovered(t *testing.T) {
	n, diags := Parse("f", "a: 1\nb: [1, 2\nc: 3\nd: &x 4\n", 1)
	if len(diags) != 2 || n.Get("a") == nil || n.Get("b") != nil || n.Get("c") == nil || n.Get("d").Text != "4" {
		t.Errorf("%s%v", outline(n), diags)
	}
	n, diags = Parse("f", "a: &x 1\nb: *x\n", 1)
	if len(diags) != 2 || n.Get("b").Text != "1" {
		t.Errorf("%s%v", outline(n), diags)
	}
}

func TestDuplicateKeyRelated(t *testing.T) {
	_, diags := Parse("f", "a: 1\nb: 2\na: 3\n", 1)
	if len(diags) != 1 || len(diags[0].Related) != 1 || diags[0].Related[0].Place.Line != 1 {
		t.Errorf("%v", diags)
	}
	if want := "“a”已在第 1 行写过"; diags[0].Message.In(lang.ZH) != want {
		t.Errorf("message %q, want %q", diags[0].Message.ZH, want)
	}
}

// TestLimits tests texts just below and just above each limit.
func TestLimits(t *testing.T) {
	list := func(n int) string { return "a: [" + strings.Repeat("1,", n) + "]\n" }
	nest := func(n int) string { return "a: " + strings.Repeat("[", n) + strings.Repeat("]", n) + "\n" }
	for name, test := range map[string]struct {
		text string
		fine bool
	}{
		"nodes":          {list(MaxNodes - 3), true}, // beside the root, the key and the list
		"too many nodes": {list(MaxNodes - 2), false},
		"depth":          {nest(MaxDepth - 1), true}, // beside the root
		"too deep":       {nest(MaxDepth), false},
	} {
		if _, diags := Parse("f", test.text, 1); (len(diags) == 0) != test.fine {
			t.Errorf("%s: %v", name, diags)
		}
	}
}

// TestHostile: reading texts with very many mistakes takes bounded time. Without the
// bounds some of these would take hours.
func TestHostile(t *testing.T) {
	for name, text := range map[string]string{
		"faulty parts":    strings.Repeat("a: [\n", 20_000),
		"one faulty part": "a:\n" + strings.Repeat(" b: 1\n", 5_000) + "  c: [\n",
		"long keys":       strings.Repeat("k", 1<<20) + ": 1\n",
		"deep":            strings.Repeat("[", 1<<18),
		"one long line":   "a: [&x " + strings.Repeat("字, [], ", 12_000) + "]\n",
		"anchors":         "a: &a [x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n",
	} {
		if _, diags := Parse("f", text, 1); name != "long keys" && len(diags) == 0 {
			t.Errorf("%s: no fault found", name)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range append(regular, irregular...) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var n *Node
		var diags []diag.Diagnostic
		costtest.Within(t, len(text), 8<<20, 1024, func() { n, diags = Parse("f", text, 1) })
		if n == nil && len(diags) == 0 {
			t.Fatalf("%q: nothing read and nothing said", text)
		}
		lines := int32(strings.Count(text, "\n") + 1)
		for _, d := range diags {
			if d.Place.Line < 1 || d.Place.Column < 1 || d.Place.EndLine > lines || d.Place.EndLine < d.Place.Line {
				t.Fatalf("%q: %s at %v", text, d.Rule, d.Place)
			}
		}
		// CRLF means the same as LF.
		if strings.Contains(text, "\r") {
			return
		}
		if m, _ := Parse("f", strings.ReplaceAll(text, "\n", "\r\n"), 1); outline(m) != outline(n) {
			t.Fatalf("%q with CRLF (-LF +CRLF):\n%s", text, cmp.Diff(outline(n), outline(m)))
		}
	})
}

// TestLargeTexts: a text for which the library would need gigabytes is refused
// without reading it, and a text that consists only of mistakes is not read part by
// part to its end.
func TestLargeTexts(t *testing.T) {
	for name, text := range map[string]string{
		"values": "a: [" + strings.Repeat("1,", 2<<20) + "]\n",
		"lines":  strings.Repeat("a: @\n", 300_000),
		"faults": strings.Repeat("a: @\n", 100_000),
	} {
		if _, diags := Parse("f", text, 1); len(diags) == 0 || len(diags) > 2*diag.MaxOfKind {
			t.Errorf("%s: %d diagnostics", name, len(diags))
		}
	}
}
