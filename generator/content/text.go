package content

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Text returns the plain text of blocks, a line for each paragraph, heading,
// item or cell: what a reader could search for.
func (b *Body) Text(blocks []ast.Node) string {
	var out strings.Builder
	for _, block := range blocks {
		_ = ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if !entering || n.Type() != ast.TypeBlock {
				return ast.WalkContinue, nil
			}
			switch n := n.(type) {
			case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
				for i := range n.Lines().Len() {
					line := n.Lines().At(i)
					out.Write(line.Value(b.Source))
				}
				out.WriteByte('\n')
				return ast.WalkSkipChildren, nil
			}
			if c := n.FirstChild(); c == nil || c.Type() == ast.TypeBlock {
				return ast.WalkContinue, nil
			}
			out.WriteString(PlainText(n, b.Source))
			out.WriteByte('\n')
			return ast.WalkSkipChildren, nil
		})
	}
	return strings.TrimSuffix(out.String(), "\n")
}
