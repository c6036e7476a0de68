package verify

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"annals/generator/content"
)

// page is what a reader is shown: the text of the parts of a page that say what a
// report says.
type page struct {
	text   string              // all, without white space
	title  []string            // of its headings of the first level
	window string              // its <title>
	cells  map[string][]string // by id: what stands in cells with that id
	links  map[string][]string // by cell: what links to it say, where that is a number
	dates  []string            // of the parts that say when it was published
	prose  []string            // of the parts that have the document's own words, without white space
}

// The classes of the pages' layouts by which their parts are known.
const (
	classProse     = "prose"
	classByline    = "byline"
	classSignature = "signature"
	classMark      = "mark" // beside a figure: it is in question
	classReader    = "sr"   // for those who cannot see what is there instead
)

func parsePage(data []byte) (*page, error) {
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	p := &page{cells: map[string][]string{}, links: map[string][]string{}}
	if title := find(root, atom.Title); title != nil {
		p.window = tidy(textOf(title, nil))
	}
	// Around the page may stand that of a host, with headings of its own.
	p.walk(cmp.Or(find(root, atom.Main), root))
	p.text = bare(textOf(root, footnote))
	return p, nil
}

// find returns the first element of a kind, or nil.
func find(n *html.Node, kind atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.DataAtom == kind {
			return d
		}
	}
	return nil
}

func (p *page) walk(n *html.Node) {
	if n.Type == html.ElementNode {
		switch id := attribute(n, "id"); {
		case n.DataAtom == atom.H1:
			p.title = append(p.title, tidy(textOf(n, nil)))
		case n.DataAtom == atom.Td && id != "":
			p.cells[id] = append(p.cells[id], tidy(textOf(n, apart)))
		case n.DataAtom == atom.A:
			if cell, ok := strings.CutPrefix(attribute(n, "href"), "#"); ok {
				if text := strings.ReplaceAll(tidy(textOf(n, nil)), ",", ""); isNumber(text) {
					p.links[cell] = append(p.links[cell], text)
				}
			}
		}
		switch {
		case hasClass(n, classProse):
			p.prose = append(p.prose, bare(textOf(n, footnote)))
			return
		case hasClass(n, classByline), hasClass(n, classSignature):
			p.dates = append(p.dates, tidy(textOf(n, nil)))
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.walk(c)
	}
}

// textOf is the text of a node, without scripts and without what skip names. It does
// not matter whether a style hides it: a page of the site hides nothing there.
func textOf(n *html.Node, skip func(*html.Node) bool) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.DataAtom == atom.Img:
			b.WriteString(attribute(n, "alt"))
		case n.Type == html.ElementNode && (n.DataAtom == atom.Script || n.DataAtom == atom.Style || skip != nil && skip(n)):
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

// apart reports whether an element in a cell is not what the document prints
// there: a mark, the number of a note, a word for who cannot see a blank.
func apart(n *html.Node) bool {
	return hasClass(n, classMark) || hasClass(n, classReader) || n.DataAtom == atom.Sup
}

// footnote reports whether an element in prose is a mark of a footnote, which
// Markdown does not have as text.
func footnote(n *html.Node) bool {
	return n.DataAtom == atom.Sup && strings.HasPrefix(attribute(n, "id"), "c-ref-") ||
		n.DataAtom == atom.A && strings.HasPrefix(attribute(n, "href"), "#c-ref-")
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func hasClass(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(attribute(n, "class")), class)
}

func isNumber(text string) bool {
	return text != "" && strings.Trim(text, "0123456789.-") == "" && strings.ContainsAny(text, "0123456789")
}

// tidy is text with single spaces.
func tidy(text string) string { return strings.Join(strings.Fields(text), " ") }

// bare is text without white space, which is all that layouts and the ways to write
// a paragraph may change in it.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// shown holds the page against the record. It reports whether nothing differs.
func (b *beside) shown(s *statement, file string, data []byte, announced map[string]bool) bool {
	p, err := parsePage(data)
	if err != nil {
		b.found(Finding{What: Malformed, File: file})
		return false
	}
	fine := true
	tell := func(what What, cell, was, is string) {
		fine = false
		b.differs(s, what, file, cell, was, is, announced)
	}
	if title := strings.Join(p.title, " "); title != tidy(s.Title) {
		tell(Title, "", s.Title, title)
	} else if p.window != "" && !strings.Contains(p.window, tidy(s.Title)) {
		tell(Title, "", s.Title, p.window)
	}
	if s.Published != "" {
		for _, text := range p.dates {
			if !strings.Contains(text, s.Published) {
				tell(Published, "", s.Published, text)
			}
		}
		if !strings.Contains(p.text, s.Published) && len(p.dates) == 0 {
			tell(Published, "", s.Published, "")
		}
	}
	b.cells(s, p, file, tell)
	for _, n := range s.Notes {
		if !strings.Contains(p.text, bare(n.Note)) {
			tell(Note, n.Cell, n.Note, "")
		}
	}
	if s.whole {
		if was, is, same := p.says(s.text); !same {
			tell(Text, "", was, is)
		}
	}
	return fine
}

// cells holds the cells of a page against the record.
func (b *beside) cells(s *statement, p *page, file string, tell func(what What, cell, was, is string)) {
	shown := slices.ContainsFunc(s.form.order, func(cell string) bool { return len(p.cells[cell]) > 0 })
	if !shown && len(s.form.order) > 0 {
		b.mu.Lock()
		b.res.Bare = append(b.res.Bare, file)
		b.mu.Unlock()
	}
	known := map[string]bool{}
	for _, cell := range s.form.order {
		known[cell] = true
		switch list := p.cells[cell]; {
		case len(list) == 1 && list[0] != tidy(s.value(cell)), len(list) > 1, len(list) == 0 && shown:
			tell(Cell, cell, s.value(cell), strings.Join(list, " "))
		}
	}
	for cell, list := range p.cells {
		if is := strings.Join(list, " "); !known[cell] && strings.Contains(cell, ".") && is != tidy(s.value(cell)) {
			tell(Cell, cell, s.value(cell), is)
		}
	}
	for cell, list := range p.links {
		if !known[cell] {
			continue
		}
		for _, is := range list {
			if was := s.value(cell); !sameNumber(is, was) {
				tell(Cell, cell, was, is)
			}
		}
	}
}

// sameNumber reports whether two texts are the same number, whatever its zeros
// behind the point.
func sameNumber(a, b string) bool {
	short := func(s string) string {
		if !strings.Contains(s, ".") {
			return s
		}
		return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	return short(a) == short(b)
}

// around is how much of a text a finding quotes, in characters on either side of
// where it differs.
const around = 20

// says holds the prose of the page against Markdown. was and is are what stands
// where they first differ.
func (p *page) says(markdown string) (was, is string, same bool) {
	doc, _ := content.ParseDocument("text.md", []byte("---\n---\n"+markdown))
	if doc == nil || doc.Body == nil {
		return "", "", markdown == ""
	}
	left := slices.Clone(p.prose)
	var lost []string
	for _, section := range doc.Body.Sections {
		if len(section.Blocks) == 0 {
			continue
		}
		text := bare(doc.Body.Text(section.Blocks))
		if i := slices.Index(left, text); i >= 0 {
			left = slices.Delete(left, i, i+1)
		} else if len(p.prose) > 0 || !strings.Contains(p.text, text) {
			lost = append(lost, text)
		}
	}
	left = slices.DeleteFunc(left, func(text string) bool { return text == "" })
	if len(lost) == 0 && len(left) == 0 {
		return "", "", true
	}
	if len(lost) == 0 {
		return "", quote([]rune(left[0]), 0), false
	}
	best, at := []rune(nil), 0
	text := []rune(lost[0])
	for _, other := range left {
		if o := []rune(other); best == nil || common(text, o) > at {
			best, at = o, common(text, o)
		}
	}
	return quote(text, at), quote(best, at), false
}

func common(a, b []rune) (n int) {
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// quote is the text around a place.
func quote(text []rune, at int) string {
	from, to := max(0, min(at, len(text))-around), min(len(text), at+around)
	if from >= to {
		return ""
	}
	s := string(text[from:to])
	if from > 0 {
		s = "…" + s
	}
	if to < len(text) {
		s += "…"
	}
	return s
}
