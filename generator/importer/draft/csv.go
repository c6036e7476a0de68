package draft

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// csv reads a sheet in CSV, with commas, semicolons or tabs. A record with a
// single field, or with one that is not empty above a table, is a line of text:
// spreadsheets fill all records up to the same number of fields.
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
			if !r.cell(len(f)) {
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

// columnCounter turns offsets in lines into columns. The fields of a record
// come in their order: each counts from where the one before it began.
type columnCounter struct {
	lines          []string
	line, b, count int
}

// of returns the column of byte b, from 1, of a line.
func (c *columnCounter) of(line, b int) int {
	if line != c.line || b < c.b {
		c.line, c.b, c.count = line, 1, 1
	}
	c.count += utf8.RuneCountInString(c.lines[line-1][c.b-1 : b-1])
	c.b = b
	return c.count
}
