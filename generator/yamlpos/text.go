package yamlpos

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"annals/generator/diag"
	"annals/generator/source"
)

// A document is a text with an index of its lines and characters. It converts
// the library's lines and columns into byte offsets, and byte offsets into
// places, in a time that does not depend on the length of a line.
type document struct {
	file   string
	text   string
	first  int   // the number of the text's first line
	lines  []int // the offset at which each line begins
	blocks []int // the number of characters before each block of the text
}

// block is the size of a block, in bytes.
const block = 128

func newDocument(file, text string, firstLine int) *document {
	d := &document{
		file: file, text: text, first: firstLine,
		lines:  make([]int, 1, 2+strings.Count(text, "\n")),
		blocks: make([]int, 0, 1+len(text)/block),
	}
	characters := 0
	for i := 0; i < len(text); i++ {
		if i%block == 0 {
			d.blocks = append(d.blocks, characters)
		}
		if text[i]&0xc0 != 0x80 {
			characters++
		}
		if text[i] == '\n' {
			d.lines = append(d.lines, i+1)
		}
	}
	return d
}

// before returns the number of characters before the offset.
func (d *document) before(off int) int {
	if off == 0 {
		return 0
	}
	b := (off - 1) / block
	n := d.blocks[b]
	for i := b * block; i < off; i++ {
		if d.text[i]&0xc0 != 0x80 {
			n++
		}
	}
	return n
}

// offset returns the byte at line and column, both counted from 1 within the
// text; past the end of a line it is the line's end.
func (d *document) offset(line, column int) int {
	if line > len(d.lines) {
		return len(d.text)
	}
	start, end := d.lines[line-1], len(d.text)
	if line < len(d.lines) {
		end = d.lines[line] - 1
	}
	n := d.before(start) + column - 1
	b := max(start/block, sort.SearchInts(d.blocks, n+1)-1)
	i := max(start, b*block)
	for have := d.before(i); i < end; i++ {
		if d.text[i]&0xc0 != 0x80 {
			if have == n {
				return i
			}
			have++
		}
	}
	return end
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
	n := sort.SearchInts(d.lines, off+1) - 1
	return d.first + n, 1 + d.before(off) - d.before(d.lines[n])
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
