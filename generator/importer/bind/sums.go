package bind

import (
	"slices"

	"annals/generator/form"
)

// verdict is the result of testing the form's equations on placed values.
type verdict struct {
	held, failed int
	significant  bool // an equation held that has a value other than 0
}

// test evaluates the equations of the form all of whose cells are given and hold
// whole numbers.
func (b *binder) test(values map[int]*Piece) (v verdict) {
	for _, rel := range b.Form.Relations {
		if rel.Scope != form.InReport {
			continue
		}
		for _, e := range rel.Equations {
			left, zero1, ok1 := b.sum(e.Left, values)
			right, zero2, ok2 := b.sum(e.Right, values)
			if !ok1 || !ok2 {
				continue
			}
			if left == right || e.AtLeast && left > right {
				v.held++
				v.significant = v.significant || !zero1 || !zero2
			} else {
				v.failed++
			}
		}
	}
	return v
}

// sum adds up terms. zero reports whether all values are 0. ok is false if a cell
// is not given or holds no whole number.
func (b *binder) sum(terms []form.Term, values map[int]*Piece) (sum int64, zero, ok bool) {
	zero = true
	for _, t := range terms {
		p := values[t.Cell]
		if p == nil || t.From != form.This {
			return 0, false, false
		}
		column := b.Form.Cells[t.Cell].Column
		got := b.read(p.Text, column)
		if !got.plain || column.Type == form.Amount {
			return 0, false, false
		}
		var n int64
		minus := false
		for _, c := range []byte(got.text) {
			if c == '-' {
				minus = true
				continue
			}
			n = n*10 + int64(c-'0')
		}
		if n != 0 {
			zero = false
		}
		if minus != t.Minus {
			n = -n
		}
		sum += n
	}
	return sum, zero, true
}

// confirmed reports whether the equations hold for the rows that have as many
// values as the form, which proves that the values are in the form's order.
func (r *reader) confirmed() bool {
	values := map[int]*Piece{}
	for _, row := range r.v.table.Rows {
		for i := range row.Columns {
			if c := r.Cells[row.First+i]; c.Found {
				values[row.First+i] = c.Piece
			}
		}
	}
	v := r.test(values)
	return v.significant && v.failed == 0
}

// doubtSums reports the rows of a table without borders whose sum is wrong. An
// empty cell cannot be seen in such a table, so that the numbers after it may have
// been placed in wrong cells.
func (r *reader) doubtSums() {
	for _, row := range r.v.table.Rows {
		values := map[int]*Piece{}
		for i := range row.Columns {
			if c := r.Cells[row.First+i]; c.Found && c.Piece.grid == nil {
				values[row.First+i] = c.Piece
			}
		}
		if len(values) > 0 && r.test(values).failed > 0 {
			r.report("import-ambiguous/sum", values[row.First], "row", row.Full).Cell = row.Path
		}
	}
	r.doubtEdges()
}

// doubtEdges reports the rows that had more cells than the form's, begin or end
// with an empty cell, and do not add up even if empty cells count as 0. In these
// rows it is not certain which of the empty cells is the form's.
func (r *reader) doubtEdges() {
	for _, row := range r.edged {
		values := map[int]*Piece{}
		for i := range row.Columns {
			if c := r.Cells[row.First+i]; c.Found {
				values[row.First+i] = c.Piece
				if c.Piece.Text == "" {
					values[row.First+i] = &Piece{Text: "0"}
				}
			}
		}
		if first := r.Cells[row.First]; first.Found && r.test(values).failed > 0 {
			r.report("import-ambiguous/edge", first.Piece, "row", row.Full).Cell = row.Path
		}
	}
}

// order returns row by row the values of several rows that the document gives as
// one sequence. Some programs write such a sequence column by column; the equations
// decide which it is. If they do not, and it makes a difference, order reports the
// values and returns nil.
func (r *reader) order(rows []found, flat []*Piece) []*Piece {
	if r.v.table.Layout != form.Grid || r.width == 0 {
		return flat
	}
	turned := make([]*Piece, 0, len(flat))
	for i := range rows {
		for j := range r.width {
			turned = append(turned, flat[j*len(rows)+i])
		}
	}
	if slices.EqualFunc(flat, turned, func(a, b *Piece) bool { return a.Text == b.Text }) {
		return flat
	}
	across, down := r.test(r.placed(rows, flat)), r.test(r.placed(rows, turned))
	switch {
	case across.failed == 0 && across.significant && (down.failed > 0 || !down.significant):
		return flat
	case down.failed == 0 && down.significant && (across.failed > 0 || !across.significant):
		r.report("import-read/by-column", flat[0], "table", r.v.name)
		return turned
	}
	r.report("import-ambiguous/order", flat[0], "row", rowNames(rows), "want", len(flat), "values", quote(flat))
	return nil
}

// placed returns the values by cell, if they are in order row by row.
func (r *reader) placed(rows []found, flat []*Piece) map[int]*Piece {
	values := map[int]*Piece{}
	for i, f := range rows {
		for j := range f.row.Columns {
			values[f.row.First+j] = flat[i*r.width+j]
		}
	}
	return values
}

// guessExtra finds the extra column of a table whose rows have one value too many
// and whose head does not show which: it is the only column without which all rows
// add up.
func (r *reader) guessExtra() {
	n := r.width + 1
	var full []found
	var rows []*line
	for _, f := range r.rows {
		for _, i := range f.lines {
			if l := r.lines[i]; len(l.values) == n && l.values[0].Text != "" && l.values[n-1].Text != "" {
				full, rows = append(full, f), append(rows, l)
				break
			}
		}
	}
	if len(full) < 2 {
		return
	}
	extra, ways := -1, 0
	for e := range n {
		values := map[int]*Piece{}
		for i, f := range full {
			for j := range r.width {
				k := j
				if j >= e {
					k++
				}
				values[f.row.First+j] = rows[i].values[k]
			}
		}
		if v := r.test(values); v.significant && v.failed == 0 {
			extra, ways = e, ways+1
		}
	}
	if ways != 1 {
		return
	}
	columns := make([]int, 0, n)
	for j := range n {
		switch {
		case j < extra:
			columns = append(columns, j)
		case j == extra:
			columns = append(columns, -1)
		default:
			columns = append(columns, j-1)
		}
	}
	r.columns = columns
	r.extraColumns()
}
