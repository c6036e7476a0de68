package content

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Run is a stretch of the plain text of blocks: what Text returns, with the
// place of each piece.
type Run struct {
	Text []byte // as a reader sees it: entities and escapes are resolved
	At   int    // offset in Source where it stands; Text is what stands there, unless it is an entity or an escape
	// Ends marks the end of a paragraph, heading, item or cell, or a hard line break;
	// Text is empty then. Heading says that the line was a heading.
	Ends, Heading bool
}

// Runs visits the plain text of blocks, piece by piece.
func (b *Body) Runs(blocks []ast.Node, visit func(Run)) {
	for _, n := range blocks {
		b.runs(n, visit)
	}
}

func (b *Body) runs(n ast.Node, visit func(Run)) {
	switch n := n.(type) {
	case *ast.FencedCodeBlock, *ast.HTMLBlock:
		for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
			visit(b.run(line))
			visit(Run{Ends: true})
		}
		if html, ok := n.(*ast.HTMLBlock); ok && html.HasClosure() {
			visit(b.run(html.ClosureLine))
			visit(Run{Ends: true})
		}
		return
	case *ast.Text:
		if _, code := n.Parent().(*ast.CodeSpan); code {
			visit(b.run(n.Segment))
		} else {
			b.resolved(n.Segment.Start, n.Segment.Stop, visit)
		}
		switch {
		case n.HardLineBreak():
			visit(Run{Ends: true})
		case n.SoftLineBreak():
			visit(Run{Text: []byte("\n"), At: n.Segment.Stop})
		}
		return
	case *ast.AutoLink:
		visit(Run{Text: n.Label(b.Source), At: max(n.Pos(), 0) + len("<")})
		return
	case *ast.RawHTML:
		for _, s := range n.Segments.Sliced(0, n.Segments.Len()) {
			visit(b.run(s))
		}
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b.runs(c, visit)
	}
	if c := n.FirstChild(); n.Type() == ast.TypeBlock && c != nil && c.Type() != ast.TypeBlock {
		_, heading := n.(*ast.Heading)
		visit(Run{Ends: true, Heading: heading})
	}
}

func (b *Body) run(s text.Segment) Run { return Run{Text: b.Source[s.Start:s.Stop], At: s.Start} }

// resolved visits a stretch of Source, and each entity or escape in it by
// itself, as Resolve has it.
func (b *Body) resolved(start, stop int, visit func(Run)) {
	from := start
	for i := start; i < stop; {
		n := 1
		switch c := b.Source[i]; {
		case c == '\\' && i+1 < stop && util.IsPunct(b.Source[i+1]):
			n = 2
		case c == '&':
			n = max(1, entity(b.Source[i:stop]))
		}
		if n > 1 {
			visit(Run{Text: b.Source[from:i], At: from})
			visit(Run{Text: Resolve(b.Source[i : i+n]), At: i})
			from = i + n
		}
		i += n
	}
	visit(Run{Text: b.Source[from:stop], At: from})
}
