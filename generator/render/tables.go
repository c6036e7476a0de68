package render

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/site"
)

// The marks that stand for values while a table's layout is executed: two
// characters for private use around the number of the value.
const (
	markStart = "\uE000"
	markEnd   = "\uE001"
)

// pieces is a compiled layout: fixed text, and between two pieces a value.
type pieces struct {
	text   []string // one more than values
	values []int
	size   int
}

// cut takes a layout's result apart at the marks. A value must stand alone
// between two tags, because what takes its place may be an element itself.
func cut(s string) (*pieces, error) {
	p := &pieces{size: len(s)}
	for {
		before, rest, ok := strings.Cut(s, markStart)
		p.text = append(p.text, before)
		if !ok {
			return p, nil
		}
		digits, after, _ := strings.Cut(rest, markEnd)
		n, err := strconv.Atoi(digits)
		if err != nil || !strings.HasSuffix(before, ">") || !strings.HasPrefix(after, "<") {
			return nil, fmt.Errorf("a value must stand alone between two tags")
		}
		p.values = append(p.values, n)
		s = after
	}
}

func mark(n int) string { return markStart + strconv.Itoa(n) + markEnd }

// printed is an official table, ready for the values of any report.
type printed struct {
	table   *pieces
	compare *pieces // values are numbers of lines × 3 + column
	lines   []site.Compared
	types   []form.Type // by line
}

func newPrinted(f *form.Form, t *site.Table, table, compare *template.Template) (*printed, error) {
	for i := range t.Bodies {
		for j := range t.Bodies[i].Rows {
			cells := t.Bodies[i].Rows[j].Cells
			for k := range cells {
				cells[k].Value = mark(cells[k].Number)
			}
		}
	}
	for i := range t.Compare {
		c := &t.Compare[i]
		c.This, c.Last, c.Change = mark(i*3), mark(i*3+1), mark(i*3+2)
	}
	p := &printed{lines: t.Compare}
	for _, c := range t.Compare {
		p.types = append(p.types, f.Cells[c.Cell].Column.Type)
	}
	html, err := execute(table, t)
	if err != nil {
		return nil, err
	}
	if p.table, err = cut(html); err != nil {
		return nil, err
	}
	if html, err = execute(compare, t); err != nil {
		return nil, err
	}
	p.compare, err = cut(html)
	return p, err
}

// Cell is what the layout of a cell is given: a cell that is more than a
// plain number.
type Cell struct {
	Text     string // as the document prints it
	Blank    bool   // printed empty
	Missing  bool   // the row is not there
	Token    bool   // a sign in the place of a number
	Invalid  bool   // something else that is no number
	Fault    string // id of the notice, where the cell is in error
	Accepted string // id of the notice, where it departs from a relation with reason
	Notes    []int  // numbers of its footnotes
}

// blanks makes the cells that are alike in every report.
func (r *Renderer) blanks() (err error) {
	if r.blank, err = execute(r.cell, Cell{Blank: true}); err != nil {
		return err
	}
	r.missing, err = execute(r.cell, Cell{Missing: true})
	return err
}

// table prints a table of a report, and the comparison with the year before.
func (r *Renderer) table(page *site.ReportPage, index int) (template.HTML, error) {
	if page.Path == shapeMark {
		return trusted([]byte(slot(slotTable + index))), nil
	}
	b, err := r.appendTable(nil, page, index)
	return trusted(b), err
}

func (r *Renderer) appendTable(b []byte, page *site.ReportPage, index int) ([]byte, error) {
	f := page.Source.Form
	if index < 0 || index >= len(r.tables[f]) {
		return b, fmt.Errorf("form %s has no table %d", f.ID, index)
	}
	p := r.tables[f][index]
	size := p.table.size
	if page.Last != nil {
		size += p.compare.size
	}
	b = slices.Grow(b, size+64)
	for i, cell := range p.table.values {
		b = append(b, p.table.text[i]...)
		var fact archive.Fact
		if cell < len(page.Source.Facts) {
			fact = page.Source.Facts[cell]
		}
		m, marked := page.Mark(cell)
		var err error
		if b, err = r.appendCell(b, fact, f.Cells[cell].Column.Type, m, marked); err != nil {
			return b, err
		}
	}
	b = append(b, p.table.text[len(p.table.values)]...)
	if page.Last != nil {
		b = p.appendCompare(b, page.Source.Facts, page.Last)
	}
	return b, nil
}

func (r *Renderer) appendCell(b []byte, f archive.Fact, t form.Type, m site.Mark, marked bool) ([]byte, error) {
	if !marked {
		switch f.Status {
		case archive.Number:
			return f.AppendNumber(b, t), nil
		case archive.Blank:
			return append(b, r.blank...), nil
		case archive.Missing:
			return append(b, r.missing...), nil
		}
	}
	c := Cell{Text: f.Text, Blank: f.Status == archive.Blank, Missing: f.Status == archive.Missing,
		Token: f.Status == archive.NotApplicable, Invalid: f.Status == archive.Invalid,
		Fault: m.Fault, Accepted: m.Accepted, Notes: m.Notes}
	if f.Status == archive.Number {
		c.Text = string(f.AppendNumber(nil, t))
	}
	html, err := execute(r.cell, c)
	return append(b, html...), err
}

// appendCompare sets the values beside those of the year before.
func (p *printed) appendCompare(b []byte, facts, last []archive.Fact) []byte {
	at := func(list []archive.Fact, cell int) archive.Fact {
		if cell < len(list) {
			return list[cell]
		}
		return archive.Fact{}
	}
	for i, v := range p.compare.values {
		b = append(b, p.compare.text[i]...)
		line := v / 3
		x, y := at(facts, p.lines[line].Cell), at(last, p.lines[line].Cell)
		switch {
		case v%3 == 0 && x.Known():
			b = x.AppendNumber(b, p.types[line])
		case v%3 == 1 && y.Known():
			b = y.AppendNumber(b, p.types[line])
		case v%3 == 2 && x.Known() && y.Known():
			b = appendChange(b, x.Value-y.Value, p.types[line])
		default:
			b = append(b, "—"...)
		}
	}
	return append(b, p.compare.text[len(p.compare.values)]...)
}

func appendChange(b []byte, n int64, t form.Type) []byte {
	switch {
	case n > 0:
		b = append(b, '+')
	case n < 0:
		b = append(b, "−"...)
		n = -n
	}
	return t.Append(b, n)
}
