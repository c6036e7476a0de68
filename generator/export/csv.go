package export

import (
	"strings"
	"unicode"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/lang"
)

// byteOrderMark lets Excel read a CSV file as UTF-8.
const byteOrderMark = "\uFEFF"

// line is a record of tables.csv: fixed text, then the cells of a row.
type line struct {
	text  string
	first int // number of the first cell
	cells int
	types []form.Type
	end   string // empty fields up to the width of the file, and the line's end
}

// csvLines lays out tables.csv: the tables of the form one below the other,
// each with a line of headings, all records of one width.
func csvLines(f *form.Form, tag lang.Tag) []line {
	width := 0
	for _, r := range f.Rows {
		width = max(width, len(r.Columns))
	}
	var list []line
	var columns []*form.Column
	for _, r := range f.Rows {
		if !sameColumns(columns, r.Columns) {
			columns = r.Columns
			var b []byte
			b = append(b, "id,"...)
			b = appendField(b, r.Table.Label.In(tag))
			for _, c := range columns {
				b = append(b, ',')
				b = appendField(b, c.Label.In(tag))
			}
			list = append(list, line{text: string(b), end: strings.Repeat(",", width-len(columns)) + "\r\n"})
		}
		b := appendField(nil, r.Path)
		b = append(b, ',')
		b = appendField(b, r.Full.In(tag))
		x := line{text: string(b), first: r.First, cells: len(r.Columns), end: strings.Repeat(",", width-len(r.Columns)) + "\r\n"}
		for _, c := range r.Columns {
			x.types = append(x.types, c.Type)
		}
		list = append(list, x)
	}
	return list
}

func sameColumns(a, b []*form.Column) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].ID != b[i].ID || a[i].Label != b[i].Label {
			return false
		}
	}
	return true
}

// appendTables appends tables.csv: the tables as the document prints them.
func (x *encoding) appendTables(b []byte, r *archive.Report) []byte {
	b = append(b, byteOrderMark...)
	for i := range x.lines {
		l := &x.lines[i]
		b = append(b, l.text...)
		for k := range l.cells {
			b = append(b, ',')
			f := r.Facts[l.first+k]
			if f.Known() {
				b = f.AppendNumber(b, l.types[k])
			} else {
				b = appendField(b, f.Text)
			}
		}
		b = append(b, l.end...)
	}
	return b
}

// appendField appends a text as a field that spreadsheets read as text: one
// that begins like a formula gets an apostrophe in front, as they show it.
func appendField(b []byte, s string) []byte {
	if strings.IndexFunc(s, func(r rune) bool { return r < ' ' }) >= 0 {
		s = strings.Map(func(r rune) rune {
			if r < ' ' {
				return ' '
			}
			return r
		}, s)
	}
	quote := strings.ContainsAny(s, `",;`)
	if quote {
		b = append(b, '"')
	}
	if formula(s) {
		b = append(b, '\'')
	}
	if quote {
		b = append(b, strings.ReplaceAll(s, `"`, `""`)...)
		return append(b, '"')
	}
	return append(b, s...)
}

// formula reports whether spreadsheets may take a text for a formula, by its
// first character that is no space; some read full-width signs too.
func formula(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) {
			return r == '−' || strings.ContainsRune("=+-@", lang.Narrow(r))
		}
	}
	return false
}
