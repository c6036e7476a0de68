package render

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"annals/generator/content"
	"annals/generator/htmltext"
	"annals/generator/site"
)

// link writes a link whose address is safe, and otherwise its text.
func (w *writer) link(n ast.Node, raw string) {
	href, ok := w.address(raw)
	if !ok {
		w.children(n)
		return
	}
	w.open(href)
	w.children(n)
	w.str("</a>")
}

func (w *writer) open(href string) {
	rel := ""
	if site.Absolute(href) {
		rel = ` rel="nofollow noreferrer"`
	}
	w.str(`<a href="`, htmltext.Of(href), `"`, rel, `>`)
}

// address is what a link of the content becomes on the page: a path to
// another file of the content becomes the way to that file's page.
func (w *writer) address(raw string) (string, bool) {
	if !w.body.Inside(raw) {
		return "", false
	}
	safe, ok := content.SafeURL(raw)
	if !ok {
		return "", false
	}
	if site.Absolute(safe) {
		return safe, true
	}
	return site.ProseLink(w.path, w.body.File, safe)
}

func (w *writer) autoLink(n *ast.AutoLink) {
	u := string(n.URL(w.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower([]byte(u)), []byte("mailto:")) {
		u = "mailto:" + u
	}
	safe, ok := content.SafeURL(u)
	if ok {
		w.open(safe)
	}
	w.b = htmltext.Append(w.b, n.Label(w.src))
	if ok {
		w.str("</a>")
	}
}

func (w *writer) image(n *ast.Image) {
	alt := content.PlainText(n, w.src)
	src, ok := content.SafeImage(content.Destination(n.Destination))
	if !ok {
		w.b = htmltext.Append(w.b, alt)
		return
	}
	w.str(`<img src="`, htmltext.Of(src), `" alt="`, htmltext.Of(alt), `">`)
}

// table writes a table of Markdown: a head, then a body if there are rows.
func (w *writer) table(n *east.Table) {
	w.str(`<section class="scroll" aria-label="`, htmltext.Of(w.r.words.in("table", w.r.tag)), `" tabindex="0"><table>`)
	body := false
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		_, head := c.(*east.TableHeader)
		cell, end := "<td", "</td>"
		if head {
			cell, end = `<th scope="col"`, "</th>"
			w.str("<thead>")
		} else if !body {
			body = true
			w.str("<tbody>")
		}
		w.str("<tr>")
		for x := c.FirstChild(); x != nil; x = x.NextSibling() {
			if x.FirstChild() == nil && head {
				w.str("<td></td>") // a heading cannot be empty
				continue
			}
			w.wrap(cell+aligned(x)+">", x, end)
		}
		w.str("</tr>\n")
		if head {
			w.str("</thead>")
		}
	}
	if body {
		w.str("</tbody>")
	}
	w.str("</table></section>\n")
}

// aligned returns the class of a cell in a column that the colons of the table's
// second line align. It is a class because pages have no inline styles.
func aligned(n ast.Node) string {
	cell, ok := n.(*east.TableCell)
	if !ok {
		return ""
	}
	switch cell.Alignment {
	case east.AlignRight:
		return ` class="right"`
	case east.AlignCenter:
		return ` class="centre"`
	}
	return ""
}
