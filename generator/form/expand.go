package form

import (
	"slices"

	"annals/generator/source"
	"annals/generator/yamlpos"
)

// side is one side of an equation with its operands found: rows for an
// equation down the columns.
type side []sideRow

type sideRow struct {
	row *Row
	operand
}

// terms writes a side out for the column with the index.
func (s side) terms(column int) []Term {
	list := make([]Term, len(s))
	for i, o := range s {
		list[i] = Term{Cell: o.row.First + column, Minus: o.minus, From: o.from}
	}
	return list
}

func (x *relationReader) findSide(operands []operand, n *yamlpos.Node) (s side, ok bool) {
	ok = true
	for _, o := range operands {
		rows := x.findRows(o, span(n, o.at, o.width))
		ok = ok && len(rows) > 0
		for _, row := range rows {
			s = append(s, sideRow{row: row, operand: o})
		}
	}
	return s, ok
}

// eachColumn writes an equation between rows out for every column they have.
func (x *relationReader) eachColumn(s statement, n, at *yamlpos.Node) []Equation {
	left, ok1 := x.findSide(s.left, n)
	right, ok2 := x.findSide(s.right, n)
	if !ok1 || !ok2 {
		return nil
	}
	first := left[0].row
	for _, o := range slices.Concat(left, right) {
		if !slices.Equal(o.row.Columns, first.Columns) {
			x.report("columns", span(n, o.at, o.width), "word", o.path)
			return nil
		}
	}
	where := first
	if x.at != "" {
		rows := x.findRows(operand{path: x.at}, at.Span)
		if len(rows) == 0 {
			return nil
		}
		if where = rows[0]; !slices.Equal(where.Columns, first.Columns) {
			x.report("columns", at.Span, "word", x.at)
			return nil
		}
	}
	if !x.room(len(first.Columns)*(len(left)+len(right)), n.Span) {
		return nil
	}
	list := make([]Equation, len(first.Columns))
	for i, c := range first.Columns {
		list[i] = Equation{Left: left.terms(i), Right: right.terms(i), Derived: -1, At: where.First + i, Along: c.Label}
		if x.derives != "" {
			list[i].Derived = first.First + i
		}
	}
	return list
}

// eachRow writes an equation between columns out for every row it is for.
func (x *relationReader) eachRow(s statement, n, at *yamlpos.Node) []Equation {
	var list []Equation
	reported := map[string]bool{} // one finding an operand, not one a row
	find := func(row *Row, id string, at source.Span) int {
		known := make([]string, len(row.Columns))
		for i, c := range row.Columns {
			if c.ID == id {
				return row.First + i
			}
			known[i] = c.ID
		}
		if !reported[id] {
			reported[id] = true
			x.suggest("operand", at, id, known)
		}
		return -1
	}
	for _, row := range x.rows {
		terms := func(operands []operand) (list []Term) {
			for _, o := range operands {
				if o.all {
					if !reported[o.path+".*"] {
						reported[o.path+".*"] = true
						x.report("operand-star", span(n, o.at, o.width), "word", o.path)
					}
					continue
				}
				if cell := find(row, o.path, span(n, o.at, o.width)); cell >= 0 {
					list = append(list, Term{Cell: cell, Minus: o.minus, From: o.from})
				}
			}
			return list
		}
		e := Equation{Left: terms(s.left), Right: terms(s.right), Derived: -1, Along: row.Full}
		if len(e.Left) < len(s.left) || len(e.Right) < len(s.right) {
			continue
		}
		if !x.room(len(e.Left)+len(e.Right), n.Span) {
			return list
		}
		e.At = e.Left[0].Cell
		if x.derives != "" {
			e.Derived = e.Left[0].Cell
		}
		if x.at != "" {
			if e.At = find(row, x.at, at.Span); e.At < 0 {
				continue
			}
		}
		list = append(list, e)
	}
	return list
}

// eachCell writes an equation about cells out for every cell of the form, or
// of its table. What is compared with the children's must be a figure that
// includes theirs.
func (x *relationReader) eachCell(s statement, n, at *yamlpos.Node) []Equation {
	for _, o := range slices.Concat(s.left, s.right) {
		if o.path != wordCell || o.all {
			x.report("operand-cell", span(n, o.at, o.width), "word", o.path)
			return nil
		}
	}
	if at != nil {
		x.report("at", at.Span)
	}
	scope, _ := s.scope()
	var list []Equation
	for i := range x.form.Cells {
		c := &x.form.Cells[i]
		if (x.table != nil && c.Row.Table != x.table) || (scope == InAgencies && !c.Additive) {
			continue
		}
		terms := func(operands []operand) []Term {
			list := make([]Term, len(operands))
			for k, o := range operands {
				list[k] = Term{Cell: i, Minus: o.minus, From: o.from}
			}
			return list
		}
		if !x.room(len(s.left)+len(s.right), n.Span) {
			return list
		}
		list = append(list, Equation{Left: terms(s.left), Right: terms(s.right), Derived: -1, At: i, Along: x.cellLabel(c)})
	}
	return list
}
