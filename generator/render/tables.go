package render

import (
	"fmt"
	"html/template"
	"slices"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/site"
)

// printed is an official table, ready for the values of any report. Its
// layout is executed once for a form, with marks in the place of the values.
type printed struct {
	table   *pieces
	compare *pieces // values are numbers of lines × 3 + column
	lines   []site.Compared
	types   []form.Type // by line
}

func (m marks) newPrinted(f *form.Form, t *site.Table, table, compare *template.Template) (*printed, error) {
	for i := range t.Bodies {
		for j := range t.Bodies[i].Rows {
			cells := t.Bodies[i].Rows[j].Cells
			for k := range cells {
				cells[k].Value = m.value(cells[k].Number)
			}
		}
	}
	for i := range t.Compare {
		c := &t.Compare[i]
		c.This, c.Last, c.Change = m.value(i*3), m.value(i*3+1), m.value(i*3+2)
	}
	p := &printed{lines: t.Compare}
	for _, c := range t.Compare {
		p.types = append(p.types, f.Cells[c.Cell].Column.Type)
	}
	html, err := execute(table, t)
	if err != nil {
		return nil, err
	}
	if p.table, err = m.cut(html); err != nil {
		return nil, err
	}
	if html, err = execute(compare, t); err != nil {
		return nil, err
	}
	p.compare, err = m.cut(html)
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

// table prints a table of a report, and the comparison with the year before.
func (x *run) table(page *site.ReportPage, index int) error {
	f := page.Source.Form
	if index < 0 || index >= len(x.r.tables[f]) {
		return fmt.Errorf("form %s has no table %d", f.ID, index)
	}
	p := x.r.tables[f][index]
	size := p.table.size
	if page.Last != nil {
		size += p.compare.size
	}
	b := slices.Grow(x.b, size+64)
	for i, cell := range p.table.slots {
		b = append(b, p.table.text[i]...)
		if cell == rootSlot {
			b = append(b, x.root...)
			continue
		}
		var fact archive.Fact
		if cell < len(page.Source.Facts) {
			fact = page.Source.Facts[cell]
		}
		m, marked := page.Mark(cell)
		if fact.Status == archive.Number && !marked {
			b = fact.AppendNumber(b, f.Cells[cell].Column.Type)
			continue
		}
		x.b = b
		if err := x.cell(fact, f.Cells[cell].Column.Type, m); err != nil {
			return err
		}
		b = x.b
	}
	b = append(b, p.table.text[len(p.table.slots)]...)
	if page.Last != nil {
		b = p.appendCompare(b, x.root, page.Source.Facts, page.Last)
	}
	x.b = b
	return nil
}

// cell prints a cell that is more than a plain number.
func (x *run) cell(f archive.Fact, t form.Type, m site.Mark) error {
	c := Cell{Text: f.Text, Blank: f.Status == archive.Blank, Missing: f.Status == archive.Missing,
		Token: f.Status == archive.NotApplicable, Invalid: f.Status == archive.Invalid,
		Fault: m.Fault, Accepted: m.Accepted, Notes: m.Notes}
	if f.Status == archive.Number {
		c.Text = string(f.AppendNumber(nil, t))
	}
	return x.layout(x.r.cell, &c)
}

// appendCompare sets the values beside those of the year before.
func (p *printed) appendCompare(b []byte, root string, facts, last []archive.Fact) []byte {
	at := func(list []archive.Fact, cell int) archive.Fact {
		if cell < len(list) {
			return list[cell]
		}
		return archive.Fact{}
	}
	for i, slot := range p.compare.slots {
		b = append(b, p.compare.text[i]...)
		if slot == rootSlot {
			b = append(b, root...)
			continue
		}
		line := slot / 3
		this, before := at(facts, p.lines[line].Cell), at(last, p.lines[line].Cell)
		switch {
		case slot%3 == 0 && this.Known():
			b = this.AppendNumber(b, p.types[line])
		case slot%3 == 1 && before.Known():
			b = before.AppendNumber(b, p.types[line])
		case slot%3 == 2 && this.Known() && before.Known():
			b = appendChange(b, this.Value-before.Value, p.types[line])
		default:
			b = append(b, "—"...)
		}
	}
	return append(b, p.compare.text[len(p.compare.slots)]...)
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
