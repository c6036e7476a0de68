package format

import (
	"strings"
	"unicode/utf8"

	"annals/generator/source"
	"annals/generator/yamlpos"
)

// comment is a comment of the YAML: # and the rest of the line.
type comment struct {
	text   string
	line   int  // line of the file, from 1
	column int  // in characters, from 1
	own    bool // the comment is alone on its line
}

// findComments lists the comments. A comment begins with a # that is the first
// character of its line or follows a space, and is not inside a scalar. first is the
// number of the first line.
func findComments(root *yamlpos.Node, lines []string, first int) []comment {
	inside := map[int][]source.Span{} // by line
	add := func(s source.Span) {
		for n := s.Line; n <= s.EndLine; n++ {
			inside[int(n)] = append(inside[int(n)], s)
		}
	}
	var visit func(n *yamlpos.Node)
	visit = func(n *yamlpos.Node) {
		if n.Key != "" || n.KeySpan.Line > 0 {
			add(n.KeySpan)
		}
		if n.Kind == yamlpos.Scalar && n.Span.EndLine >= n.Span.Line && n.Span.Line > 0 && !n.Null() {
			add(scalarSpan(n, lines, first))
		}
		for i := range n.Items {
			visit(&n.Items[i])
		}
	}
	visit(root)
	var list []comment
	for i, text := range lines {
		line := first + i
		spans, counted, column := inside[line], 0, 1
		for off := 0; off < len(text); off++ {
			if text[off] != '#' || off > 0 && text[off-1] != ' ' {
				continue
			}
			column += utf8.RuneCountInString(text[counted:off])
			counted = off
			for len(spans) > 0 && int(spans[0].EndLine) == line && int(spans[0].EndColumn) <= column {
				spans = spans[1:] // spans are in the order of the text
			}
			if len(spans) > 0 && holds(spans[0], line, column) {
				continue
			}
			list = append(list, comment{
				text: strings.TrimRight(text[off:], " "), line: line, column: column,
				own: strings.TrimSpace(text[:off]) == "",
			})
			break
		}
	}
	return list
}

// scalarSpan returns the span of a scalar's text. For a block scalar these are the
// lines below its indicator (| or >), because a comment may follow that.
func scalarSpan(n *yamlpos.Node, lines []string, first int) source.Span {
	s := n.Span
	if s.EndLine > s.Line { // styleOf takes time for a long line, and is needed for block scalars only
		if style := styleOf(n, lines, first); style == '|' || style == '>' {
			s.Line, s.Column = s.Line+1, 1
		}
	}
	return s
}

// holds reports whether the span covers the character at line and column.
func holds(s source.Span, line, column int) bool {
	afterStart := line > int(s.Line) || line == int(s.Line) && column >= int(s.Column)
	beforeEnd := line < int(s.EndLine) || line == int(s.EndLine) && column < int(s.EndColumn)
	return afterStart && beforeEnd
}

// styleOf returns the first character of a value in the source, or 0 if it has no
// place there.
func styleOf(n *yamlpos.Node, lines []string, first int) rune {
	i := int(n.Span.Line) - first
	if n.Span.Line == 0 || i < 0 || i >= len(lines) {
		return 0
	}
	column := 1
	for _, r := range lines[i] {
		if column == int(n.Span.Column) {
			return r
		}
		column++
	}
	return 0
}
