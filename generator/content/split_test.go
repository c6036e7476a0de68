package content

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/adrg/frontmatter"
	"github.com/google/go-cmp/cmp"

	"annals/generator/diag"
	"annals/generator/testdata/costtest"
)

// lines writes diagnostics one a line: place and rule.
func lines(diags []diag.Diagnostic) []string {
	var list []string
	for _, d := range diags {
		list = append(list, fmt.Sprintf("%s:%d:%d %s", d.Place.File, d.Place.Line, d.Place.Column, d.Rule))
	}
	return list
}

func TestSplit(t *testing.T) {
	for name, test := range map[string]struct {
		text  string
		front string
		line  int
		body  string
		want  []string
	}{
		"plain":         {"---\na: 1\n---\nbody\n", "a: 1\n", 2, "body\n", nil},
		"CRLF":          {"---\r\na: 1\r\n---\r\nbody\r\n", "a: 1\r\n", 2, "body\r\n", nil},
		"no last break": {"---\na: 1\n---", "a: 1\n", 2, "", nil},
		"blank before":  {"\n \n---\na: 1\n---\nbody", "a: 1\n", 4, "body", nil},
		"empty front":   {"---\n---\nbody", "", 2, "body", nil},
		"spaces after":  {"--- \na: 1\n---\t\nbody", "a: 1\n", 2, "body", nil},
		"rule in body":  {"---\na: 1\n---\nx\n\n---\n\ny", "a: 1\n", 2, "x\n\n---\n\ny", nil},
		"four dashes":   {"---\na: 1\n----\nb: 2\n---\nx", "a: 1\n----\nb: 2\n", 2, "x", nil},
		"empty file":    {"", "", 1, "", []string{"f:1:1 front-matter"}},
		"blank file":    {"\n\n", "", 1, "\n\n", []string{"f:1:1 front-matter"}},
		"no front":      {"# title\n", "", 1, "# title\n", []string{"f:1:1 front-matter"}},
		"unterminated":  {"---\na: 1\n", "", 1, "---\na: 1\n", []string{"f:1:1 front-matter"}},
		"only a fence":  {"---", "", 1, "---", []string{"f:1:1 front-matter"}},
		"mark":          {"\ufeff---\na: 1\n---\nbody", "a: 1\n", 2, "body", []string{"f:1:1 encoding"}},
		"indented open": {"  ---\na: 1\n---\nbody", "a: 1\n", 2, "body", []string{"f:1:1 front-matter"}},
		"indented end":  {"---\na: 1\n  ---\nbody", "a: 1\n", 2, "body", []string{"f:3:3 front-matter"}},
		"--- in a block": {
			"---\na: |\n  x\n  ---\n  y\nb: 2\n---\nbody", "a: |\n  x\n  ---\n  y\nb: 2\n", 2, "body",
			[]string{"f:4:3 front-matter"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, diags := Split("f", []byte(test.text))
			if p.Front != test.front || p.FrontLine != test.line || test.text[p.Body:] != test.body {
				t.Errorf("front %q on line %d, body %q", p.Front, p.FrontLine, test.text[p.Body:])
			}
			if diff := cmp.Diff(test.want, lines(diags)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestSplitVariants: the three cases that the library does not report are reported,
// each with its own message.
func TestSplitVariants(t *testing.T) {
	for text, want := range map[string]string{
		"\ufeff---\na: 1\n---\n":  "BOM",
		"---\na: 1\n":             "第二行 ---",
		"---\na: |\n  ---\n---\n": "缩进的 ---",
		"a: 1\n":                  "以一行 --- 开头",
		"":                        "文件是空的",
	} {
		_, diags := Split("f", []byte(text))
		if len(diags) != 1 || !strings.Contains(diags[0].Message.ZH, want) {
			t.Errorf("%q: %v, want %s", text, diags, want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, text := range []string{
		"", "---\na: 1\n---\nbody", "\ufeff---\r\na: 1\r\n---\r\n", "---\na: |\n  ---\n---\n", "\n\n---\n---\n", "---", "---\n ---", "\u00a0---\n\u2003---\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var p Parts
		var diags []diag.Diagnostic
		costtest.Within(t, len(data), 2<<20, 64, func() { p, diags = Split("f", data) })
		if p.Body < 0 || p.Body > len(data) {
			t.Fatalf("%q: body at %d", data, p.Body)
		}
		if !bytes.Contains(data[:p.Body], []byte(p.Front)) {
			t.Fatalf("%q: front %q is not before the body", data, p.Front)
		}
		if p.Front == "" && len(diags) == 0 && !bytes.Contains(data, []byte("---")) {
			t.Fatalf("%q: nothing found and nothing said", data)
		}
		text := append([]byte("---\n"), data...)
		front, body := cut(text, len(text))
		if f, b := cut(text, headEnd(text, len("---\n"))); f != front || b != body {
			t.Fatalf("%q: the head is cut into %q, to %d; the whole into %q, to %d", text, f, b, front, body)
		}
		before, _, _ := strings.Cut(string(data), p.Front)
		if p.Front != "" && strings.Count(before, "\n")+1 > p.FrontLine {
			t.Fatalf("%q: front on line %d", data, p.FrontLine)
		}
	})
}

// cut returns what the library cuts out of the first bytes of a text, and
// where it ends.
func cut(text []byte, n int) (front string, body int) {
	rest, err := frontmatter.Parse(bytes.NewReader(text[:n]), nil, frontmatter.NewFormat("---", "---", func(data []byte, _ any) error {
		front = "found: " + string(data)
		return nil
	}))
	if front == "" || err != nil {
		return front, -1
	}
	return front, n - len(rest)
}
