// Package content reads the files of the content folder: it walks the tree,
// refuses what must not be there, splits front matter from Markdown and keeps
// the place of everything. It knows no form and no meaning; archive does.
//
// Beside those of package files, which opens everything, the rules are:
//
//   - Folders hold what the format names, in portable names; nothing else is
//     read or published.
//   - Raw HTML in Markdown is text. A link leads to a path of the site or to
//     https, http, mailto or tel; an image is a file beside the page.
//   - An attachment is what its name says, by its bytes.
package content

import (
	"github.com/yuin/goldmark/ast"

	"annals/generator/diag"
	"annals/generator/source"
)

// Body is the Markdown of a document, parsed once. Sections are its stretches
// between headings of the second level (## 总体情况); text before the first
// one is a Section without a heading.
type Body struct {
	File     string
	Source   []byte // the whole file, with masks in the Markdown (redact); the AST's segments are offsets in it
	Root     ast.Node
	Sections []Section
	Start    int // offset in Source of what stands below the front matter

	lines []int32 // offsets of the lines of Source
}

// Section is a heading of level two and the blocks below it.
type Section struct {
	Heading string // plain text, "" before the first heading
	Span    source.Span
	Blocks  []ast.Node // direct children of Root, headings of level 3 and deeper included
}

// Attachment is a file beside a report.
type Attachment struct {
	Name   string            // base name
	File   string            // path relative to the folder that holds content/
	Kind   string            // pdf ofd docx …: its extension, in small letters
	Size   int64             // bytes
	SHA256 string            // hex
	Traces []diag.Diagnostic // what it holds and does not show
	Active bool              // a browser may run what is in it
	Kept   bool              // it is not published
}
