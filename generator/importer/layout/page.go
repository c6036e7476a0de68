// Package layout reads printed pages: it finds the lines, paragraphs and tables of a
// document from the places of its characters and of the lines that are drawn.
//
// A page description knows no words, cells or paragraphs; it says which character
// stands where. The rules are:
//
//   - A table is what its rules (the lines that are drawn) enclose. A character
//     belongs to the cell in which it stands, so that a blank cell stays blank,
//     and two cells are one where no rule parts them.
//   - A table without rules is lines of words, and its blank cells are lost.
//   - A table goes on upon the next page if its columns stand where they stood.
//   - What is printed at the top or the foot of several pages is of their margin.
//   - Text goes on in the next line if it reaches the right edge of the text.
//
// All lengths are in points (1/72 inch); y grows upwards.
package layout

// Page is a printed page, upright: its text runs from left to right.
type Page struct {
	Width    float64
	Glyphs   []Glyph
	Rules    []Rule
	Pictures int // images in it
}

// Glyph is a printed character.
type Glyph struct {
	Text        string // one character, or several of a ligature
	Left, Right float64
	Base        float64 // the line on which it stands
	Size        float64 // of its font
	Hidden      bool    // it is in the file, not on the paper: the text layer of a scan

	struck bool
}

// middle is the height at which a line through the glyph would strike it out.
func (g Glyph) middle() float64 { return g.Base + 0.35*g.Size }

func (g Glyph) center() float64 { return (g.Left + g.Right) / 2 }

// Rule is a line that is drawn: from one x to another at a y, or upright, from one
// y to another at an x.
type Rule struct {
	Upright  bool
	At       float64
	From, To float64 // ascending
}

// Block is a paragraph or a table of the document.
type Block struct {
	Page  int // from 1; where it begins
	Lines []Line
	Table *Table
	Edge  bool // of the margin of the pages
}

// Line is a line of text.
type Line struct {
	Text   string
	Hidden bool
}

// What stands in a text around what is struck out, and around what is raised or
// lowered: noncharacters of Unicode, which no text contains.
const (
	StruckOpen, StruckClose = '\uFDD0', '\uFDD1'
	RaisedOpen, RaisedClose = '\uFDD2', '\uFDD3'
)

// Table is a table with the cells that begin in each row, from left to right.
type Table struct {
	Rows [][]Cell
}

// Cell is a cell of a table.
type Cell struct {
	Text             string // its paragraphs joined by "\n"
	Page             int
	Column           int // from 0
	RowSpan, ColSpan int // at least 1
}
