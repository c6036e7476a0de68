package draft

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// html reads a saved page. Where tables are nested, the innermost are read as
// tables; those around them only lay out the page.
func (r *reader) html(text string) {
	if tags(text) > MaxTags {
		r.refuse("html", "problem", "too many tags")
		return
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		r.refuse("html", "problem", err.Error())
		return
	}
	p := &page{reader: r}
	p.Page = true
	p.visit(doc, Body, 0)
	p.flush(Body)
}

// savedFrom matches the comment in which browsers note a saved page's address.
var savedFrom = regexp.MustCompile(`^\s*saved from url=\(\d+\)(https?://\S+?)\s*$`)

// page is the state of a walk through a page. Text is collected in line until a
// block element begins or ends.
type page struct {
	*reader
	line   strings.Builder
	look   look
	links  int // links that are open
	linked int // bytes of line that are the text of links
}

// visit walks n. depth is the number of elements around it: a page that is
// nested too deeply is refused before the stack overflows.
func (p *page) visit(n *html.Node, role Role, depth int) {
	if p.full() {
		return
	}
	if depth > 4*MaxDepth {
		p.refuse("nested")
		return
	}
	switch n.Type {
	case html.TextNode:
		if p.countText(len(n.Data)) {
			text := strings.Map(flow, n.Data)
			p.line.WriteString(p.look.mark(text))
			if p.links > 0 {
				p.linked += len(strings.TrimSpace(text))
			}
		}
		return
	case html.CommentNode:
		if m := savedFrom.FindStringSubmatch(n.Data); m != nil && p.URL == "" {
			p.URL = m[1]
		}
		return
	case html.DoctypeNode:
		return
	case html.ElementNode:
		if p.special(n, role, depth) {
			return
		}
	}
	inner := roleOf(n, role)
	block := isBlock(n)
	if inner == Hidden && role != Hidden && !block { // it does not end the line
		p.hides(n)
		return
	}
	if block || inner != role {
		p.flush(role)
	}
	if block {
		p.in = &Element{up: p.in, depth: depth, kind: n.Data + "." + attribute(n, "class")}
	}
	look := p.look
	p.look = lookOf(n, look)
	link := n.DataAtom == atom.A && attribute(n, "href") != ""
	if link {
		p.links++
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.visit(c, inner, depth+1)
	}
	if link {
		p.links--
	}
	p.look = look
	if block || inner != role {
		p.flush(inner)
	}
	if block {
		p.in = p.in.up
	}
}

// tags estimates the number of tags and attributes of a page without parsing it.
// It exceeds MaxTags if they do, because it counts every < and every = in a tag.
func tags(text string) int {
	n := strings.Count(text, "<")
	if strings.Count(text, "=")+n <= MaxTags {
		return n
	}
	for tag := range strings.SplitSeq(text, "<") {
		tag, _, _ = strings.Cut(tag, ">")
		n += strings.Count(tag, "=") + strings.Count(tag, " ")/2
	}
	return n
}

// flow turns line ends and tabs into spaces, as a browser does.
func flow(r rune) rune {
	if r == '\n' || r == '\t' {
		return ' '
	}
	return r
}

// special handles the elements that are not just containers of text. It reports
// whether n is done; if not, the caller goes on with what n holds.
func (p *page) special(n *html.Node, role Role, depth int) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Svg, atom.Math, atom.Object, atom.Noscript:
		return true
	case atom.Iframe, atom.Frame:
		p.warn("frame", Origin{Paragraph: p.paras + 1})
		return true
	case atom.Title:
		if len(p.Titles) < MaxTitles {
			p.Titles = append(p.Titles, Tidy(innerText(n)))
		}
		return true
	case atom.Meta:
		p.meta(n)
		return true
	case atom.Br:
		p.flush(role)
		return true
	case atom.Img:
		if role == Body && !isIcon(n) {
			p.picture(Origin{Paragraph: p.paras + 1})
		}
		return true
	case atom.Table:
		p.flush(role)
		if has(n, atom.Table, 0) || roleOf(n, role) != Body {
			return false
		}
		linked, all := linkedText(n, false, 0)
		first := len(p.Blocks)
		defer func() { p.link(first, linked, all) }()
		rows, captions := p.rows(n)
		for _, c := range captions {
			p.paragraph(cellText(c, p.hides), roleOf(c, role))
		}
		if layoutOnly(rows) {
			for _, row := range rows {
				for _, c := range row {
					p.paragraph(c.Text, role)
				}
			}
			return true
		}
		p.grid(rows, true, Origin{})
		return true
	}
	return false
}

// isIcon reports whether a picture is too small to show text, by the size that
// the page declares.
func isIcon(n *html.Node) bool {
	for _, side := range [...]string{"width", "height"} {
		if size, err := strconv.Atoi(strings.TrimSuffix(attribute(n, side), "px")); err == nil && size <= 32 {
			return true
		}
	}
	return false
}

// meta reads the title and the date of publication that government sites
// declare in meta elements.
func (p *page) meta(n *html.Node) {
	content := Tidy(attribute(n, "content"))
	switch strings.ToLower(attribute(n, "name") + attribute(n, "property")) {
	case "articletitle":
		if content != "" && len(p.Titles) < MaxTitles {
			p.Titles = append([]string{content}, p.Titles...)
		}
	case "pubdate", "publishdate", "publish-date", "publish_date", "publishtime", "releasedate", "article:published_time":
		if len(p.Dates) < MaxTitles {
			p.Dates = append(p.Dates, content)
		}
	}
}

// roleOf returns the role of the text in n, if the text around n has the given
// role.
func roleOf(n *html.Node, role Role) Role {
	if n.Type != html.ElementNode || role == Hidden {
		return role
	}
	if isHidden(n) {
		return Hidden
	}
	switch n.DataAtom {
	case atom.Nav, atom.Aside, atom.Button, atom.Select, atom.Footer:
		return Around
	case atom.Form: // some systems put a form around the whole page
		if linked, all := linkedText(n, false, 0); all-linked < longForm && !has(n, atom.Table, 0) {
			return Around
		}
	case atom.Header:
		if n.Parent != nil && n.Parent.DataAtom == atom.Body {
			return Around
		}
	}
	return role
}

// unseen are the classes by which pages have text for screen readers alone.
var unseen = []string{"sr", "sr-only", "visually-hidden", "screen-reader-text"}

// isHidden reports whether what n holds is not shown: details that are closed too.
func isHidden(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	closed := n.DataAtom == atom.Details
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "open":
			closed = false
		case "style":
			if strings.Contains(strings.ReplaceAll(strings.ToLower(a.Val), " ", ""), "display:none") {
				return true
			}
		case "class":
			for _, class := range strings.Fields(a.Val) {
				if slices.Contains(unseen, class) {
					return true
				}
			}
		}
	}
	return closed
}

// longForm is how many bytes of text a form has that is not one to be filled in.
const longForm = 600

// linkedText counts the bytes of text in n, and how many of them are of links.
func linkedText(n *html.Node, in bool, depth int) (linked, all int) {
	if n.Type == html.TextNode {
		if all = len(strings.TrimSpace(n.Data)); in {
			linked = all
		}
	}
	in = in || n.DataAtom == atom.A && attribute(n, "href") != ""
	for c := n.FirstChild; c != nil && depth <= 4*MaxDepth; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Script, atom.Style, atom.Select, atom.Textarea:
			continue
		}
		l, a := linkedText(c, in, depth+1)
		linked, all = linked+l, all+a
	}
	return linked, all
}

// lookOf returns the look of the text in n, if the text around n has the look l.
func lookOf(n *html.Node, l look) look {
	switch n.DataAtom {
	case atom.S, atom.Strike, atom.Del:
		l.struck = true
	case atom.Sup, atom.Sub:
		l.raised = true
	}
	if n.Type == html.ElementNode {
		style := strings.ReplaceAll(strings.ToLower(attribute(n, "style")), " ", "")
		l.struck = l.struck || strings.Contains(style, "line-through")
		l.raised = l.raised || strings.Contains(style, "vertical-align:super") || strings.Contains(style, "vertical-align:sub")
	}
	return l
}

func isBlock(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.H1, atom.H2, atom.H3, atom.H4,
		atom.H5, atom.H6, atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Nav, atom.Aside,
		atom.Blockquote, atom.Pre, atom.Figure, atom.Figcaption, atom.Table, atom.Tbody, atom.Thead, atom.Tfoot,
		atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Hr, atom.Form, atom.Fieldset, atom.Center, atom.Body,
		atom.Head, atom.Details, atom.Summary, atom.Address, atom.Option, atom.Button:
		return true
	}
	return false
}

func (p *page) flush(role Role) {
	text, linked := p.line.String(), p.linked
	p.line.Reset()
	p.linked = 0
	first := len(p.Blocks)
	p.paragraph(text, role)
	p.link(first, linked, len(Tidy(text)))
}

// link notes for the blocks from first on how much of their text is that of links.
func (p *page) link(first, linked, all int) {
	for _, b := range p.Blocks[first:] {
		if b.Grid != nil {
			b.Grid.Linked = linked*5 >= all*3
		} else {
			b.Paragraph.Links, b.Paragraph.Linked = linked > 0, linked*5 >= all*3
		}
	}
}

func (p *page) paragraph(text string, role Role) {
	if strings.TrimSpace(text) == "" {
		return
	}
	p.paras++
	if role == Body && isPageNumber(Tidy(text)) {
		role = Margin
	}
	p.add(text, role, Origin{Paragraph: p.paras})
}

func innerText(n *html.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
