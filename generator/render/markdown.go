package render

import (
	"strconv"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"annals/generator/content"
	"annals/generator/htmltext"
	"annals/generator/site"
)

// prose renders a section of a body, or the whole body where the section is
// nil, for the page at path.
//
// The writer knows the elements it writes; a node that it does not know is
// its text. Raw HTML is text. Addresses pass content's allow-list, and ids
// have a prefix, so that none can be that of the page's own parts.
func (x *run) prose(path string, body *content.Body, section *content.Section) error {
	if body == nil {
		return nil
	}
	w := &writer{r: x.r, path: path, body: body, src: body.Source, level: 1, b: x.b}
	if section != nil {
		w.level = 2
		for _, n := range section.Blocks {
			w.block(n)
		}
	} else {
		w.children(body.Root)
	}
	x.b = w.b
	return nil
}

// writer writes one stretch of Markdown.
type writer struct {
	r     *Renderer
	path  string
	body  *content.Body
	src   []byte
	b     []byte
	level int                     // of the last heading: no level is skipped below it
	ids   map[*ast.Heading]string // of the body's headings, made when one is met
}

func (w *writer) str(parts ...string) { w.b = htmltext.Join(w.b, parts...) }

func (w *writer) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.block(c)
	}
}

// wrap writes an element around the children of a node.
func (w *writer) wrap(open string, n ast.Node, end string) {
	w.str(open)
	w.children(n)
	w.str(end)
}

func (w *writer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.text(n)
	case *ast.Paragraph:
		w.wrap("<p>", n, "</p>\n")
	case *ast.TextBlock:
		w.children(n)
	case *ast.Heading:
		w.heading(n)
	case *ast.List:
		w.list(n)
	case *ast.ListItem:
		w.wrap("<li>", n, "</li>\n")
	case *ast.Blockquote:
		w.wrap("<blockquote>", n, "</blockquote>\n")
	case *ast.ThematicBreak:
		w.str("<hr>\n")
	case *ast.FencedCodeBlock:
		w.str("<pre><code>")
		w.lines(n)
		w.str("</code></pre>\n")
	case *ast.HTMLBlock:
		w.str("<p>")
		w.lines(n)
		if n.HasClosure() {
			w.b = htmltext.Append(w.b, content.Plain(n.ClosureLine.Value(w.src)))
		}
		w.str("</p>\n")
	case *ast.Emphasis:
		if n.Level == 2 {
			w.wrap("<strong>", n, "</strong>")
		} else {
			w.wrap("<em>", n, "</em>")
		}
	case *ast.CodeSpan:
		w.wrap("<code>", n, "</code>")
	case *ast.Link:
		w.link(n, content.Destination(n.Destination))
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Image:
		w.image(n)
	case *ast.RawHTML:
		w.b = htmltext.Append(w.b, content.Plain(n.Segments.Value(w.src)))
	case *ast.String:
		w.b = htmltext.Append(w.b, n.Value)
	case *east.Strikethrough:
		w.wrap("<del>", n, "</del>")
	case *east.Table:
		w.table(n)
	case *east.FootnoteLink:
		i, k := strconv.Itoa(n.Index), strconv.Itoa(n.RefIndex)
		w.str(`<sup id="c-ref-` + i + "-" + k + `"><a href="#c-note-` + i + `">` + i + `</a></sup>`)
	case *east.FootnoteBacklink:
		i, k := strconv.Itoa(n.Index), strconv.Itoa(n.RefIndex)
		w.str(` <a href="#c-ref-` + i + "-" + k + `">↩</a>`)
	case *east.Footnote:
		w.wrap(`<li id="c-note-`+strconv.Itoa(n.Index)+`">`, n, "</li>\n")
	case *east.FootnoteList:
		w.wrap("<ol>\n", n, "</ol>\n")
	default:
		w.children(n)
	}
}

func (w *writer) heading(n *ast.Heading) {
	if w.ids == nil {
		w.ids = site.HeadingIDs(w.body)
	}
	w.level = min(max(n.Level, 2), w.level+1, 6)
	h := "h" + strconv.Itoa(w.level)
	w.wrap("<"+h+` id="`+htmltext.Of(w.ids[n])+`">`, n, "</"+h+">\n")
}

func (w *writer) list(n *ast.List) {
	if !n.IsOrdered() {
		w.wrap("<ul>\n", n, "</ul>\n")
		return
	}
	open := "<ol>\n"
	if n.Start > 1 {
		open = `<ol start="` + strconv.Itoa(n.Start) + `">` + "\n"
	}
	w.wrap(open, n, "</ol>\n")
}

// lines writes the lines of a block as they are.
func (w *writer) lines(n ast.Node) {
	for _, s := range n.Lines().Sliced(0, n.Lines().Len()) {
		w.b = htmltext.Append(w.b, content.Plain(s.Value(w.src)))
	}
}

func (w *writer) text(n *ast.Text) {
	s := n.Segment.Value(w.src)
	if n.IsRaw() || isCode(n) {
		w.b = htmltext.Append(w.b, content.Plain(s))
	} else {
		w.b = htmltext.Append(w.b, content.Resolve(s))
	}
	switch {
	case n.HardLineBreak():
		w.str("<br>\n")
	case n.SoftLineBreak() && !w.joins(s, n):
		w.b = append(w.b, '\n')
	}
}

func isCode(n ast.Node) bool {
	_, ok := n.Parent().(*ast.CodeSpan)
	return ok
}

// joins reports whether a line break in the source is no space on the page,
// because Chinese stands on both sides of it.
func (w *writer) joins(before []byte, n *ast.Text) bool {
	next, ok := n.NextSibling().(*ast.Text)
	if !ok {
		return false
	}
	a, _ := utf8.DecodeLastRune(before)
	b, _ := utf8.DecodeRune(next.Segment.Value(w.src))
	return wide(a) && wide(b)
}

func wide(r rune) bool {
	return util.IsEastAsianWideRune(r) || 0x3000 <= r && r <= 0x303f || 0xff01 <= r && r <= 0xff60 || r == '”' || r == '“'
}
