package export

import (
	"slices"
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
	text string
	row  *form.Row // nil for a line of headings
	end  string    // empty fields up to the width of the file, and the line's end
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
			fields := []string{"id", r.Table.Label.In(tag)}
			for _, c := range columns {
				fields = append(fields, c.Label.In(tag))
			}
			list = append(list, line{text: string(appendFields(nil, fields...)), end: strings.Repeat(",", width-len(columns)) + "\r\n"})
		}
		text := string(appendFields(nil, r.Path, r.Full.In(tag)))
		list = append(list, line{text: text, row: r, end: strings.Repeat(",", width-len(r.Columns)) + "\r\n"})
	}
	return list
}

func sameColumns(a, b []*form.Column) bool {
	return slices.EqualFunc(a, b, func(x, y *form.Column) bool { return x.ID == y.ID && x.Label == y.Label })
}

// appendTables appends tables.csv: the tables as the document prints them.
func (x *encoding) appendTables(b []byte, r *archive.Report) []byte {
	b = append(b, byteOrderMark...)
	for i := range x.lines {
		l := &x.lines[i]
		b = append(b, l.text...)
		if l.row != nil {
			for k, c := range l.row.Columns {
				b = append(b, ',')
				if f := r.Facts[l.row.First+k]; f.Known() {
					b = f.AppendNumber(b, c.Type)
				} else {
					b = appendField(b, f.Text)
				}
			}
		}
		b = append(b, l.end...)
	}
	return b
}

// appendField appends a text as a CSV field that spreadsheets read as text: a
// text that begins like a formula gets an apostrophe in front.
func appendField(b []byte, s string) []byte {
	s = strings.Map(func(r rune) rune { return max(r, ' ') }, s)
	if formula(s) {
		s = "'" + s
	}
	if strings.ContainsAny(s, `",;`) {
		s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return append(b, s...)
}

// appendFields appends several fields of a line.
func appendFields(b []byte, fields ...string) []byte {
	for i, s := range fields {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendField(b, s)
	}
	return b
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
