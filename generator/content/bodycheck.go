package content

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"annals/generator/diag"
	"annals/generator/files"
)

// check finds what must not be in a body: raw HTML, which will be shown as text,
// addresses that are not safe, and entities for characters that cannot be seen.
func (b *Body) check() []diag.Diagnostic {
	var found diag.Collector
	report := func(key string, start, end int, args ...any) {
		rule, _, _ := strings.Cut(key, "/")
		found.Add(rule, func() diag.Diagnostic { return diag.New(key, b.Span(start, end).In(b.File), args...) })
	}
	title := func(pos int, text []byte) {
		if i, length, key, r := unseen(text); key != "" {
			start, end := b.find(pos, text[i:i+length])
			report(key, start, end, "code", fmt.Sprintf("U+%04X", r))
		}
	}
	_ = ast.Walk(b.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			if _, code := n.Parent().(*ast.CodeSpan); !code {
				for at := n.Segment.Start; ; {
					i, length, key, r := unseen(b.Source[at:n.Segment.Stop])
					if key == "" {
						break
					}
					report(key, at+i, at+i+length, "code", fmt.Sprintf("U+%04X", r))
					at += i + length
				}
			}
		case *ast.RawHTML:
			s := n.Segments.At(0)
			report("raw-html", s.Start, s.Stop, "html", excerpt(s.Value(b.Source)))
		case *ast.HTMLBlock:
			if n.Lines().Len() == 0 {
				break
			}
			s := n.Lines().At(0)
			line := bytes.TrimSpace(s.Value(b.Source))
			start := s.Start + bytes.Index(s.Value(b.Source), line)
			report("raw-html", start, start+len(line), "html", excerpt(line))
		case *ast.AutoLink:
			if _, ok := SafeURL(autoURL(n, b.Source)); !ok {
				start, end := b.find(n.Pos(), n.Label(b.Source))
				report("unsafe-link", start, end, "url", excerpt(n.Label(b.Source)))
			}
		case *ast.Link:
			title(n.Pos(), n.Title)
			if !b.Inside(Destination(n.Destination)) {
				start, end := b.find(n.Pos(), n.Destination)
				report("unsafe-link", start, end, "url", excerpt(n.Destination))
			}
		case *ast.Image:
			title(n.Pos(), n.Title)
			if _, ok := SafeImage(Destination(n.Destination)); !ok {
				start, end := b.find(n.Pos(), n.Destination)
				report("unsafe-link/image", start, end, "url", excerpt(n.Destination))
			}
		}
		return ast.WalkContinue, nil
	})
	return found.List()
}

// unseen finds the first entity in a text for a character that cannot be seen on a
// page. Such characters may not be typed, so they may not be written as entities
// either.
func unseen(text []byte) (at, n int, key string, r rune) {
	for ; at < len(text); at += max(1, n) {
		if n = 0; text[at] == '\\' {
			n = 2 // \& does not begin an entity
		} else if text[at] == '&' {
			n = entity(text[at:])
		}
		if n == 0 || text[at] != '&' {
			continue
		}
		for _, r = range string(Resolve(text[at : at+n])) {
			switch {
			case files.Directional(r):
				return at, n, "hidden-character/direction", r
			case files.Invisible(r), unicode.IsControl(r) && !strings.ContainsRune("\t\n\r", r):
				return at, n, "hidden-character", r
			}
		}
	}
	return at, 0, "", 0
}

// Inside reports whether an address is safe and, where it is relative, stays
// within the content folder as seen from this document.
func (b *Body) Inside(raw string) bool {
	s, ok := SafeURL(raw)
	if !ok {
		return false
	}
	p, _, _ := strings.Cut(s, "#")
	p, _, _ = strings.Cut(p, "?")
	if i := strings.IndexAny(p, ":/"); i >= 0 && p[i] == ':' {
		return true // absolute
	}
	p = strings.ReplaceAll(strings.ToLower(p), "%2e", ".")
	p = path.Join(path.Dir(b.File), strings.ReplaceAll(p, "%2f", "/"))
	return p == root || strings.HasPrefix(p, root+"/")
}

// autoURL returns the address of <https://…> or <name@host>.
func autoURL(n *ast.AutoLink, src []byte) string {
	u := string(n.URL(src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(u), "mailto:") {
		u = "mailto:" + u
	}
	return u
}

// find returns the byte range of the first occurrence of an address after the
// offset at. It fails for the address of a reference link, which is in a
// definition elsewhere.
func (b *Body) find(at int, address []byte) (start, end int) {
	const reach = 4096 // a link's text is shorter; bounds the work on hostile files
	at = min(max(at, 0), len(b.Source))
	near := b.Source[at:min(len(b.Source), at+reach+len(address))]
	if n := bytes.Index(near, address); n >= 0 {
		return at + n, at + n + len(address)
	}
	return at, at
}

// excerpt shortens what a message quotes.
func excerpt(s []byte) string {
	const most = 60
	r := []rune(string(s))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}
