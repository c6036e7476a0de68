package bind

import (
	"cmp"
	"slices"
	"strings"

	"annals/generator/form"
	"annals/generator/importer/draft"
)

// place assigns the values to rows, one run at a time. A run is a line with a
// label and the lines without a label that follow.
func (r *reader) place() {
	r.sample()
	next := 0 // the first row that may still lack values
	for i := 0; i < len(r.lines); i++ {
		if len(r.lines[i].values) == 0 {
			continue
		}
		end := i + 1
		for end < len(r.lines) && len(r.lines[end].labels) == 0 {
			end++
		}
		next = r.run(i, end, next)
		i = end - 1
	}
	for _, f := range r.rows[next:] {
		r.noValues(f)
	}
	r.doubtSums()
	for _, s := range r.unknown {
		r.reportUnknown(s.line, s.chunks)
	}
}

// run places the values of the lines [from, to). It returns the index of the
// first row that still lacks values.
func (r *reader) run(from, to, next int) int {
	pending := next
	for pending < len(r.rows) && r.startsBefore(r.rows[pending], from) {
		pending++
	}
	waiting := r.rows[next:pending]
	var chunks [][]*Piece
	for _, l := range r.lines[from:to] {
		if len(l.values) > 0 {
			chunks = append(chunks, l.values)
		}
	}
	if len(r.lines[from].labels) > 0 {
		var here []found
		for _, f := range waiting {
			if slices.Contains(f.lines, from) {
				here = append(here, f)
			}
		}
		if len(here) == 0 && !r.stray(from, waiting, chunks) {
			r.unknownRow(from, chunks)
			return next
		}
		if len(here) > 0 && len(here) < len(waiting) && !r.fits(waiting, chunks) {
			for _, f := range waiting[:len(waiting)-len(here)] {
				r.noValues(f)
			}
			waiting = here
		}
	}
	if len(waiting) == 0 {
		r.unknownRow(from, chunks)
		return next
	}
	r.assign(waiting, chunks)
	return pending
}

// startsBefore reports whether the row's label begins in or before the line.
func (r *reader) startsBefore(f found, line int) bool { return r.owner[f.first] <= line }

// stray reports whether the label of a line is only a character or two from
// elsewhere, such as from a vertical heading, or parts of labels and of remarks on
// them and the sums agree, so that the line's values belong to the row that still
// lacks values.
func (r *reader) stray(n int, waiting []found, chunks [][]*Piece) bool {
	l := r.lines[n]
	length := 0
	for _, p := range l.labels {
		length += len(p.fold())
	}
	if l.grid != nil || len(waiting) != 1 || !r.fits(waiting, chunks) {
		return false
	}
	parts := !slices.ContainsFunc(l.labels, func(p *Piece) bool { return r.v.prints(p.fold()) })
	return length <= 2 || parts && r.sumsHold(waiting[0].row, slices.Concat(chunks...))
}

// fits reports whether there are exactly as many values as the rows have cells.
func (r *reader) fits(rows []found, chunks [][]*Piece) bool {
	have, want := 0, 0
	for _, c := range chunks {
		have += len(c)
	}
	for _, f := range rows {
		want += len(f.row.Columns)
	}
	return have == want
}

// assign places the values of several lines in rows: those of a line in a row if
// there are as many lines as rows, otherwise all values as one sequence.
func (r *reader) assign(rows []found, chunks [][]*Piece) {
	if len(rows) > 1 && len(chunks) > len(rows) {
		chunks = slices.DeleteFunc(slices.Clone(chunks), allBlank)
	}
	if len(rows) == len(chunks) {
		for i, f := range rows {
			r.row(f, chunks[i])
		}
		return
	}
	flat := slices.Concat(chunks...)
	if len(rows) == 1 {
		r.row(rows[0], flat)
		return
	}
	want := 0
	for _, f := range rows {
		want += len(f.row.Columns)
	}
	flat, _ = trim(flat, want)
	if len(flat) != want {
		flat, _ = trim(r.withoutGaps(flat), want)
	}
	if len(flat) != want {
		r.misfit(rows, flat, want)
		return
	}
	if flat = r.order(rows, flat); flat == nil {
		return
	}
	for _, f := range rows {
		n := len(f.row.Columns)
		r.set(f.row, flat[:n])
		flat = flat[n:]
	}
}

// row places the values of one row.
func (r *reader) row(f found, values []*Piece) {
	n := len(f.row.Columns)
	want := n
	if r.columns != nil {
		want = len(r.columns)
	}
	trimmed, sure := trim(values, want)
	if !sure {
		trimmed, sure = r.byColumn(values, want)
	}
	if !sure || len(trimmed) != want {
		trimmed, sure = trim(r.withoutGaps(values), want)
	}
	if !sure || len(trimmed) != want || r.shifted(trimmed) && !r.addsUp(f.row, trimmed) {
		r.misfit([]found{f}, values, n)
		return
	}
	if len(trimmed) < len(values) && !allBlank(trimmed) && (trimmed[0].Text == "" || trimmed[want-1].Text == "") {
		r.edged = append(r.edged, f.row)
	}
	for _, p := range values {
		if p.Text == "" && !slices.Contains(trimmed, p) {
			p.Use = Blank
		}
	}
	if r.columns != nil {
		placed := make([]*Piece, n)
		for i, column := range r.columns {
			if column >= 0 {
				placed[column] = trimmed[i]
			}
		}
		trimmed = placed
	}
	r.set(f.row, trimmed)
}

// trim removes empty cells from both ends until n cells are left. sure is false
// if a cell could be removed at either end, because the choice decides in which
// columns the numbers between them stand.
func trim(values []*Piece, n int) (rest []*Piece, sure bool) {
	if len(values) <= n {
		return values, true
	}
	first, last := 0, len(values)
	for first < last && values[first].Text == "" {
		first++
	}
	for last > first && values[last-1].Text == "" {
		last--
	}
	switch {
	case first == last:
		return values[:n], true
	case last-first >= n:
		return values[first:last], true
	case first > 0 && last < len(values):
		return values, false
	case first > 0:
		return values[len(values)-n:], true
	}
	return values[:n], true
}

// sample records in which columns the full rows of each grid have their values.
// A full row has a value for each column of the table and no empty cell between
// them. If full rows stand in different columns, those of most rows are recorded.
func (r *reader) sample() {
	type block struct {
		grid        *draft.Grid
		first, last int
	}
	count := map[block]int{}
	for _, l := range r.lines {
		if l.grid == nil || len(l.values) == 0 {
			continue
		}
		core := slices.Clone(l.values)
		for len(core) > 0 && core[0].Text == "" {
			core = core[1:]
		}
		for len(core) > 0 && core[len(core)-1].Text == "" {
			core = core[:len(core)-1]
		}
		if len(core) == 0 || len(core) != max(r.width, len(r.columns)) || slices.ContainsFunc(core, func(p *Piece) bool { return p.Text == "" }) {
			continue
		}
		k := block{l.grid.grid, core[0].column, core[len(core)-1].column}
		count[k]++
		if best, ok := r.sampled[k.grid]; !ok || count[k] > best.count {
			columns := map[int]bool{}
			for _, p := range core {
				columns[p.column] = true
			}
			r.sampled[k.grid] = sampled{count[k], columns}
		}
	}
}

// sampled holds the columns in which a grid's full rows have values, and the
// number of those rows.
type sampled struct {
	count   int
	columns map[int]bool
}

// shifted reports whether a row that begins or ends with an empty cell stands
// in other columns than the full rows of its grid: then the empty cell may be
// there for the layout, and a number may be missing.
func (r *reader) shifted(values []*Piece) bool {
	if len(values) < 2 || values[0].Text != "" && values[len(values)-1].Text != "" || allBlank(values) {
		return false
	}
	full, ok := r.sampled[values[0].grid]
	return ok && (!full.columns[values[0].column] || !full.columns[values[len(values)-1].column])
}

// addsUp reports whether the values of a text's row, which says nothing of
// columns, are the row's by its sums. If other rows have empty cells beside their
// labels, this one may lack a number and have one of these.
func (r *reader) addsUp(row *form.Row, values []*Piece) bool {
	if g := values[0].grid; g == nil || g.Exact || len(values) != len(row.Columns) {
		return false
	}
	for _, l := range r.lines {
		if l.grid != nil && l.grid.grid == values[0].grid && len(l.values) > 0 && len(l.grid.rows[l.row]) > len(l.labels)+len(values) {
			return false
		}
	}
	return r.sumsHold(row, values)
}

// sumsHold reports whether the values add up as those of the row, where an empty one
// counts for nothing.
func (r *reader) sumsHold(row *form.Row, values []*Piece) bool {
	cells := map[int]*Piece{}
	for i, p := range values {
		if cells[row.First+i] = p; p.Text == "" {
			cells[row.First+i] = &Piece{Text: "0"}
		}
	}
	v := r.test(cells)
	return v.significant && v.failed == 0
}

// byColumn returns the values in the columns in which full rows of the grid have
// theirs. sure is false if these are not n, or a value stands in another column.
func (r *reader) byColumn(values []*Piece, n int) (rest []*Piece, sure bool) {
	if g := values[0].grid; g == nil || !g.Exact {
		return values, false
	}
	columns := r.sampled[values[0].grid].columns
	for _, p := range values {
		switch {
		case columns[p.column]:
			rest = append(rest, p)
		case p.Text != "":
			return values, false
		}
	}
	return rest, len(rest) == n
}

// withoutGaps removes the empty cells of columns in which the whole table has
// neither values nor labels. Merged cells leave such columns behind in CSV.
func (r *reader) withoutGaps(values []*Piece) (rest []*Piece) {
	grid := values[0].grid
	if grid == nil {
		return values
	}
	filled := map[int]bool{}
	for _, l := range r.lines {
		if l.grid == nil || l.grid.grid != grid {
			continue
		}
		for _, p := range l.grid.rows[l.row] {
			if p.Text != "" {
				filled[p.column] = true
			}
		}
	}
	for _, p := range values {
		if p.grid != grid || filled[p.column] {
			rest = append(rest, p)
		}
	}
	return rest
}

// set reads the values of a row into its cells.
func (r *reader) set(row *form.Row, values []*Piece) {
	for i, p := range values {
		n := row.First + i
		cell := &r.Form.Cells[n]
		if r.Cells[n].Found {
			p.Use = Reported
			r.report("import-ambiguous/again", p, "cell", cell.Row.Full, "text", p.Text).Cell = cell.ID
			continue
		}
		got := r.read(p.Text, cell.Column)
		p.Use, p.To = Value, cell.ID
		if p.struck != "" {
			was := r.Form.Language.Document.Struck
			got.note = strings.NewReplacer("{text}", cmp.Or(got.note, p.Text), "{struck}", p.struck).Replace(was)
		}
		r.Cells[n] = Cell{Found: true, Text: got.text, Plain: got.plain, Note: got.note, Piece: p}
		if got.doubt == "" {
			continue
		}
		key := "import-number/" + got.doubt
		if got.plain {
			key = "import-read/" + got.doubt
		}
		r.report(key, p, "text", p.Text, "value", got.text, "cell", cell.Label).Cell = cell.ID
	}
}
