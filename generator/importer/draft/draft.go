// Package draft reads an office's document, in any of several file formats, into
// paragraphs and grids, in the document's order.
//
// A Draft does not depend on forms: no text in it has been interpreted. It
// keeps all text of the document, also what a reader of the page does not see
// at once (headers, footnotes, text boxes, deleted and hidden text), each with
// its place in the file, so that the importer can account for every word and
// every number.
//
// No file is trusted. The rules are:
//
//   - A file holds at most MaxFile bytes; a zip at most MaxEntries entries and
//     MaxInflated bytes, counted while inflating and never taken from a header.
//   - The parts of an office file that are parsed hold at most MaxPart bytes; a
//     grid at most MaxRows rows of MaxColumns cells, a document MaxBlocks blocks,
//     MaxCells cells and MaxWords bytes of text, counted before they are made.
//   - A document type declaration is refused, so there are no entities to
//     expand; relations to other files and addresses are never followed.
package draft

import (
	_ "embed"
	"strings"

	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/source"
)

// Draft is a document as it was read.
type Draft struct {
	File   string
	Ext    string // the extension of the kind of file that it is: docx, html
	Blocks []Block
	Titles []string // titles in the file's metadata, the most reliable first
	Dates  []string // dates of publication in the file's metadata
	URL    string   // address from which a page was saved
	Page   bool     // the file is a web page, which holds more than the document: menus, links

	Pictures int // in the text itself

	in *Element // in a page, the element that is being read
}

// Block is a paragraph or a grid; exactly one of the two is set.
type Block struct {
	Paragraph *Paragraph
	Grid      *Grid
	In        *Element // in a page, the element that holds it; otherwise nil
}

// Element is a block element of a page.
type Element struct {
	up    *Element
	depth int
	kind  string // its tag and class
}

// Up returns the element around e, or nil.
func (e *Element) Up() *Element {
	if e == nil {
		return nil
	}
	return e.up
}

// maxPath is how many elements Path names at most.
const maxPath = 8

// Path names the kinds of the elements from e up to, but not including, the other:
// what is set alike in a page has the same path.
func (e *Element) Path(to *Element) string {
	var path strings.Builder
	for n := 0; e != nil && e != to && n < maxPath; n++ {
		path.WriteString(e.kind + " ")
		e = e.up
	}
	return path.String()
}

// Common returns the innermost element that holds both, or nil.
func (e *Element) Common(other *Element) *Element {
	for e != other && e != nil && other != nil {
		if e.depth >= other.depth {
			e = e.up
		} else {
			other = other.up
		}
	}
	if e != other {
		return nil
	}
	return e
}

// Holds reports whether the other element is e or lies within it.
func (e *Element) Holds(other *Element) bool { return e.Common(other) == e }

// Role says where in the document a paragraph stands.
type Role uint8

const (
	Body     Role = iota
	Around        // navigation, banner or footer of a web page
	Margin        // page header or footer, page number
	Footnote      // footnote, endnote or comment
	Box           // text box
	Deleted       // deleted by a tracked change that nobody accepted
	Hidden        // present in the file, not shown
	Struck        // struck out
)

// Paragraph is a line of text.
type Paragraph struct {
	Text string
	Role Role
	// Numbered means that the program which wrote the file prints a number
	// before the paragraph that is not part of its text.
	Numbered bool
	Linked   bool // in a page, most of the text is that of links
	Links    bool // in a page, some of it is
	At       Origin
}

// Grid is a table. A row holds only the cells that begin in it, left to right. A
// cell of an earlier row that reaches down into the row is not repeated.
type Grid struct {
	Rows [][]Cell
	// Exact means that the document states which columns each cell covers. In a
	// text file only the order of a row's cells is known.
	Exact  bool
	Linked bool // in a page, most of the text is that of links
	At     Origin
}

// Cell is one cell of a grid. Its paragraphs are joined by "\n".
type Cell struct {
	Text             string
	Struck           string // text that is struck out in the cell
	RowSpan, ColSpan int    // at least 1
	Column           int    // first column, counted from 0; in a text file the cell's index
	At               Origin
}

// Origin is a place in the document, as precise as the format allows. Fields
// that do not apply are 0. All but Part count from 1.
type Origin struct {
	File         string
	Sheet        string // of a workbook
	Line, Column int    // of a text file
	Page         int    // of a PDF
	Paragraph    int    // of an office document or page
	Table        int
	Row, Cell    int
	Part         int // line of a paragraph that has line breaks, counted from 0
}

// Place returns the origin as a place for a diagnostic: line and column in a
// text file; elsewhere row and cell of a table, or the paragraph as the line.
func (o Origin) Place() source.Place {
	switch {
	case o.Line > 0:
		return source.At(o.Line, max(o.Column, 1)).In(o.File)
	case o.Row > 0:
		return source.At(o.Row, max(o.Cell, 1)).In(o.File)
	case o.Paragraph > 0:
		return source.At(o.Paragraph, 1).In(o.File)
	}
	return source.Place{File: o.File}
}

//go:embed words.json
var wordsJSON []byte

var words = lang.Embedded("importer/draft/words.json", wordsJSON)

// Words returns the origin in words, such as 表2第5行第3格.
func (o Origin) Words() lang.Text {
	var parts []lang.Text
	part := func(key string, n int) {
		if n > 0 {
			parts = append(parts, diag.Fill(words()[key], "n", n))
		}
	}
	if o.Sheet != "" {
		parts = append(parts, diag.Fill(words()["sheet"], "name", o.Sheet))
	}
	part("page", o.Page)
	if o.Line > 0 {
		part("line", o.Line)
	} else {
		part("paragraph", o.Paragraph)
		part("table", o.Table)
		part("row", o.Row)
		part("cell", o.Cell)
	}
	return lang.Join(parts, lang.Text{EN: ", "})
}

// add appends a paragraph for each line of text that is not empty, and then one
// for each stretch that is marked as struck out.
func (d *Draft) add(text string, role Role, at Origin) {
	text, struck, _ := unmark(text, true)
	defer func() {
		for _, s := range struck {
			d.add(s, Struck, at)
		}
	}()
	for line := range strings.SplitSeq(text, "\n") {
		if line = Tidy(line); line != "" {
			d.Blocks = append(d.Blocks, Block{Paragraph: &Paragraph{Text: line, Role: role, At: at}, In: d.in})
			at.Part++
		}
	}
}
