package site

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/sitemap"
	"annals/generator/source"
)

// The layouts make links to known pages only; tests prove it by following every
// link of an archive. Only links in Markdown can be dead. They are collected
// while the documents are in memory, and checked when all pages are known, so
// that no page has to be read again.

// Ref is a link in Markdown to another file of the content.
type Ref struct {
	Place    source.Place
	Target   string // the file of the site: agencies/x/2023/index.html
	Fragment string // the place in it, decoded, or ""
}

// Refs finds the links of a document that stay within the site. For most
// documents, which have no links, a search for the characters of a link
// suffices.
func Refs(b *content.Body) []Ref {
	if b == nil || !bytes.Contains(b.Source, []byte("](")) && !bytes.Contains(b.Source, []byte("]:")) {
		return nil
	}
	var refs []Ref
	_ = ast.Walk(b.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		var raw []byte
		switch n := n.(type) {
		case *ast.Link:
			raw = n.Destination
		case *ast.Image:
			raw = n.Destination
		default:
			return ast.WalkContinue, nil
		}
		address := content.Destination(raw)
		safe, ok := content.SafeURL(address)
		if !ok || Absolute(safe) || !b.Inside(address) {
			return ast.WalkContinue, nil // content has reported an unsafe address
		}
		if r, ok := ref(b, n, raw, safe); ok {
			refs = append(refs, r)
		}
		return ast.WalkContinue, nil
	})
	return refs
}

func ref(b *content.Body, n ast.Node, raw []byte, safe string) (Ref, bool) {
	target, fragment, _ := strings.Cut(safe, "#")
	target, _, _ = strings.Cut(target, "?")
	if plain, err := url.PathUnescape(fragment); err == nil {
		fragment = plain
	}
	r := Ref{Fragment: fragment}
	if target == "" {
		r.Target, _ = Target(b.File, path.Base(b.File))
	} else if t, ok := Target(b.File, target); ok {
		r.Target = t
	} else {
		return r, false
	}
	start, end := n.Pos(), n.Pos()
	if i := bytes.Index(b.Source[max(0, start):], raw); start >= 0 && i >= 0 && i < 4096 {
		start, end = start+i, start+i+len(raw)
	}
	r.Place = b.Span(max(0, start), max(0, end)).In(b.File)
	return r, true
}

// Links judges links. All of its fields are needed.
type Links struct {
	Archive *Archive
	Free    []*Free
	Has     func(file string) bool          // whether content has an attachment: content/agencies/x/2023/scan.pdf
	Read    func(file string) *content.Body // a document of content, or nil; asked for headings only
}

// Dead finds the links that lead to no page, or to no place in it.
func (l *Links) Dead(refs []Ref) []diag.Diagnostic {
	var dead []diag.Diagnostic
	for _, r := range refs {
		place, found := l.find(r.Target)
		switch {
		case !found:
			dead = append(dead, diag.New("dead-link", r.Place, "target", r.Target))
		case r.Fragment != "" && (place == nil || !place(r.Fragment)):
			dead = append(dead, diag.New("dead-link/fragment", r.Place, "target", r.Target, "fragment", r.Fragment))
		}
	}
	return dead
}

// find looks a file of the site up. place reports whether an id is on the page; it is
// nil for a file without ids.
func (l *Links) find(target string) (place func(id string) bool, found bool) {
	for _, p := range sitemap.Pages {
		if at, ok := p.Path.Match(target); ok && p.Listed {
			if place, found = l.page(p.Kind, at); found {
				return place, true
			}
		}
	}
	return nil, l.Has("content/" + target)
}

// page looks a page up by its kind and what its path says.
func (l *Links) page(k Kind, at sitemap.At) (place func(id string) bool, found bool) {
	a := l.agency(at.Agency)
	switch k {
	case sitemap.Agency:
		return func(id string) bool { return hasHeading(a.Body, id, 1) }, a != nil
	case sitemap.Report:
		if a == nil {
			return nil, false
		}
		entries := l.Archive.Reports(a)
		i := slices.IndexFunc(entries, func(e archive.Entry) bool { return e.Year == at.Year })
		return func(id string) bool { return l.inReport(&entries[i], id) }, i >= 0
	case sitemap.Free:
		i := slices.IndexFunc(l.Free, func(f *Free) bool { return f.Name == at.Name })
		return func(id string) bool { return hasHeading(l.Free[i].Body, id, 1) }, i >= 0
	case sitemap.Data:
		return nil, at.Year == 0 // the years have pages only where files are many
	}
	// Pages that span agencies exist for each year, and for each branch.
	return nil, (at.Year == 0 || slices.Contains(l.Archive.Years, at.Year)) && (at.Agency == "" || a != nil && len(a.Children) > 0)
}

// agency finds an agency by its path.
func (l *Links) agency(p string) *archive.Agency {
	list := l.Archive.Roots
	for {
		i := slices.IndexFunc(list, func(a *archive.Agency) bool { return a.Path == p || strings.HasPrefix(p, a.Path+"/") })
		if i < 0 {
			return nil
		}
		if list[i].Path == p {
			return list[i]
		}
		list = list[i].Children
	}
}

// inReport reports whether an id is on a report's page: that of a cell, a row, a
// table, a part or a heading of its text.
func (l *Links) inReport(e *archive.Entry, id string) bool {
	if c, ok := e.Form.Cell(id); ok && e.Form.Cells[c].ID == id {
		return true
	}
	if r, ok := e.Form.Row(id); ok && r.Path == id {
		return true
	}
	if part, ok := strings.CutPrefix(id, "part-"); e.Form.Table(id) != nil || ok && e.Form.Part(part) != nil {
		return true
	}
	if !strings.HasPrefix(id, "c-") {
		return false
	}
	folder := "content/agencies/" + e.Agency.Path + "/" + strconv.Itoa(e.Year)
	for _, file := range [...]string{folder + ".md", folder + "/index.md"} {
		if b := l.Read(file); b != nil {
			return hasHeading(b, id, partLevel+1)
		}
	}
	return false
}

// partLevel is the level of the headings that divide a report; the page shows
// the form's own in their place.
const partLevel = 2

// hasHeading reports whether a heading of at least the level has the id.
func hasHeading(b *content.Body, id string, level int) bool {
	if b == nil {
		return false
	}
	for h, have := range HeadingIDs(b) {
		if have == id && h.Level >= level {
			return true
		}
	}
	return false
}
