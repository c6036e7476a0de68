package yamlpos

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"annals/generator/diag"
	"annals/generator/source"
)

// A document is a text with the offsets of its lines: what turns the
// library's lines and columns into offsets, and offsets into places.
type document struct {
	file  string
	text  string
	first int   // the number of the text's first line
	lines []int // the offset at which each line begins
}

func newDocument(file, text string, firstLine int) *document {
	lines := make([]int, 1, 16+len(text)/24)
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' {
			lines = append(lines, i+1)
		}
	}
	return &document{file: file, text: text, first: firstLine, lines: lines}
}

// offset returns the byte at line and column, both counted from 1 within the
// text; past the end of a line it is the line's end.
func (d *document) offset(line, column int) int {
	if line > len(d.lines) {
		return len(d.text)
	}
	i := d.lines[line-1]
	for ; column > 1 && i < len(d.text) && d.text[i] != '\n'; column-- {
		_, n := utf8.DecodeRuneInString(d.text[i:])
		i += n
	}
	return i
}

// line returns the text of line n, counted from 1, without its line break.
func (d *document) line(n int) string {
	end := len(d.text)
	if n < len(d.lines) {
		end = d.lines[n] - 1
	}
	return strings.TrimSuffix(d.text[d.lines[n-1]:end], "\r")
}

// span returns the span of the bytes from start to end.
func (d *document) span(start, end int) source.Span {
	l, c := d.position(start)
	el, ec := d.position(end)
	return source.Span{Line: int32(l), Column: int32(c), EndLine: int32(el), EndColumn: int32(ec)}
}

func (d *document) position(off int) (line, column int) {
	lo, hi := 0, len(d.lines)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; d.lines[mid] <= off {
			lo = mid
		} else {
			hi = mid
		}
	}
	return d.first + lo, 1 + utf8.RuneCountInString(d.text[d.lines[lo]:off])
}

func (d *document) at(start, end int) source.Place { return d.span(start, end).In(d.file) }

// forbidden finds the first character that YAML refuses or that the readers
// would count differently from an editor: controls, the Unicode line
// separators, a carriage return on its own, and bytes that are not UTF-8.
func (d *document) forbidden() (diag.Diagnostic, bool) {
	for i := 0; i < len(d.text); {
		c := d.text[i]
		if c >= ' ' && c < 0x7f || c == '\n' || c == '\t' {
			i++
			continue
		}
		if c == '\r' && i+1 < len(d.text) && d.text[i+1] == '\n' {
			i += 2
			continue
		}
		r, n := utf8.DecodeRuneInString(d.text[i:])
		key := ""
		switch {
		case r == utf8.RuneError && n == 1:
			key = "encoding"
		case r < 0xa0, r == '\u2028', r == '\u2029', r == '\ufeff', r == '\ufffe', r == '\uffff':
			key = "encoding/control"
		}
		if key != "" {
			return diag.New(key, d.at(i, i+n), "bytes", fmt.Sprintf("% X", d.text[i:i+n])), true
		}
		i += n
	}
	return diag.Diagnostic{}, false
}
