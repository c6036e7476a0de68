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
// A value's number is that of its cell. The numbers after those of the cells
// are for the lines of the comparison with the year before, perLine for each.
type printed struct {
	table   *pieces
	compare *pieces
	lines   []line
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
		c, first := &t.Compare[i], len(f.Cells)+i*perLine
		c.This, c.Last, c.Change, c.Equations = m.value(first), m.value(first+1), m.value(first+2), m.value(first+3)
	}
	p := &printed{lines: newLines(f, t.Compare)}
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
	Token    bool   // a token printed in the place of a number: / - —
	Invalid  bool   // something else that is no number
	Fault    string // id of the notice, where the cell is in error
	Accepted string // id of the notice, where a deviation from a relation is accepted with a reason
	Notes    []int  // numbers of its footnotes
}

// table prints a table of a report, and the comparison with the year before.
func (x *run) table(page *site.ReportPage, index int) error {
	f := page.Source.Form
	if index < 0 || index >= len(x.r.tables[f]) {
		return fmt.Errorf("form %s has no table %d", f.ID, index)
	}
	p := x.r.tables[f][index]
	err := x.fill(p, p.table, page)
	if err == nil && page.Last != nil {
		err = x.fill(p, p.compare, page)
	}
	return err
}

// fill puts a report's values between the pieces of a table's layout.
func (x *run) fill(p *printed, in *pieces, page *site.ReportPage) error {
	cells := page.Source.Form.Cells
	b := slices.Grow(x.b, in.size+64)
	for i, slot := range in.slots {
		b = append(b, in.text[i]...)
		switch {
		case slot == rootSlot:
			b = append(b, x.root...)
		case slot >= len(cells):
			slot -= len(cells)
			b = p.lines[slot/perLine].append(b, slot%perLine, page.Source.Facts, page.Last)
		default:
			fact := factAt(page.Source.Facts, slot)
			m, marked := page.Mark(slot)
			if fact.Status == archive.Number && !marked {
				b = fact.AppendNumber(b, cells[slot].Column.Type)
				break
			}
			x.b = b
			if err := x.cell(fact, cells[slot].Column.Type, m); err != nil {
				return err
			}
			b = x.b
		}
	}
	x.b = append(b, in.text[len(in.slots)]...)
	return nil
}

func factAt(list []archive.Fact, cell int) archive.Fact {
	if cell < len(list) {
		return list[cell]
	}
	return archive.Fact{}
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
