package bind

import (
	"slices"
	"strings"

	"annals/generator/form"
)

// readHead finds out to which column of the form each value of a row belongs. In
// a grid whose spans are known, the head above each value says it; otherwise the
// names of the columns must be in the form's order.
func (r *reader) readHead() {
	if r.width == 0 || len(r.rows) == 0 {
		return
	}
	first := len(r.lines)
	for n, l := range r.lines {
		if len(l.values) > 0 && !allBlank(l.values) {
			first = n
			break
		}
	}
	if first == len(r.lines) {
		return
	}
	if l := r.lines[first]; l.grid != nil && l.grid.grid.Exact && r.v.table.Layout == form.Grid {
		if columns, ok := r.downColumns(l); ok {
			r.differ(columns)
			return
		}
	}
	if r.uniform() {
		return
	}
	switch r.headWords(r.lines[:first]) {
	case headRight:
	case headWrong:
		r.report("import-ambiguous/columns", r.lines[first].values[0], "table", r.v.name)
	default:
		r.headless = r.lines[first].values[0]
	}
	if r.v.table.Layout == form.Grid {
		r.guessExtra()
	}
}

// differ stores the document's order of columns if it is not the form's.
func (r *reader) differ(columns []int) {
	for i, c := range columns {
		if c != i || len(columns) != r.width {
			r.columns = columns
			r.extraColumns()
			return
		}
	}
}

// uniform reports whether all values of the table are the same, so that it
// does not matter in which order they are taken.
func (r *reader) uniform() bool {
	text := ""
	for _, l := range r.lines {
		for _, p := range l.values {
			if p.Text != "" && text != "" && p.Text != text {
				return false
			}
			if p.Text != "" {
				text = p.Text
			}
		}
	}
	return true
}

// downColumns returns for each value of the line the column of the form, by the
// head above the value; -1 for a column that the form does not have. ok is false
// unless every column of the form is found exactly once.
func (r *reader) downColumns(l *line) (order []int, ok bool) {
	columns := r.v.table.Rows[0].Columns
	seen := map[int]bool{}
	for _, p := range l.values {
		text := r.above(l, p.column)
		if text == "" {
			if p.Text != "" {
				return nil, false
			}
			continue
		}
		n := r.headOf(l, p.column, columns)
		if n >= 0 && seen[n] || n < 0 && r.v.words[text] {
			return nil, false
		}
		if n >= 0 {
			seen[n] = true
		}
		order = append(order, n)
	}
	return order, len(seen) == len(columns)
}

// above returns the folded text of the lowest cell of the head over a column.
func (r *reader) above(l *line, column int) string {
	for i := l.row - 1; i >= 0; i-- {
		for _, q := range l.grid.rows[i] {
			if q.Text != "" && q.column <= column && column < q.column+q.span {
				return form.Normalise(q.Text)
			}
		}
	}
	return ""
}

// headOf returns the index of the column of the form whose name is in the head
// above a grid's column, in the lowest cell or in the lowest few cells read as one
// text; -1 if there is none.
func (r *reader) headOf(l *line, column int, columns []*form.Column) int {
	text := ""
	for i := l.row - 1; i >= 0; i-- {
		for _, q := range l.grid.rows[i] {
			if q.Text == "" || q.column > column || column >= q.column+q.span {
				continue
			}
			text = form.Normalise(q.Text) + text
			for n, c := range columns {
				if slices.Contains(r.columnNames(c), text) {
					return n
				}
			}
		}
	}
	return -1
}

// columnNames returns the normalised label and aliases of a column.
func (b *Bound) columnNames(c *form.Column) []string {
	names := []string{form.Normalise(b.Form.Own(c.Label))}
	for _, a := range c.Aliases {
		names = append(names, form.Normalise(a))
	}
	return names
}

// extraColumns reports columns that the form does not have. The diagnostic quotes
// their values, so that none is lost.
func (r *reader) extraColumns() {
	for i, column := range r.columns {
		if column >= 0 {
			continue
		}
		var values []*Piece
		for _, l := range r.lines {
			if rest, sure := trim(l.values, len(r.columns)); sure && len(rest) == len(r.columns) {
				values = append(values, rest[i])
			}
		}
		if len(values) > 0 {
			values = append(r.headings(values[0]), values...)
			r.report("import-aside/column", values[0], "table", r.v.name, "values", quote(values))
		}
	}
}

// headings returns the cells of the head above a value for which the form has no
// column.
func (r *reader) headings(p *Piece) (list []*Piece) {
	for _, l := range r.lines {
		for _, q := range l.labels {
			if q.grid == p.grid && q.row < p.row && q.column == p.column && !r.v.words[form.Normalise(q.Text)] {
				list = append(list, q)
			}
		}
	}
	return list
}

// headState is the result of headWords: a name of a column is missing, or all are
// in the form's order, or they are in another order.
type headState uint8

const (
	headMissing headState = iota
	headRight
	headWrong
)

// headWords looks for the names of the columns in the text of the head. Names on
// the same line must be in the form's order. Names on different lines need not be,
// because the name of a tall cell is on the first of its lines. But if the names
// are on more than four lines, the document has about one name a line; then they
// must be in order too, except that the name of the last column may come before
// all others, and a name that is higher in the head than its neighbour may come
// early if the sums agree.
func (r *reader) headWords(head []*line) headState {
	position, depth := map[*form.Column]int{}, map[*form.Column]int{}
	lines := map[int]bool{}
	whole := ""
	for n, l := range head {
		for _, p := range l.labels {
			whole += form.Normalise(p.Text)
		}
		text := r.withoutHeadings(l)
		for _, w := range r.v.head {
			if w.column == nil {
				continue
			}
			depth[w.column] = w.depth
			for _, name := range w.names {
				if at := strings.Index(text, name); at >= 0 {
					position[w.column] = n<<16 + at
					lines[n] = true
					break
				}
			}
		}
	}
	missing, loose := "", false
	before, least, deep := -1, 1<<30, 0
	columns := r.v.table.Rows[0].Columns
	for i, c := range columns {
		at, ok := position[c]
		if !ok {
			missing += r.columnNames(c)[0]
			continue
		}
		sameLine := before >= 0 && before>>16 == at>>16
		early := i == len(columns)-1 && at < least
		switch {
		case before < 0 || at > before || !sameLine && (len(lines) <= 4 || early):
		case sameLine || depth[c] >= deep:
			return headWrong
		default: // it may span lines of the head
			loose = true
		}
		before, least, deep = at, min(least, at), depth[c]
	}
	switch {
	case loose:
	case missing == "" || r.spread(whole, missing):
		return headRight
	}
	return headMissing
}

// withoutHeadings returns the text of a line of the head without headings that
// cover several columns, because those may contain names of columns.
func (r *reader) withoutHeadings(l *line) string {
	var b strings.Builder
	for _, p := range l.labels {
		b.WriteString(form.Normalise(p.Text))
	}
	text := b.String()
	for _, w := range r.v.head {
		if w.column == nil {
			for _, name := range w.names {
				text = strings.ReplaceAll(text, name, "\n")
			}
		}
	}
	return text
}

// spread reports whether every character of the missing names is in the head's
// text, as is the case if the names are broken over several rows.
func (r *reader) spread(text, missing string) bool {
	count := map[rune]int{}
	for _, c := range text {
		count[c]++
	}
	for _, c := range missing {
		if count[c]--; count[c] < 0 {
			return false
		}
	}
	return true
}
