// Package bind maps a draft to a form: it decides which number of the document
// is which cell, and which paragraph belongs to which section.
//
// The rules are:
//
//   - A number goes to a cell because of the labels around it. Labels are
//     compared in their normalised spelling, as a whole table at a time: the
//     text of the table's labels is aligned with the text of the form's, so
//     that a label may be split, merged, wrapped around its numbers or lack a
//     sign, and still be found.
//   - If the layout can be read in two ways, the form's own equations decide
//     between them; if they cannot, nothing is placed.
//   - The text of a cell is read as a number only if it is certainly one. A
//     token for a missing number is kept, and a blank cell stays blank.
//   - Every text of the draft is a Piece, and every piece ends as a value, a
//     label, prose, metadata or part of a diagnostic. Bound.Close sees to that.
package bind

import (
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/importer/draft"
)

// Use is what a piece of the document was used for.
type Use uint8

// The uses of a piece. Metadata is set by the importer, which knows about
// agencies and dates; a Loose piece is one that nothing has claimed yet.
const (
	Loose Use = iota
	Value
	Label
	Blank // an empty cell that is no blank value
	Text  // of a section
	Heading
	Metadata
	Reported
)

// Piece is the smallest stretch of text that is accounted for: a paragraph, a
// cell, or a word of a table that has lost its borders.
type Piece struct {
	Text string
	At   draft.Origin
	Role draft.Role
	Use  Use
	To   string // id of the cell or section that it went to, or the kind of metadata

	block    int         // index of the draft's block
	grid     *draft.Grid // of a cell, else nil
	row      int         // of the grid
	column   int         // first column that the cell covers
	span     int         // number of columns that it covers
	numbered bool
	struck   string // text struck out beside it
	folded   []rune // result of fold, nil until it is needed
}

// fold returns the text as labels are compared.
func (p *Piece) fold() []rune {
	if p.folded == nil && p.Text != "" {
		p.folded = fold(p.Text)
	}
	return p.folded
}

// Cell is what was found for one cell of the form.
type Cell struct {
	Found bool
	Text  string // as it is written to the report's file
	Plain bool   // Text is a number, written without quotes
	Note  string // a remark beside the number in the document
	Piece *Piece
}

// Prose is the text below one heading, or before the first one.
type Prose struct {
	Section *form.Section // nil before the first heading
	Heading *Piece
	Blocks  []Block
}

// Block is a paragraph, or a table that is none of the form's.
type Block struct {
	Piece *Piece
	Rest  []*Piece // the further lines of the paragraph, if the document's layout broke it
	Rows  [][]*Piece
}

// Bound is a draft that has been mapped to a form.
type Bound struct {
	Form    *form.Form
	Cells   []Cell // by cell number
	Prose   []Prose
	Pieces  []*Piece             // all pieces of the draft, in order
	Placed  int                  // number of cells found
	Fits    map[string]Fit       // by the id of each table that the document has
	Strange map[string][]Strange // by the id of a table, in the document's order
	// Heads holds the names of columns, folded, that the document has above the rows
	// of a block.
	Heads map[*form.Block][]string
	Diags []diag.Diagnostic

	// Core is the element of a page that holds the report, if it is known.
	Core *draft.Element

	first, last int // results of Extent
}

// Bind maps the draft to the form f.
func Bind(d *draft.Draft, f *form.Form) *Bound {
	b := &binder{
		Bound:  &Bound{Form: f, Cells: make([]Cell, len(f.Cells))},
		file:   d.File,
		tables: map[*form.Table]*vocabulary{},
		heads:  NewHeadings(f),
		words:  map[*Piece][]*Piece{},
	}
	for _, t := range f.Tables {
		b.tables[t] = newVocabulary(f, t)
	}
	b.pieces(d)
	b.splitGrids()
	b.outline()
	b.enclose(d)
	b.assignGrids(d)
	for _, s := range f.Sections {
		if s.Table != nil {
			b.table(s.Table)
		}
	}
	b.fit()
	b.measure()
	b.replaceWords()
	b.write()
	for _, c := range b.Cells {
		if c.Found {
			b.Placed++
		}
	}
	return b.Bound
}

// binder is a Bound that is being made.
type binder struct {
	*Bound
	file   string
	tables map[*form.Table]*vocabulary
	heads  Headings
	blocks []*block
	words  map[*Piece][]*Piece // the words of each line that was split into words

	headings, labels *likeness // of the form, once a document asks for them
}

// block is a block of the draft with its pieces.
type block struct {
	paragraph *Piece
	rows      [][]*Piece // of a grid
	grid      *draft.Grid
	section   *form.Section // section whose heading is above the block, or is the block
	heading   bool          // the paragraph is the heading of section
	table     *form.Table   // table to which the block's cells or words belong
}

// text returns the folded text of all cells of a grid.
func (k *block) text() []rune {
	var all []rune
	for _, row := range k.rows {
		for _, p := range row {
			all = append(all, p.fold()...)
		}
	}
	return all
}

func (b *binder) report(key string, at *Piece, args ...any) *diag.Diagnostic {
	args = append(args, "where", at.At.Words())
	b.Diags = append(b.Diags, diag.New(key, at.At.Place(), args...))
	return &b.Diags[len(b.Diags)-1]
}
