package content

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// sectionLevel is the level of the headings that divide a document.
const sectionLevel = 2

// parseBody parses the Markdown of data from the offset start on. The reader
// is led past the front matter instead of being given the rest, so that the
// offsets are those of the file.
func parseBody(file string, data []byte, start int) *Body {
	b := &Body{File: file, Source: data, Start: start, lines: lineStarts(data)}
	r := text.NewReader(data)
	if start > 0 {
		r.SetPosition(0, text.NewSegment(0, start)) // as one line
		r.AdvanceLine()
	}
	b.Root = dialect.Parse(r)
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
		if len(b.Sections) == 0 { // an empty footnote has no place of its own
			b.Sections = append(b.Sections, Section{Span: b.Span(max(n.Pos(), start), max(n.Pos(), start))})
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
