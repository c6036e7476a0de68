package bind

import (
	"slices"
	"strings"

	"annals/generator/form"
	"annals/generator/importer/draft"
)

// reader reads one table of the form out of the blocks that belong to it.
type reader struct {
	*binder
	v        *vocabulary
	lines    []*line
	have     []rune // the text of all labels, folded and joined
	owner    []int  // for each rune of have its line
	count    int    // number of words in text lines so far
	used     []bool // for each rune of have whether a label of the form was aligned with it
	rows     []found
	unknown  []unknownLine
	width    int   // columns of a row, 0 where rows differ
	columns  []int // if the head differs from the form's, the form's column of each value of a row, -1 for none; else nil
	sampled  map[*draft.Grid]sampled
	edged    []*form.Row // rows that had too many cells, and of which the first or last is empty
	headless *Piece      // the first value, if the head does not show which columns the values belong to
}

// line is a row of a grid or a line of text: labels, then values.
type line struct {
	grid   *block // nil for a line of text
	row    int
	labels []*Piece
	starts []int // offset in have of each label
	values []*Piece
	odd    []*Piece // numbers before the last label
	head   bool     // it names columns
}

// found is a row of the form whose label is in the document.
type found struct {
	row         *form.Row
	text        []rune // the spelling that was looked for
	first, last int    // in have
	lines       []int  // lines that hold characters of its label
	exact       bool   // the label is there as a whole
}

// table reads the table t.
func (b *binder) table(t *form.Table) {
	r := &reader{binder: b, v: b.tables[t], sampled: map[*draft.Grid]sampled{}}
	for i, row := range t.Rows {
		if i == 0 {
			r.width = len(row.Columns)
		} else if r.width != len(row.Columns) {
			r.width = 0
		}
	}
	for _, k := range b.blocks {
		switch {
		case k.table == t && k.grid != nil:
			r.gridLines(k)
		case k.grid == nil && !k.heading && k.section != nil && k.section.Table == t:
			r.textLine(k)
		}
	}
	if len(r.lines) == 0 {
		return
	}
	r.headBlanks()
	r.captions()
	if !r.findRows() {
		return
	}
	r.readHead()
	r.place()
	r.blockHeads()
	if r.headless != nil && !r.confirmed() {
		r.report("import-ambiguous/head", r.headless, "table", r.v.name)
	}
	r.settleLabels()
}

// gridLines adds the rows of a grid.
func (r *reader) gridLines(k *block) {
	for i, row := range k.rows {
		l := &line{grid: k, row: i}
		last := -1
		for j, p := range row {
			if p.Text != "" && !r.isValue(p.Text) {
				last = j
			}
		}
		for j, p := range row {
			switch {
			case j > last:
				l.values = append(l.values, p)
			case p.Text == "":
				p.Use = Blank
			case r.isValue(p.Text):
				l.odd = append(l.odd, p)
			default:
				l.labels = append(l.labels, p)
			}
		}
		if allBlank(l.values) && (last < 0 || r.width == 0 && !r.wantsValues(l)) {
			l.blank()
		}
		r.lines = append(r.lines, l)
	}
}

// blank marks the values of a line, which are all empty, as standing for nothing.
func (l *line) blank() {
	for _, p := range l.values {
		p.Use = Blank
	}
	l.values = nil
}

// headBlanks removes the empty cells on lines with names of columns. In a table
// whose rows are side by side, and whose values are on lines of their own, it
// removes them on all lines with labels. If such a table has no value at all, the
// empty row below its labels, with a cell for each value, holds its values.
func (r *reader) headBlanks() {
	own := func(l *line) bool { return len(l.labels) == 0 && !allBlank(l.values) }
	across := r.v.table.Layout == form.Across && slices.ContainsFunc(r.lines, own)
	if r.v.table.Layout == form.Across && !slices.ContainsFunc(r.lines, func(l *line) bool { return !allBlank(l.values) }) {
		across = r.emptyRow()
	}
	for _, l := range r.lines {
		head := slices.ContainsFunc(l.labels, func(p *Piece) bool { return r.v.columns[string(p.fold())] })
		if len(l.labels) > 1 && head && allBlank(l.values) || across && len(l.labels) > 0 && allBlank(l.values) {
			l.blank()
		}
	}
}

// emptyRow looks for the first empty row with a cell for each cell of the table's
// rows. It makes these cells values again, and reports whether there is such a row.
func (r *reader) emptyRow() bool {
	width := 0
	for _, row := range r.v.table.Rows {
		width += len(row.Columns)
	}
	labels := false
	for _, l := range r.lines {
		labels = labels || len(l.labels) > 0
		if labels && l.grid != nil && len(l.labels) == 0 && len(l.values) == 0 && len(l.grid.rows[l.row]) >= width {
			l.values = l.grid.rows[l.row][:width]
			return true
		}
	}
	return false
}

// wantsValues reports whether one of the line's labels is that of a row.
func (r *reader) wantsValues(l *line) bool {
	for _, p := range l.labels {
		if len(r.v.rowsIn(p.fold())) > 0 {
			return true
		}
		for _, u := range r.v.units {
			if u.row != nil && string(u.names[0]) == form.Normalise(p.Text) {
				return true
			}
		}
	}
	return false
}

func allBlank(list []*Piece) bool {
	for _, p := range list {
		if p.Text != "" {
			return false
		}
	}
	return true
}

// textLine adds a line of text if it is part of the table: if every word is a
// label of the table, a part of a label, or a value. Any other line is prose.
func (r *reader) textLine(k *block) {
	p := k.paragraph
	if p.Role != draft.Body {
		return
	}
	words := strings.Fields(p.Text)
	if r.count += len(words); r.count > draft.MaxCells {
		return // more words than any table has, so this is prose
	}
	labels := 0
	for _, w := range words {
		if r.isValue(w) || r.isCounter(w) {
			continue
		}
		if !r.v.partOf(fold(w)) {
			if !r.v.partOf(p.fold()) || len(words) == 1 {
				return
			}
		}
		labels++
	}
	k.table = r.v.table
	var pieces []*Piece
	if labels <= 1 && len(words) <= 1 {
		pieces = []*Piece{p}
	} else {
		pieces = r.split(p, words)
	}
	l := &line{}
	for _, p := range pieces {
		if r.isValue(p.Text) {
			l.values = append(l.values, p)
			continue
		}
		if len(l.values) > 0 { // a label after values begins a row of its own
			r.lines = append(r.lines, l)
			l = &line{}
		}
		l.labels = append(l.labels, p)
	}
	r.lines = append(r.lines, l)
}

// split replaces a paragraph's piece by one for each of its words.
func (r *reader) split(p *Piece, words []string) []*Piece {
	var list []*Piece
	column := 0
	rest := p.Text
	for _, w := range words {
		i := strings.Index(rest, w)
		column += len([]rune(rest[:i]))
		rest = rest[i+len(w):]
		word := *p
		word.Text, word.folded = w, nil
		if p.At.Line > 0 {
			word.At.Column = p.At.Column + column
		}
		column += len([]rune(w))
		list = append(list, &word)
	}
	r.words[p] = list
	return list
}

// replaceWords replaces the piece of each line that was split into words by the
// pieces of its words.
func (b *binder) replaceWords() {
	var all []*Piece
	for _, p := range b.Pieces {
		if list, ok := b.words[p]; ok {
			all = append(all, list...)
		} else {
			all = append(all, p)
		}
	}
	b.Pieces = all
}
