package bind

import (
	"slices"

	"annals/generator/form"
)

// caption reports whether a cell is the heading of a part of the form. Such a cell
// is not a label, although a label may occur in its text.
func (r *reader) caption(p *Piece) bool {
	return r.heads.Find(p.Text) != nil && !r.v.prints(p.fold())
}

// findRows aligns the labels of the document with those of the form.
func (r *reader) findRows() bool {
	for n, l := range r.lines {
		for _, p := range l.labels {
			l.starts = append(l.starts, len(r.have))
			if r.isCounter(p.Text) || r.caption(p) || l.head {
				continue
			}
			for _, c := range p.fold() {
				r.have = append(r.have, c)
				r.owner = append(r.owner, n)
			}
		}
	}
	units := r.v.spellings(r.have)
	var want []rune
	for _, u := range units {
		want = append(want, u.text...)
	}
	at, ok := align(r.have, want)
	if !ok {
		return false
	}
	r.used = make([]bool, len(r.have))
	offset := 0
	for _, u := range units {
		part := at[offset : offset+len(u.text)]
		offset += len(u.text)
		f, ok := r.judge(u, part)
		if u.row != nil && (!ok || !f.exact && r.another(f)) {
			continue
		}
		for _, i := range part {
			if i >= 0 {
				r.used[i] = true
			}
		}
		if u.row != nil {
			r.rows = append(r.rows, f)
		}
	}
	body := r.body()
	r.rows = slices.DeleteFunc(r.rows, func(f found) bool {
		return r.v.columns[string(f.text)] && r.owner[f.first] < body
	})
	r.outOfOrder(units, body)
	return true
}

// captions removes the lines of text that only repeat the label of a row of a grid:
// they are the grid's title. It finds the heads too, which may be repeated.
func (r *reader) captions() {
	labels := map[string]bool{}
	for _, l := range r.lines {
		if l.grid == nil {
			continue
		}
		l.head = r.v.table.Layout == form.Grid && len(l.labels) > 1 && allBlank(l.values) &&
			slices.ContainsFunc(l.labels, func(p *Piece) bool { return r.v.columns[string(p.fold())] })
		for _, p := range l.labels {
			if len(l.values) > 0 {
				labels[string(p.fold())] = true
			}
		}
	}
	r.lines = slices.DeleteFunc(r.lines, func(l *line) bool {
		title := l.grid == nil && len(l.values) == 0 && len(l.labels) == 1 && labels[string(l.labels[0].fold())]
		if title {
			l.labels[0].Use, l.labels[0].To = Label, r.v.table.ID
		}
		return title
	})
}

// body returns the first line of the table's body: that of the first row whose
// label has more than three characters. A label above that line which is also the
// name of a column is the column's.
func (r *reader) body() int {
	if r.v.table.Layout != form.Grid {
		return 0
	}
	first := len(r.lines)
	for _, f := range r.rows {
		if len(f.text) > 3 {
			first = min(first, r.owner[f.first])
		}
	}
	return first
}

// another reports whether a label that resembles the row's label is exactly the
// label of another row.
func (r *reader) another(f found) bool {
	for _, n := range f.lines {
		for _, p := range r.lines[n].labels {
			text := string(p.fold())
			for _, u := range r.v.units {
				if u.row != nil && u.row != f.row && u.has(text) && !f.has(text) {
					return true
				}
			}
		}
	}
	return false
}

func (u unit) has(text string) bool {
	return slices.ContainsFunc(u.names, func(name []rune) bool { return string(name) == text })
}

func (f found) has(text string) bool { return string(f.text) == text }

// outOfOrder finds the rows that are not in the form's order. A row is found if
// its label is the whole text of exactly one cell, and no other row has that label.
func (r *reader) outOfOrder(units []unit, body int) {
	for _, u := range units {
		if u.row == nil || slices.ContainsFunc(r.rows, func(f found) bool { return f.row == u.row }) {
			continue
		}
		var at []found
		for n, l := range r.lines {
			for i, p := range l.labels {
				if l.head {
					break
				}
				text := string(p.fold())
				if !u.has(text) || n < body && r.v.columns[text] || slices.ContainsFunc(units, func(o unit) bool { return o.row != u.row && o.has(text) }) {
					continue
				}
				start := l.starts[i]
				at = append(at, found{row: u.row, text: []rune(text), first: start, last: start + len([]rune(text)) - 1, lines: []int{n}, exact: true})
			}
		}
		if len(at) != 1 {
			continue
		}
		for i := at[0].first; i <= at[0].last; i++ {
			r.used[i] = true
		}
		r.rows = append(r.rows, at[0])
	}
	slices.SortStableFunc(r.rows, func(a, b found) int { return a.first - b.first })
}

// judge decides from the alignment whether a label was found: if at least three
// quarters of its characters were, in few stretches. Of a label of up to three
// characters all must be found, in one stretch.
func (r *reader) judge(u unit, at []int) (f found, ok bool) {
	f = found{row: u.row, text: u.text, first: -1}
	matched, breaks := 0, 0
	perLine := map[int]int{}
	for _, i := range at {
		if i < 0 {
			continue
		}
		if f.first < 0 {
			f.first = i
		} else if i != f.last+1 {
			breaks++
		}
		f.last = i
		matched++
		perLine[r.owner[i]]++
	}
	n := len(u.text)
	for i := range r.lines {
		if perLine[i] >= min(2, n) {
			f.lines = append(f.lines, i)
		}
	}
	f.exact = matched == n && breaks == 0
	if n <= 3 {
		return f, f.exact
	}
	return f, matched*4 >= n*3 && breaks <= max(n/3, 1)
}
