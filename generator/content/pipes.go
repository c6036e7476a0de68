package content

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// pipes makes tables of paragraphs, but only if their lines have bars:
// otherwise a line of dashes below a word would be a table of one column. A
// paragraph in which a row has more cells than the head stays text, because the
// table would lose the last cells.
type pipes struct{ parser.ParagraphTransformer }

func (p pipes) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	width := 0
	for i := 1; i < lines.Len(); i++ {
		line := lines.At(i)
		row := line.Value(reader.Source())
		switch {
		case width > 0:
			if cells(row) > width {
				return
			}
		case len(bytes.Trim(row, " \t\r\n|:-")) == 0 && bytes.IndexByte(row, '-') >= 0:
			if bytes.IndexByte(row, '|') < 0 {
				return
			}
			width = cells(row)
		}
	}
	if width > 0 {
		p.ParagraphTransformer.Transform(node, reader, pc)
	}
}

// cells counts the cells of a row up to the last one with something in it.
func cells(row []byte) int {
	row = bytes.TrimSpace(row)
	row = bytes.TrimPrefix(row, []byte("|"))
	row = bytes.TrimRight(row, "| \t")
	n := 1
	for i, c := range row {
		if c == '|' && (i == 0 || row[i-1] != '\\') {
			n++
		}
	}
	return n
}
