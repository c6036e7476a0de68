package render

import (
	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/site"
)

// perLine is how many values a line of a comparison has: this year's, that of
// the year before, the change, and the equations.
const perLine = 4

// line is a line of the comparison of a table with the year before.
type line struct {
	cell      int
	typ       form.Type
	equations []*form.Equation // those whose failure is reported at the cell
}

func newLines(f *form.Form, compared []site.Compared) []line {
	lines := make([]line, len(compared))
	for i, c := range compared {
		lines[i] = line{cell: c.Cell, typ: f.Cells[c.Cell].Column.Type}
		for _, r := range f.Relations {
			for k := range r.Equations {
				if e := &r.Equations[k]; e.At == c.Cell && r.Scope != form.InAgencies {
					lines[i].equations = append(lines[i].equations, e)
				}
			}
		}
	}
	return lines
}

// append appends one of the values of the line. The facts of the year before are by
// the cells of this year's form.
func (l *line) append(b []byte, value int, facts, last []archive.Fact) []byte {
	this, before := factAt(facts, l.cell), factAt(last, l.cell)
	switch {
	case value == 0 && this.Known():
		return this.AppendNumber(b, l.typ)
	case value == 1 && before.Known():
		return before.AppendNumber(b, l.typ)
	case value == 2 && this.Known() && before.Known():
		return appendChange(b, this.Value-before.Value, l.typ)
	case value == 3:
		for i, e := range l.equations {
			if i > 0 {
				b = append(b, "<br>"...)
			}
			b = l.appendEquation(b, e, facts, last)
		}
		return b
	}
	return append(b, noNumber...)
}

// noNumber is printed in the place of a number that is missing.
const noNumber = "—"

// appendEquation appends an equation with its numbers. If one of them is missing,
// it cannot be judged, and is printed as the form demands it.
func (l *line) appendEquation(b []byte, e *form.Equation, facts, last []archive.Fact) []byte {
	left, right := sum(e.Left, facts, last), sum(e.Right, facts, last)
	sign := " = "
	switch known := left.OK() && right.OK() && left.Unknown+right.Unknown == 0; {
	case e.AtLeast && known && left.N < right.N:
		sign = " < "
	case e.AtLeast:
		sign = " ≥ "
	case known && left.N != right.N:
		sign = " ≠ "
	}
	b = append(l.appendSide(b, e.Left, facts, last), sign...)
	return l.appendSide(b, e.Right, facts, last)
}

func (l *line) appendSide(b []byte, terms []form.Term, facts, last []archive.Fact) []byte {
	for i, t := range terms {
		switch {
		case t.Minus:
			b = append(b, " − "...)
		case i > 0:
			b = append(b, " + "...)
		}
		if f := operand(t, facts, last); f.Known() {
			b = f.AppendNumber(b, l.typ)
		} else {
			b = append(b, noNumber...)
		}
	}
	return b
}

func sum(terms []form.Term, facts, last []archive.Fact) (s site.Sum) {
	for _, t := range terms {
		switch f := operand(t, facts, last); {
		case !f.Known():
			s.Unknown++
		case t.Minus:
			s.AddSum(site.Sum{N: -f.Value, Known: 1})
		default:
			s.AddSum(site.Sum{N: f.Value, Known: 1})
		}
	}
	return s
}

// operand is the fact of a term.
func operand(t form.Term, facts, last []archive.Fact) archive.Fact {
	if t.From == form.Previous {
		facts = last
	}
	return factAt(facts, t.Cell)
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
