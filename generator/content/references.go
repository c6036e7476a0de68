package content

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// references takes the definitions of links off the top of a paragraph. One
// stands on a line of its own, and what it leads to is written as an address:
// "[注]: 本表数据……" is a note, and stays.
type references struct{}

// definition is [label]: address, or <address>, and perhaps a title in quotes.
var definition = regexp.MustCompile(`^ {0,3}\[((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*(?:<([!-;=?-~]+)>|([!-;=?-~]+))(?:[ \t]+(?:"([^"]*)"|'([^']*)'))?[ \t]*$`)

func (references) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	n := 0
	for ; n < lines.Len(); n++ {
		line := lines.At(n)
		value := bytes.TrimRight(line.Value(reader.Source()), "\r\n")
		if len(bytes.TrimLeft(value, " ")) == 0 || bytes.TrimLeft(value, " ")[0] != '[' {
			break
		}
		m := definition.FindSubmatch(value)
		if m == nil || len(bytes.TrimSpace(m[1])) == 0 {
			break
		}
		address, title := append(m[2], m[3]...), append(m[4], m[5]...)
		if bytes.ContainsAny(address, "/#.:") {
			pc.AddReference(parser.NewReference(m[1], address, title))
			continue
		}
		break
	}
	switch {
	case n == 0:
	case n == lines.Len():
		node.Parent().RemoveChild(node.Parent(), node)
	default:
		lines.SetSliced(n, lines.Len())
	}
}

// loneFootnotes puts footnotes to which no text refers back among the
// paragraphs, as they were typed: the library would leave them out.
type loneFootnotes struct{}

func (loneFootnotes) Transform(doc *ast.Document, reader text.Reader, pc parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		list, ok := n.(*east.FootnoteList)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		var at ast.Node = list
		for f := list.FirstChild(); f != nil; f = f.NextSibling() {
			note := f.(*east.Footnote)
			if note.Index >= 0 {
				continue
			}
			first := note.FirstChild()
			if first == nil || !ast.IsParagraph(first) {
				p := ast.NewParagraph()
				p.SetPos(note.Pos())
				if first == nil {
					note.AppendChild(note, p)
				} else {
					note.InsertBefore(note, first, p)
				}
				first = p
			}
			label := ast.NewString(append(append([]byte("[^"), note.Ref...), "]: "...))
			if text := first.FirstChild(); text == nil {
				first.AppendChild(first, label)
			} else {
				first.InsertBefore(first, text, label)
			}
			for c := note.FirstChild(); c != nil; {
				next := c.NextSibling()
				list.Parent().InsertAfter(list.Parent(), at, c)
				at, c = c, next
			}
		}
		return ast.WalkStop, nil // there is one list
	})
}
