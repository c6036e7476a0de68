package draft

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// csv reads a sheet in CSV, with commas, semicolons or tabs. A record with a
// single field is a line of text. So is a record with a single non-empty field
// above a table, because spreadsheets pad all records to the same number of
// fields.
func (r *reader) csv(text string) {
	c := csv.NewReader(strings.NewReader(text))
	c.FieldsPerRecord = -1
	c.LazyQuotes = true
	first, _, _ := strings.Cut(text, "\n")
	for _, comma := range []rune{'\t', ';'} {
		if strings.Count(first, string(comma)) > strings.Count(first, string(c.Comma)) {
			c.Comma = comma
		}
	}
	columns := columnCounter{lines: strings.Split(text, "\n")}
	for _, line := range columns.lines {
		if strings.Count(line, string(c.Comma)) > MaxSpan {
			r.refuse("too-wide", "limit", MaxColumns)
			return
		}
	}
	s := &sheet{reader: r, loose: true}
	for !r.full() {
		fields, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			r.refuse("csv", "problem", err.Error())
			return
		}
		line, _ := c.FieldPos(0)
		if len(fields) == 1 {
			s.finish()
			s.rows = nil
			r.textLine(fields[0], line)
			continue
		}
		s.row++
		row := sheetRow{number: s.row}
		for i, f := range fields {
			if i >= MaxColumns && strings.TrimSpace(f) == "" {
				continue
			}
			if i >= MaxColumns {
				r.refuse("too-wide", "limit", MaxColumns)
			}
			if !r.countCell(len(f)) {
				return
			}
			l, b := c.FieldPos(i)
			row.cells = append(row.cells, Cell{Text: tidyCell(f), RowSpan: 1, ColSpan: 1, Column: i, At: Origin{Line: l, Column: columns.of(l, b)}})
		}
		if s.rows = append(s.rows, row); len(s.rows) > 64*MaxRows {
			r.refuse("too-long", "limit", MaxRows)
		}
	}
	s.finish()
}

// columnCounter turns byte offsets in lines into columns, counted in characters.
// It is asked for the fields of a record in their order, so it counts on from the
// field before instead of from the start of the line.
type columnCounter struct {
	lines          []string
	line, b, count int
}

// of returns the column of byte b of a line. All three count from 1.
func (c *columnCounter) of(line, b int) int {
	if line != c.line || b < c.b {
		c.line, c.b, c.count = line, 1, 1
	}
	c.count += utf8.RuneCountInString(c.lines[line-1][c.b-1 : b-1])
	c.b = b
	return c.count
}
