package content

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// sectionLevel is the level of the headings that divide a document.
const sectionLevel = 2

// parseBody parses the Markdown of data from the offset start on. The reader
// is led past the front matter instead of being given the rest, so that the
// offsets are those of the file.
func parseBody(file string, data []byte, start int) *Body {
	b := &Body{File: file, Source: data, lines: lineStarts(data)}
	r := text.NewReader(data)
	for _, s := r.Position(); s.Start < start; _, s = r.Position() {
		r.AdvanceLine()
	}
	b.Root = dialect.Parser().Parse(r)
	for n := b.Root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == sectionLevel {
			s := Section{Heading: PlainText(n, data)}
			if lines := h.Lines(); lines != nil && lines.Len() > 0 {
				s.Span = b.Span(lines.At(0).Start, trimEnd(data, lines.At(lines.Len()-1).Stop))
			} else if h.Pos() >= 0 {
				s.Span = b.Span(h.Pos(), h.Pos())
			}
			b.Sections = append(b.Sections, s)
			continue
		}
		if len(b.Sections) == 0 {
			b.Sections = append(b.Sections, Section{Span: b.Span(n.Pos(), n.Pos())})
		}
		last := &b.Sections[len(b.Sections)-1]
		last.Blocks = append(last.Blocks, n)
	}
	return b
}

// trimEnd returns end without the white space before it.
func trimEnd(data []byte, end int) int {
	for end > 0 && strings.IndexByte(" \t\r\n", data[end-1]) >= 0 {
		end--
	}
	return end
}

// PlainText returns the text of a node as a reader sees it: without marks,
// with entities and escapes resolved, line breaks as spaces.
func PlainText(n ast.Node, src []byte) string {
	if c := n.FirstChild(); c != nil && c.NextSibling() == nil {
		if t, ok := c.(*ast.Text); ok { // nearly every heading
			return string(resolve(t.Segment.Value(src)))
		}
	}
	var b strings.Builder
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.Text:
			if _, code := c.Parent().(*ast.CodeSpan); code {
				b.Write(c.Segment.Value(src))
			} else {
				b.Write(resolve(c.Segment.Value(src)))
			}
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(src))
		case *ast.RawHTML:
			b.Write(c.Segments.Value(src))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// resolve undoes the backslashes and entities of Markdown text.
func resolve(s []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(s)))
}
