package form

import (
	"regexp"
	"strconv"
	"strings"

	"annals/generator/source"
	"annals/generator/yamlpos"
)

// figures reads the cells that summaries show.
func (r *reader) figures(n *yamlpos.Node) {
	for _, item := range r.list(n) {
		r.form.Figures = append(r.form.Figures, r.cells(item)...)
	}
}

// count is a whole number that fits any machine's.
var count = regexp.MustCompile(`^(0|[1-9][0-9]{0,5})$`)

func (r *reader) ratio(n *yamlpos.Node) {
	m := r.Fields(n)
	if m == nil {
		return
	}
	q := &Ratio{Label: r.label(m.Need("label")), Formula: r.label(m.Get("formula"))}
	var usable bool
	q.ID, usable = r.id(m, formID, r.drawn)
	for _, item := range r.list(m.Need("over")) {
		q.Over = append(q.Over, r.cells(item)...)
	}
	for _, item := range r.list(m.Need("under")) {
		q.Under = append(q.Under, r.cells(item)...)
	}
	q.Few = r.number(m.Get("few"))
	m.Close()
	if usable {
		r.form.Ratios = append(r.form.Ratios, q)
	}
}

// number reads an optional whole number.
func (r *reader) number(n *yamlpos.Node) (value int) {
	if n == nil {
		return 0
	}
	text, _ := r.line(n)
	if count.MatchString(text) {
		value, _ = strconv.Atoi(text)
	} else {
		r.report("number", n.Span)
	}
	return value
}

func (r *reader) chart(n *yamlpos.Node) {
	m := r.Fields(n)
	if m == nil {
		return
	}
	c := &Chart{Label: r.label(m.Need("label"))}
	var usable bool
	c.ID, usable = r.id(m, formID, r.drawn)
	for _, item := range r.list(m.Need("parts")) {
		part := r.Fields(item)
		if part == nil {
			continue
		}
		p := Part{Label: r.label(part.Need("label"))}
		for _, cell := range r.list(part.Need("cells")) {
			p.Cells = append(p.Cells, r.cells(cell)...)
		}
		part.Close()
		c.Parts = append(c.Parts, p)
	}
	m.Close()
	if usable {
		r.form.Charts = append(r.form.Charts, c)
	}
}

// cells reads a cell's id, or group.*.column: the column's cell in every row
// below the group.
func (r *reader) cells(n *yamlpos.Node) []int {
	id, ok := r.line(n)
	if !ok {
		return nil
	}
	if cell, ok := r.form.cells[id]; ok {
		return []int{cell}
	}
	var list []int
	if group, column, star := strings.Cut(id, ".*."); star {
		rows := r.groupRows(group)
		if !r.room(len(rows), n.Span) {
			return nil
		}
		for _, row := range rows {
			if cell, ok := r.form.cells[row.Path+"."+column]; ok {
				list = append(list, cell)
			}
		}
	}
	if list == nil {
		r.unknownCell(id, n.Span)
	}
	return list
}

func (r *reader) unknownCell(id string, at source.Span) {
	if r.full() {
		return
	}
	known := make([]string, len(r.form.Cells))
	for i, c := range r.form.Cells {
		known[i] = c.ID
	}
	r.suggest("cell", at, id, known)
}
