package site

import (
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"annals/generator/content"
	"annals/generator/sitemap"
)

// HeadingIDs names the headings of a body: the heading's text with a prefix
// that no part of a page itself has, numbered where it repeats.
func HeadingIDs(b *content.Body) map[*ast.Heading]string {
	ids := make(map[*ast.Heading]string, 16) // of an ordinary report
	used := make(map[string]int, 16)
	var buf []byte
	_ = ast.Walk(b.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline || n.Kind() == ast.KindParagraph {
			return ast.WalkSkipChildren, nil
		}
		h, ok := n.(*ast.Heading)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		buf = appendSlug(append(buf[:0], "c-"...), content.PlainText(h, b.Source))
		id := string(buf)
		used[id]++
		if k := used[id]; k > 1 {
			id += "-" + strconv.Itoa(k)
		}
		ids[h] = id
		return ast.WalkSkipChildren, nil
	})
	return ids
}

// The ideographs that are in use, but for a few: U+4E00 to U+9FA5.
const firstHan, lastHan = 0x4e00, 0x9fa5

// appendSlug appends the letters and digits of a text, and a hyphen for what
// is between them.
func appendSlug(b []byte, s string) []byte {
	start, gap := len(b), false
	for _, r := range s {
		chinese := r >= firstHan && r <= lastHan // a letter, and neither great nor small: nearly all are
		if !chinese && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = len(b) > start
			continue
		}
		if gap {
			b = append(b, '-')
			gap = false
		}
		if !chinese {
			r = unicode.ToLower(r)
		}
		b = utf8.AppendRune(b, r)
	}
	return b
}

// Absolute reports whether an address that passed content's allow-list leads
// out of the site: it begins with a scheme.
func Absolute(href string) bool {
	end := strings.IndexAny(href, ":/?#")
	return end >= 0 && href[end] == ':'
}

// ProseLink turns the address that Markdown in file has for another file of
// the content into the link from page to that file's page. Addresses of
// attachments and of folders become those of the same place on the site. It
// is false for what leads to no page.
func ProseLink(page, file, href string) (string, bool) {
	target, rest := href, ""
	if i := strings.IndexAny(href, "?#"); i >= 0 {
		target, rest = href[:i], href[i:]
	}
	if target == "" {
		return rest, rest != ""
	}
	p, ok := Target(file, target)
	if !ok {
		return "", false
	}
	return Root(page) + p + rest, true
}

// Target is the file of the site that a path in the Markdown of file means.
func Target(file, target string) (string, bool) {
	folder := strings.HasSuffix(target, "/")
	p := path.Join(path.Dir(file), target)
	if p == "content" {
		return sitemap.IndexFile, true
	}
	p, ok := strings.CutPrefix(p, "content/")
	if !ok {
		return "", false
	}
	name, markdown := strings.CutSuffix(p, ".md")
	switch {
	case markdown && (path.Base(name) == "_index" || path.Base(name) == "index"):
		return path.Join(path.Dir(name), sitemap.IndexFile), true
	case markdown:
		return name + "/" + sitemap.IndexFile, true
	case folder || path.Ext(p) == "":
		return p + "/" + sitemap.IndexFile, true
	}
	return p, true
}
