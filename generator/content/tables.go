package content

import (
	"iter"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"annals/generator/source"
)

// TableCells yields the text and place of every cell of the body's Markdown
// tables.
func (b *Body) TableCells() iter.Seq2[string, source.Span] {
	return func(yield func(string, source.Span) bool) {
		_ = ast.Walk(b.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if !entering || n.Kind() != east.KindTableCell {
				return ast.WalkContinue, nil
			}
			at := source.Span{}
			if l := n.Lines(); l != nil && l.Len() > 0 {
				at = b.Span(l.At(0).Start, trimEnd(b.Source, l.At(l.Len()-1).Stop))
			}
			if !yield(PlainText(n, b.Source), at) {
				return ast.WalkStop, nil
			}
			return ast.WalkSkipChildren, nil
		})
	}
}
