package content

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// Text returns the plain text of blocks, a line for each paragraph, heading,
// item or cell: what a reader could search for.
func (b *Body) Text(blocks []ast.Node) string {
	var out strings.Builder
	size := 0
	for _, block := range blocks {
		if lines := block.Lines(); lines != nil && lines.Len() > 0 {
			size += lines.At(lines.Len()-1).Stop - lines.At(0).Start + len("\n")
		}
	}
	out.Grow(size)
	for _, block := range blocks {
		b.writeText(&out, block)
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// Plain is source as it stands, which code and tags are: with LF at the end of
// a line, whatever the file has.
func Plain(source []byte) []byte {
	if bytes.IndexByte(source, '\r') < 0 {
		return source
	}
	return bytes.ReplaceAll(source, []byte("\r\n"), []byte("\n"))
}

func (b *Body) writeText(out *strings.Builder, n ast.Node) {
	if n.Type() == ast.TypeBlock {
		switch n.(type) {
		case *ast.FencedCodeBlock, *ast.HTMLBlock:
			for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
				out.Write(Plain(line.Value(b.Source)))
			}
			if html, ok := n.(*ast.HTMLBlock); ok && html.HasClosure() {
				out.Write(Plain(html.ClosureLine.Value(b.Source)))
			}
			out.WriteByte('\n')
			return
		}
		if c := n.FirstChild(); c != nil && c.Type() != ast.TypeBlock {
			writePlain(out, n, b.Source)
			out.WriteByte('\n')
			return
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b.writeText(out, c)
	}
}

// PlainText returns the text of a node as a reader sees it: without marks,
// with entities and escapes resolved, line breaks as spaces.
func PlainText(n ast.Node, src []byte) string {
	if t := onlyText(n); t != nil {
		return string(Resolve(t.Segment.Value(src)))
	}
	var b strings.Builder
	writeInline(&b, n, src)
	return b.String()
}

// writePlain writes what PlainText returns.
func writePlain(b *strings.Builder, n ast.Node, src []byte) {
	if t := onlyText(n); t != nil {
		b.Write(Resolve(t.Segment.Value(src)))
		return
	}
	writeInline(b, n, src)
}

// onlyText returns the one text of which a node consists, as nearly every
// heading and paragraph does, or nil.
func onlyText(n ast.Node) *ast.Text {
	c := n.FirstChild()
	if c == nil || c.NextSibling() != nil {
		return nil
	}
	t, _ := c.(*ast.Text)
	return t
}

func writeInline(b *strings.Builder, n ast.Node, src []byte) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			if _, code := c.Parent().(*ast.CodeSpan); code {
				b.Write(Plain(c.Segment.Value(src)))
			} else {
				b.Write(Resolve(c.Segment.Value(src)))
			}
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(src))
		case *ast.RawHTML:
			b.Write(Plain(c.Segments.Value(src)))
		}
		writeInline(b, c, src)
	}
}

// Resolve undoes the backslashes and entities of Markdown text, each where it
// stands: \&amp; is the text &amp;. It returns the text itself where there are none.
func Resolve(s []byte) []byte {
	if bytes.IndexByte(s, '&') < 0 && bytes.IndexByte(s, '\\') < 0 {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			out = append(out, s[i+1])
			i += 2
		case c == '&':
			n := i + max(1, entity(s[i:]))
			out = append(out, util.ResolveEntityNames(util.ResolveNumericReferences(s[i:n:n]))...)
			i = n
		default:
			out = append(out, c)
			i++
		}
	}
	return out
}

// entity returns the length of what has the form of an entity at the beginning
// of a text, or 0.
func entity(s []byte) int {
	n := 1
	for n < min(len(s), longestEntity) && (s[n] == '#' || util.IsAlphaNumeric(s[n])) {
		n++
	}
	if n == len(s) || s[n] != ';' {
		return 0
	}
	return n + 1
}

// longestEntity is the length of &CounterClockwiseContourIntegral;.
const longestEntity = 33
