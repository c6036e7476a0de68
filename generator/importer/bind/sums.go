package bind

import (
	"slices"

	"annals/generator/form"
)

// verdict is the result of testing the form's equations on placed values.
type verdict struct {
	held, failed int
	telling      bool // an equation held that would not hold for any numbers
}

// test evaluates the equations of the form that need nothing but the given
// cells. Cells without a number leave an equation out.
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
				v.telling = v.telling || !zero1 || !zero2
			} else {
				v.failed++
			}
		}
	}
	return v
}

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

// confirmed reports whether the rows that have a full set of values prove, by
// their sums, that the values stand in the form's order.
func (r *reader) confirmed() bool {
	values := map[int]*Piece{}
	for _, f := range r.rows {
		for _, n := range f.lines {
			if l := r.lines[n]; len(l.values) == len(f.row.Columns) {
				for i, p := range l.values {
					values[f.row.First+i] = p
				}
			}
		}
	}
	v := r.test(values)
	return v.telling && v.failed == 0
}

// doubtSums reports the rows of a table without borders whose sum is wrong: an
// empty cell leaves no trace there, so the numbers may have moved.
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

// doubtEdges reports the rows with more cells than the form's, an empty one
// first or last, that do not add up even with nothing where they are empty:
// which of the empty cells is the form's was no more than likely.
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

// order returns the values of several rows in one stretch row by row. Where a
// program wrote the numbers column by column the sums tell; where they cannot
// tell and it matters, the values are reported and nil returned.
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
	case across.failed == 0 && across.telling && (down.failed > 0 || !down.telling):
		return flat
	case down.failed == 0 && down.telling && (across.failed > 0 || !across.telling):
		r.report("import-read/by-column", flat[0], "table", r.v.name)
		return turned
	}
	r.report("import-ambiguous/order", flat[0], "row", rowNames(rows), "want", len(flat), "values", told(flat))
	return nil
}

func (r *reader) placed(rows []found, flat []*Piece) map[int]*Piece {
	values := map[int]*Piece{}
	for i, f := range rows {
		for j := range f.row.Columns {
			values[f.row.First+j] = flat[i*r.width+j]
		}
	}
	return values
}

// guessExtra handles rows with one value too many where the head cannot say
// which: the extra column is the one without which every row adds up.
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
		if v := r.test(values); v.telling && v.failed == 0 {
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
