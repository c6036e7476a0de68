package draft

import (
	"slices"
	"strings"

	"annals/generator/locale"
)

// reference parses the reference of a cell, such as C12. row and column count
// from 0.
func reference(ref string) (row, column int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 4 && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		column = column*26 + int(ref[i]-'A') + 1
	}
	for ; i < len(ref) && i < 12 && ref[i] >= '0' && ref[i] <= '9'; i++ {
		row = row*10 + int(ref[i]-'0')
	}
	return row - 1, column - 1, i == len(ref) && row > 0 && column > 0
}

func (s *sheet) merge(ref string) {
	from, to, _ := strings.Cut(ref, ":")
	r1, c1, ok1 := reference(from)
	r2, c2, ok2 := reference(to)
	if ok1 && ok2 && r2 >= r1 && c2 >= c1 && len(s.merges) < MaxRows*MaxColumns {
		s.merges = append(s.merges, merge{r1, c1, min(r2-r1+1, MaxSpan), min(c2-c1+1, MaxSpan)})
	}
}

// finish turns the rows of the sheet into paragraphs and grids. A row with a
// single filled cell is a line of text if it is above or below a table, or if the
// text is long. An empty row ends a table, and may be the row of its values.
func (s *sheet) finish() {
	s.applyMerges()
	var rows [][]Cell
	var empty []Cell // the empty row below a table
	last := -1
	flush := func() {
		var below []Cell // headings and lines of text below a table, the last first
		for n := len(rows); n > 1; n-- {
			filled := filledCells(rows[n-1])
			if len(filled) != 1 || numeric(filled[0].Text) {
				break
			}
			below = append(below, filled[0])
			rows = rows[:n-1]
		}
		if len(below) == 0 && len(rows) > 1 && len(empty) > 0 {
			rows = append(rows, empty)
		}
		empty = nil
		defer func() {
			for _, c := range slices.Backward(below) {
				s.add(c.Text, Body, c.At)
			}
		}()
		switch {
		case len(rows) == 0:
		case layoutOnly(rows):
			for _, row := range rows {
				for _, c := range row {
					s.paras++
					s.add(c.Text, Body, c.At)
				}
			}
		default:
			s.grid(s.squared(rows), !s.loose, Origin{Sheet: s.name})
		}
		rows = nil
	}
	for _, row := range s.rows {
		if s.full() {
			return
		}
		if row.number != last+1 {
			flush()
		}
		if filled := filledCells(row.cells); len(filled) == 1 && (len(rows) == 0 || long(filled[0].Text)) {
			flush()
			s.add(filled[0].Text, Body, filled[0].At)
		} else if len(filled) > 0 {
			rows = append(rows, row.cells)
			last = row.number
		} else if row.number == last+1 {
			empty = row.cells
		}
	}
	flush()
}

// long reports whether a text is too long for a cell of a table, and so is a
// line of prose.
func long(text string) bool { return len([]rune(text)) > 30 }

// squared adds to the rows the empty cells that the file leaves out.
func (s *sheet) squared(rows [][]Cell) [][]Cell {
	columns := columnsOf(rows)
	if len(columns) > MaxColumns {
		s.refuse("too-wide", "limit", MaxColumns)
		return nil
	}
	if len(rows) > MaxRows {
		s.refuse("too-long", "limit", MaxRows)
		return nil
	}
	for i, row := range rows {
		number := row[0].At.Row
		var square []Cell
		next := 0
		for _, column := range columns {
			for next < len(row) && row[next].Column < column {
				next++
			}
			switch {
			case next < len(row) && row[next].Column == column:
				square = append(square, row[next])
			case !s.covered[position{number - 1, column}]:
				if !s.countCell(0) {
					return nil
				}
				at := Origin{Sheet: s.name, Row: number, Cell: column + 1}
				square = append(square, Cell{RowSpan: 1, ColSpan: 1, Column: column, At: at})
			}
		}
		rows[i] = square
	}
	return rows
}

// columnsOf lists the columns of a table up to its last filled one. A sheet
// made from a web page has a column for every cell edge of every table on the
// page. If these are more than MaxColumns, columns without a filled cell are left
// out.
func columnsOf(rows [][]Cell) []int {
	filled := map[int]bool{}
	width := 0
	for _, row := range rows {
		for _, c := range row {
			if c.Text != "" {
				filled[c.Column] = true
				width = max(width, c.Column+1)
			}
		}
	}
	var list []int
	for column := range width {
		if width <= MaxColumns || filled[column] {
			list = append(list, column)
		}
	}
	return list
}

// numeric reports whether a text begins like a number and holds no word that
// marks it as something else, such as the 年 of a year.
func numeric(text string) bool {
	return strings.IndexAny(text[:1], "0123456789+-./") == 0 &&
		!slices.ContainsFunc(locale.All(), func(l *locale.Locale) bool { return strings.Contains(text, l.Document.NoNumber) })
}

func filledCells(cells []Cell) []Cell {
	var list []Cell
	for _, c := range cells {
		if c.Text != "" {
			list = append(list, c)
		}
	}
	return list
}

// applyMerges gives the first cell of each merged range its span and removes the
// other cells of the range. Spreadsheets do not show text in those; it is kept as
// hidden text.
func (s *sheet) applyMerges() {
	first := map[position]merge{}
	s.covered = map[position]bool{}
	area := 0
	for _, m := range s.merges {
		first[position{m.row, m.column}] = m
		if area += m.rows * min(m.columns, MaxColumns); area > MaxRows*MaxColumns {
			s.refuse("merges")
			return
		}
		for i := range m.rows {
			for j := range min(m.columns, MaxColumns) {
				s.covered[position{m.row + i, m.column + j}] = i+j > 0
			}
		}
	}
	for i := range s.rows {
		row := &s.rows[i]
		kept := row.cells[:0]
		for _, c := range row.cells {
			k := position{row.number - 1, c.Column}
			if s.covered[k] {
				s.add(c.Text, Hidden, c.At)
				continue
			}
			if m, ok := first[k]; ok {
				c.RowSpan, c.ColSpan = m.rows, m.columns
			}
			kept = append(kept, c)
		}
		row.cells = kept
	}
}
