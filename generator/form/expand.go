package form

import (
	"slices"

	"annals/generator/source"
)

// expansion turns a statement of a relation into equations between cell numbers,
// one for every column, row or cell that the relation applies to.
type expansion struct {
	*relationReader
	statement statement
	ruler     ruler
	derived   bool
	reported  map[string]bool // unknown operands that have been reported, each once
}

func (e *expansion) span(o operand) source.Span { return e.ruler.span(o.at, o.width) }

// rowTerm is an operand with the row that it names.
type rowTerm struct {
	operand
	row *Row
}

// columns writes out an equation between rows.
func (e *expansion) columns() []Equation {
	left, ok1 := e.findSide(e.statement.left)
	right, ok2 := e.findSide(e.statement.right)
	if !ok1 || !ok2 {
		return nil
	}
	first := left[0].row
	for _, t := range slices.Concat(left, right) {
		if !slices.Equal(t.row.Columns, first.Columns) {
			e.report("columns", e.span(t.operand), "word", t.path)
			return nil
		}
	}
	at := first
	if word, ok := e.line(e.relationReader.at); ok {
		rows := e.findRows(operand{path: word}, e.relationReader.at.Span)
		if len(rows) == 0 {
			return nil
		}
		if at = rows[0]; !slices.Equal(at.Columns, first.Columns) {
			e.report("columns", e.relationReader.at.Span, "word", word)
			return nil
		}
	}
	list := make([]Equation, len(first.Columns))
	for i, c := range first.Columns {
		list[i] = Equation{Left: termsOf(left, i), Right: termsOf(right, i), Derived: -1, At: at.First + i, Along: c.Label}
		if e.derived {
			list[i].Derived = first.First + i
		}
	}
	return list
}

func (e *expansion) findSide(operands []operand) (terms []rowTerm, ok bool) {
	ok = true
	for _, o := range operands {
		rows := e.findRows(o, e.span(o))
		ok = ok && len(rows) > 0
		for _, row := range rows {
			terms = append(terms, rowTerm{o, row})
		}
	}
	return terms, ok
}

// termsOf writes a side out for the column with the index.
func termsOf(side []rowTerm, column int) []Term {
	list := make([]Term, len(side))
	for i, t := range side {
		list[i] = Term{Cell: t.row.First + column, Minus: t.minus, From: t.from}
	}
	return list
}

// rows writes out an equation between columns.
func (e *expansion) rows() []Equation {
	e.reported = map[string]bool{}
	s := e.statement
	var list []Equation
	for _, row := range e.along {
		if !e.room(len(s.left)+len(s.right), e.ruler.whole) {
			break
		}
		left, ok1 := e.columnTerms(row, s.left)
		right, ok2 := e.columnTerms(row, s.right)
		if !ok1 || !ok2 {
			continue
		}
		eq := Equation{Left: left, Right: right, Derived: -1, At: left[0].Cell, Along: row.Full}
		if e.derived {
			eq.Derived = left[0].Cell
		}
		if word, ok := e.line(e.at); ok {
			if eq.At, ok = e.findColumn(row, word, e.at.Span); !ok {
				continue
			}
		}
		list = append(list, eq)
	}
	return list
}

func (e *expansion) columnTerms(row *Row, operands []operand) (terms []Term, ok bool) {
	ok = true
	for _, o := range operands {
		if o.all {
			ok = false
			if e.once(o.path + ".*") {
				e.report("operand-star", e.span(o), "word", o.path)
			}
			continue
		}
		cell, found := e.findColumn(row, o.path, e.span(o))
		ok = ok && found
		terms = append(terms, Term{Cell: cell, Minus: o.minus, From: o.from})
	}
	return terms, ok
}

func (e *expansion) findColumn(row *Row, id string, at source.Span) (cell int, ok bool) {
	i := slices.IndexFunc(row.Columns, func(c *Column) bool { return c.ID == id })
	if i >= 0 {
		return row.First + i, true
	}
	if e.once(id) {
		known := make([]string, len(row.Columns))
		for i, c := range row.Columns {
			known[i] = c.ID
		}
		e.suggest("operand", at, id, known)
	}
	return 0, false
}

func (e *expansion) once(word string) bool {
	first := !e.reported[word]
	e.reported[word] = true
	return first
}

// cells writes out an equation about a cell in several reports. A cell that is
// compared with the children's must be additive: its figure includes theirs.
func (e *expansion) cells(scope Scope) []Equation {
	s := e.statement
	for _, o := range slices.Concat(s.left, s.right) {
		if o.path != wordCell || o.all {
			e.report("operand-cell", e.span(o), "word", o.path)
			return nil
		}
	}
	var list []Equation
	for i := range e.form.Cells {
		c := &e.form.Cells[i]
		if (e.table != nil && c.Row.Table != e.table) || (scope == InAgencies && !c.Additive) {
			continue
		}
		if !e.room(len(s.left)+len(s.right), e.ruler.whole) {
			break
		}
		along := cellLabel(c)
		if scope == InAgencies {
			along = c.Column.Label // failures of a roll-up are reported together for a row
		}
		list = append(list, Equation{Left: cellTerms(i, s.left), Right: cellTerms(i, s.right), Derived: -1, At: i, Along: along})
	}
	return list
}

func cellTerms(cell int, operands []operand) []Term {
	list := make([]Term, len(operands))
	for i, o := range operands {
		list[i] = Term{Cell: cell, Minus: o.minus, From: o.from}
	}
	return list
}
