package yamlpos

import (
	"fmt"
	"strings"
	"testing"
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

func TestOutlineDraft(t *testing.T) {
	text := "a: 1\n单位: \"文旅\" # c\nm:\n  x: [1, 2, \"/\"]\n  y: {p: q, r: 's''t'}\nempty:\nl:\n- a\n- b: c\n  d: |\n    块\n    lines\n\n- >-\n  foo\nmulti: one\n  two\n\n  three\nz: [a,\n  b # x\n]\nx: &a !!str foo\ny: *a\nx: 2\n? q\n: r\nw: {a, b: }\n<<: {a: 1}\n-: \n"
	n, ds := Parse("f", text, 1)
	t.Log("\n" + outline(n))
	for _, d := range ds {
		t.Log(d.Place, d.Rule, d.Message.ZH)
	}
}
