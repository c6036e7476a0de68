package bind

import (
	"slices"
	"strconv"
	"strings"

	"annals/generator/form"
	"annals/generator/lang"
)

// quote marks pieces as reported and returns their text for the diagnostic, with ∅
// for an empty one.
func quote(pieces []*Piece) string {
	var texts []string
	for _, p := range pieces {
		p.Use = Reported
		if p.Text != "" {
			texts = append(texts, p.Text)
		} else {
			texts = append(texts, "∅")
		}
	}
	return strings.Join(texts, " ")
}

// misfit reports values that are too few or too many for their rows.
func (r *reader) misfit(rows []found, values []*Piece, want int) {
	r.report("import-ambiguous/count", values[0], "row", rowNames(rows),
		"want", want, "have", len(values), "values", quote(values)).Cell = rows[0].row.Path
}

// rowNames names a row, or the first and last of several.
func rowNames(rows []found) lang.Text {
	first, last := rows[0].row.Full, rows[len(rows)-1].row.Full
	if len(rows) == 1 {
		return first
	}
	return lang.Text{ZH: first.In(lang.ZH) + "……" + last.In(lang.ZH), EN: first.In(lang.EN) + " … " + last.In(lang.EN)}
}

// noValues reports a row whose label has no values behind it.
func (r *reader) noValues(f found) {
	n := r.owner[f.first]
	at := r.lines[n].labels[0]
	r.report("import-ambiguous/no-values", at, "row", f.row.Full).Cell = f.row.Path
}

// unknownRow stores a line with values whose label the form does not have, such as
// an added subtotal or a row of another edition of the form. reportUnknown reports
// it later.
func (r *reader) unknownRow(n int, chunks [][]*Piece) {
	if values := slices.Concat(chunks...); allBlank(values) { // a line of the head
		for _, p := range values {
			p.Use = Blank
		}
		return
	}
	r.unknown = append(r.unknown, unknownLine{n, chunks})
	for _, p := range r.lines[n].labels {
		p.Use = Reported
	}
}

// unknownLine is a line with values that belongs to no row of the form.
type unknownLine struct {
	line   int
	chunks [][]*Piece
}

// reportUnknown reports a line that unknownRow stored. It is called once all rows of
// the form have their values.
func (r *reader) reportUnknown(n int, chunks [][]*Piece) {
	l := r.lines[n]
	var names []string
	for _, p := range l.labels {
		names = append(names, p.Text)
	}
	values := slices.Concat(chunks...)
	if len(l.labels) == 0 {
		r.report("import-unplaced/values", values[0], "values", quote(values))
		return
	}
	key := "import-unplaced/row"
	if r.subtotal(values) {
		key = "import-aside/subtotal"
	}
	if key == "import-unplaced/row" {
		r.strange(n, l, len(values))
	}
	r.report(key, l.labels[0], "label", strings.Join(names, " "), "values", quote(values))
	for _, p := range l.labels {
		p.Use = Reported
	}
}

// subtotal reports whether the values are, column by column, the sums of the
// rows of one group of the form.
func (r *reader) subtotal(values []*Piece) bool {
	if r.columns != nil && len(values) == len(r.columns) {
		ours := make([]*Piece, r.width)
		for i, column := range r.columns {
			if column >= 0 {
				ours[column] = values[i]
			}
		}
		values = ours
	}
	if r.v.table.Layout != form.Grid || len(values) != r.width {
		return false
	}
	var groups func(list []*form.Group) bool
	groups = func(list []*form.Group) bool {
		for _, g := range list {
			if g.Row == nil && (r.sumOf(g.Under, values) || groups(g.Under)) {
				return true
			}
		}
		return false
	}
	return groups(r.v.table.Body)
}

// sumOf reports whether the values are the sums of the rows of a group, all of
// which have been found.
func (r *reader) sumOf(list []*form.Group, values []*Piece) bool {
	for i, p := range values {
		terms := make([]form.Term, 0, len(list))
		cells := map[int]*Piece{}
		for _, g := range list {
			if g.Row == nil || !r.Cells[g.Row.First+i].Found {
				return false
			}
			n := g.Row.First + i
			terms = append(terms, form.Term{Cell: n})
			cells[n] = r.Cells[n].Piece
		}
		sum, _, ok := r.sum(terms, cells)
		if got := r.read(p.Text, list[0].Row.Columns[i]); !ok || !got.plain || got.text != strconv.FormatInt(sum, 10) {
			return false
		}
	}
	return true
}

// settleLabels marks as labels the pieces at least half of whose text was found
// in the form's labels, and reports those of which some text was not. Other pieces,
// and those with a number that is not in the form's label, stay Loose, so that
// Close reports them.
func (r *reader) settleLabels() {
	var unlike []*Piece
	for _, l := range r.lines {
		for i, p := range l.labels {
			if p.Use != Loose {
				continue
			}
			if r.caption(p) {
				p.Use, p.To = Label, r.v.table.ID
				continue
			}
			folded := p.fold()
			if l.head {
				if r.v.partOf(folded) || r.isHead(folded) {
					p.Use, p.To = Label, r.v.table.ID
				} else {
					r.report("import-aside/text", p, "text", p.Text, "count", 1)
					p.Use = Reported
				}
				continue
			}
			matched, digit := 0, false
			for j, c := range folded {
				at := l.starts[i] + j
				switch {
				case r.isCounter(p.Text):
				case r.used[at]:
					matched++
				case c >= '0' && c <= '9':
					single := (j == 0 || !isDigit(folded[j-1])) && j+1 < len(folded) && !isDigit(folded[j+1])
					digit = digit || !single || !r.used[at+1]
				}
			}
			switch {
			case digit:
			case r.isCounter(p.Text), r.v.partOf(folded), r.isHead(folded):
				p.Use, p.To = Label, r.v.table.ID
			case matched*2 >= len(folded):
				p.Use, p.To = Label, r.v.table.ID
				if matched < len(folded) {
					unlike = append(unlike, p)
				}
			}
		}
		for _, p := range l.odd {
			r.ordinal(l, p)
		}
	}
	for _, p := range unlike {
		r.report("import-read/label", p, "text", p.Text)
	}
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// ordinal marks a number before a label as a label if it is the row's number.
func (r *reader) ordinal(l *line, p *Piece) {
	n, err := strconv.Atoi(p.Text)
	if err != nil || l.grid == nil {
		return
	}
	want := 0
	for _, row := range l.grid.rows[:l.row+1] {
		for _, q := range row {
			if q.column == p.column && r.isValue(q.Text) && q.Text != "" {
				want++
			}
		}
	}
	if n == want && len(l.values) > 0 {
		p.Use, p.To = Label, "ordinal"
	}
}
