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
	m := r.object(n)
	if m == nil {
		return
	}
	q := &Ratio{Label: r.label(m.need("label")), Formula: r.label(m.get("formula"))}
	usable := r.drawnID(m, &q.ID)
	for _, item := range r.list(m.need("over")) {
		q.Over = append(q.Over, r.cells(item)...)
	}
	for _, item := range r.list(m.need("under")) {
		q.Under = append(q.Under, r.cells(item)...)
	}
	if few := m.get("few"); few != nil {
		text, _ := r.line(few)
		if count.MatchString(text) {
			q.Few, _ = strconv.Atoi(text)
		} else {
			r.report("number", few.Span)
		}
	}
	m.close()
	if usable {
		r.form.Ratios = append(r.form.Ratios, q)
	}
}

func (r *reader) chart(n *yamlpos.Node) {
	m := r.object(n)
	if m == nil {
		return
	}
	c := &Chart{Label: r.label(m.need("label"))}
	usable := r.drawnID(m, &c.ID)
	for _, item := range r.list(m.need("parts")) {
		part := r.object(item)
		if part == nil {
			continue
		}
		p := Part{Label: r.label(part.need("label"))}
		for _, cell := range r.list(part.need("cells")) {
			p.Cells = append(p.Cells, r.cells(cell)...)
		}
		part.close()
		c.Parts = append(c.Parts, p)
	}
	m.close()
	if usable {
		r.form.Charts = append(r.form.Charts, c)
	}
}

// drawnID reads the id of a ratio or chart, which is part of page addresses
// and so is unique among both.
func (r *reader) drawnID(m *object, id *string) (usable bool) {
	n := m.need("id")
	if n == nil {
		return false
	}
	*id, usable = r.name(n, formID)
	return usable && r.unique(r.drawn, *id, n.Span)
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
