package draft

import (
	"math/big"
	"strconv"
	"strings"
)

// xlsx reads a workbook of SpreadsheetML, sheet by sheet. It is not read by a
// library, so that no sheet's XML is held in memory as a tree, and only rows and
// cells that are in the file are made: a row with the number 2,000,000,000 costs
// no more than any other.
func (r *reader) xlsx(p parts) {
	shared, ok := r.sharedStrings(p)
	if !ok {
		return
	}
	names, styles := r.sheetNames(p), r.cellStyles(p)
	for i, part := range p.matching("xl/worksheets/") {
		s := &sheet{reader: r, shared: shared, styles: styles, name: strconv.Itoa(i + 1)}
		if i < len(names) {
			s.name = names[i]
		}
		if !r.parse(p, part, s.start, s.chars, s.end) {
			return
		}
		s.finish()
	}
	for _, part := range p.matching("xl/") {
		if strings.HasPrefix(part, "xl/drawings/") || strings.HasPrefix(part, "xl/comments") {
			if !r.drawingText(p, part) {
				return
			}
		}
	}
	r.coreTitle(p)
}

func (r *reader) sheetNames(p parts) []string {
	var names []string
	r.parse(p, "xl/workbook.xml", func(e element) bool {
		if e.name == "sheet" {
			names = append(names, Tidy(e.attr("name")))
		}
		return true
	}, func(string) {}, func(string) {})
	return names
}

// sharedStrings reads the strings that cells refer to by number.
func (r *reader) sharedStrings(p parts) ([]string, bool) {
	var list []string
	var item strings.Builder
	in := false
	var run look
	ok := r.parse(p, "xl/sharedStrings.xml", func(e element) bool {
		switch in = e.name == "t"; e.name {
		case "si", "r":
			run = look{}
		case "strike", "vertAlign":
			run = run.with(e)
		}
		return e.name != "rPh" // the pronunciation of the text
	}, func(s string) {
		if in {
			item.WriteString(run.mark(s))
		}
	}, func(name string) {
		in = false
		if name == "si" {
			list = append(list, item.String())
			item.Reset()
		}
	})
	return list, ok
}

// drawingText adds the text of drawings and comments.
func (r *reader) drawingText(p parts, part string) bool {
	role := Box
	if strings.HasPrefix(part, "xl/comments") {
		role = Footnote
	}
	var text strings.Builder
	in := false
	return r.parse(p, part, func(e element) bool {
		in = e.name == "t"
		if e.name == "pic" {
			r.picture(Origin{})
		}
		return true
	}, func(s string) {
		if in {
			text.WriteString(s)
		}
	}, func(name string) {
		in = false
		if name == "p" || name == "comment" {
			r.paras++
			r.countText(text.Len())
			r.add(text.String(), role, Origin{Paragraph: r.paras})
			text.Reset()
		}
	})
}

// sheet is a worksheet that is being read.
type sheet struct {
	*reader
	shared  []string
	name    string
	loose   bool // the sheet is CSV, which does not say which cells are merged
	rows    []sheetRow
	merges  []merge
	covered map[position]bool // cells of merged ranges, except the first of each
	row     int               // number of the current row, from 1
	column  int               // number of the current cell's column, from 0
	kind    string            // type of the current cell, its attribute t
	in      string            // element whose text is read, or ""
	value   strings.Builder
	hasF    bool // the cell has a formula
	hasV    bool // the cell has a value
	styles  []look
	style   look // of the current cell
	run     look // of the current stretch of its text
}

type sheetRow struct {
	number int
	cells  []Cell
}

type position struct{ row, column int }

type merge struct{ row, column, rows, columns int }

func (s *sheet) start(e element) bool {
	switch e.name {
	case "row":
		s.row++
		if n, err := strconv.Atoi(e.attr("r")); err == nil && n > 0 {
			s.row = n
		}
		s.column = -1
		s.rows = append(s.rows, sheetRow{number: s.row})
		if len(s.rows) > 64*MaxRows {
			s.refuse("too-long", "limit", MaxRows)
		}
	case "c":
		s.column++
		if _, column, ok := reference(e.attr("r")); ok {
			s.column = column
		}
		s.kind, s.hasF, s.hasV, s.style, s.run = e.attr("t"), false, false, look{}, look{}
		if n, err := strconv.Atoi(e.attr("s")); err == nil && n >= 0 && n < len(s.styles) {
			s.style = s.styles[n]
		}
		s.value.Reset()
	case "v", "t":
		s.in, s.hasV = e.name, true
	case "r":
		s.run = look{}
	case "strike", "vertAlign":
		s.run = s.run.with(e)
	case "f":
		s.hasF = true
		return false
	case "rPh":
		return false
	case "mergeCell":
		s.merge(e.attr("ref"))
	}
	return !s.refused
}

func (s *sheet) chars(text string) {
	if s.in != "" {
		s.value.WriteString(s.run.mark(text))
	}
}

func (s *sheet) end(name string) {
	s.in = ""
	if name != "c" || len(s.rows) == 0 {
		return
	}
	at := Origin{Sheet: s.name, Row: s.row, Cell: s.column + 1}
	text, ok := s.text()
	if s.style.struck && !strings.ContainsAny(text, marks) {
		text = s.style.mark(text)
	}
	if s.hasF && !s.hasV {
		s.warn("formula", at)
	} else if !ok {
		s.warn("value", at, "value", s.value.String())
	}
	if !s.countCell(len(text)) {
		return
	}
	if text = tidyCell(text); s.column >= MaxColumns {
		if text != "" {
			s.refuse("too-wide", "limit", MaxColumns)
		}
		return
	}
	last := &s.rows[len(s.rows)-1]
	last.cells = append(last.cells, Cell{Text: text, RowSpan: 1, ColSpan: 1, Column: s.column, At: at})
}

// text returns what the current cell shows; false if that is not known.
func (s *sheet) text() (string, bool) {
	v := s.value.String()
	switch s.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || i < 0 || i >= len(s.shared) {
			return "", false
		}
		return s.shared[i], true
	case "str", "inlineStr", "d":
		return v, true
	case "b", "e":
		return v, v == ""
	}
	return plainNumber(strings.TrimSpace(v))
}

// plainNumber writes a number as a spreadsheet shows it: with the 15 significant
// digits that the file format guarantees, and without an exponent.
func plainNumber(v string) (string, bool) {
	if v == "" {
		return "", true
	}
	digits := strings.IndexFunc(v, func(r rune) bool { return r < '0' || r > '9' }) < 0
	if digits && len(v) <= 15 {
		return v, true
	}
	f, _, err := big.ParseFloat(v, 10, 64, big.ToNearestEven)
	if err != nil || f.IsInf() || f.MantExp(nil) > 1000 || f.MantExp(nil) < -1000 {
		return v, false
	}
	rounded, _, err := big.ParseFloat(f.Text('e', 14), 10, 256, big.ToNearestEven)
	if err != nil {
		return v, false
	}
	text := rounded.Text('f', 20)
	return strings.TrimRight(strings.TrimRight(text, "0"), "."), true
}
