package bind

import (
	"slices"
	"strings"
	"unicode/utf8"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
)

// Fit says how well the tables of a document are one of the form's.
type Fit struct {
	Placed int // values that have a cell
	Amiss  int // labels that are none of the form's, values that have no cell, and cells of rows that are not there
}

// Score compares how well a document fits different forms: the higher, the better.
func (f Fit) Score() int { return f.Placed - 2*f.Amiss }

// Better reports whether f is the fit of the right form, and g of a wrong one: it
// has a higher score, and hardly anything is amiss of what is with g.
func (f Fit) Better(g Fit) bool { return f.Score() > g.Score() && 4*f.Amiss <= g.Amiss }

func (f Fit) plus(g Fit) Fit { return Fit{f.Placed + g.Placed, f.Amiss + g.Amiss} }

// Total is the fit of all tables.
func (b *Bound) Total() (all Fit) {
	for _, f := range b.Fits {
		all = all.plus(f)
	}
	return all
}

// fit fills Fits. What is far more amiss than a form has cells is not counted
// further.
func (b *binder) fit() {
	b.Fits = map[string]Fit{}
	for _, t := range b.Form.Tables {
		if f, ok := b.fitOf(t); ok {
			b.Fits[t.ID] = f
		}
	}
}

// fitOf compares a table with the blocks of the document that belong to it. ok is
// false if there are none.
func (b *binder) fitOf(t *form.Table) (f Fit, ok bool) {
	most := 2 * len(b.Form.Cells)
	for _, k := range b.blocks {
		if k.table != t {
			continue
		}
		ok = true
		rows := k.rows
		if k.grid == nil {
			rows = [][]*Piece{{k.paragraph}}
			if words := b.words[k.paragraph]; words != nil {
				rows[0] = words
			}
		}
		for _, row := range rows {
			for _, p := range row {
				if f.Amiss < most && p.Text != "" && !b.fits(t, p) {
					f.Amiss++
				}
			}
		}
	}
	missing := 0
	for _, row := range t.Rows {
		if !b.Cells[row.First].Found {
			missing += len(row.Columns)
			continue
		}
		for _, c := range b.Cells[row.First : row.First+len(row.Columns)] {
			if c.Text != "" {
				f.Placed++
			}
		}
	}
	f.Amiss += missing
	return f, ok
}

// fits reports whether a piece of a table's block is what the table has there.
func (b *binder) fits(t *form.Table, p *Piece) bool {
	if p.Use == Value || b.isCounter(p.Text) {
		return true
	}
	if b.isValue(p.Text) {
		return p.Use == Label // the number of a row
	}
	v := b.tables[t]
	return v.words[string(p.fold())] || p.Use == Label && (v.partOf(p.fold()) || b.heads.Find(p.Text) != nil)
}

// Strange is a row of a table with as many values as the form's rows have, but
// with a label that is that of none of them.
type Strange struct {
	Label string
	After *form.Row // the row above it, nil at the beginning
}

// strange keeps the line n of a table for a variant of the form.
func (r *reader) strange(n int, l *line, values int) {
	label := l.labels[len(l.labels)-1].Text
	if r.width == 0 || values != r.width || utf8.RuneCountInString(label) > maxLabel {
		return
	}
	s := Strange{Label: strings.Join(strings.Fields(label), "")}
	for _, f := range r.rows {
		if r.owner[f.first] < n && r.Cells[f.row.First].Found {
			s.After = f.row
		}
	}
	if r.Bound.Strange == nil {
		r.Bound.Strange = map[string][]Strange{}
	}
	r.Bound.Strange[r.v.table.ID] = append(r.Bound.Strange[r.v.table.ID], s)
}

// blockHeads finds the head of each block: the line of several labels above its
// first row.
func (r *reader) blockHeads() {
	for _, k := range r.v.table.Blocks {
		i := slices.IndexFunc(r.rows, func(f found) bool { return slices.Contains(k.Rows, f.row) })
		if i < 0 {
			continue
		}
		for n := r.owner[r.rows[i].first] - 1; n >= 0 && allBlank(r.lines[n].values); n-- {
			if l := r.lines[n]; len(l.labels) > 1 {
				r.keepHead(k, l)
				break
			}
		}
	}
}

func (r *reader) keepHead(k *form.Block, l *line) {
	if r.Bound.Heads == nil {
		r.Bound.Heads = map[*form.Block][]string{}
	}
	for _, p := range l.labels {
		if text := string(p.fold()); text != string(fold(r.Form.Own(k.Corner))) {
			r.Bound.Heads[k] = append(r.Bound.Heads[k], text)
		}
	}
}

// HasHead reports whether all names of columns that the document has above a block
// are those of the columns of a block of a form.
func HasHead(heads []string, k *form.Block, f *form.Form) bool {
	b := Bound{Form: f}
	return len(heads) > 0 && !slices.ContainsFunc(heads, func(text string) bool {
		return !slices.ContainsFunc(k.Columns, func(c *form.Column) bool { return slices.Contains(b.columnNames(c), text) })
	})
}

// Withhold takes the numbers of some rows out of their cells, because the document
// has another heading above them, and reports them.
func (b *Bound) Withhold(rows []*form.Row, of lang.Text) {
	var pieces []*Piece
	for _, row := range rows {
		for i := range row.Columns {
			if c := &b.Cells[row.First+i]; c.Found {
				pieces = append(pieces, c.Piece)
				*c = Cell{}
				b.Placed--
			}
		}
	}
	if len(pieces) > 0 {
		b.Diags = append(b.Diags, diag.New("import-contradiction/heads", pieces[0].At.Place(), "rows", rowsOf(rows), "found", of, "values", quote(pieces)))
	}
}

func rowsOf(rows []*form.Row) (list []lang.Text) {
	for _, row := range rows {
		list = append(list, row.Full)
	}
	return list
}

// maxLabel is the number of characters of the longest label that a row may have
// which no form knows.
const maxLabel = 60
