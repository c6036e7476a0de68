package files

import (
	"bytes"
	"unicode/utf8"

	"annals/generator/source"
)

// ByteOrderMark is what some editors put at the beginning of UTF-8. It is not
// counted as a column.
const ByteOrderMark = "\ufeff"

// Top returns the place of a diagnostic about a file or folder as a whole.
func Top(file string) source.Place { return source.At(1, 1).In(file) }

// Span returns the span of data[start:end]. It counts lines from the
// beginning, which is right for the few places of diagnostics.
func Span(data []byte, start, end int) source.Span {
	s := source.At(1+bytes.Count(data[:start], []byte("\n")), Column(data, start))
	s.EndLine += int32(bytes.Count(data[start:end], []byte("\n")))
	s.EndColumn = int32(Column(data, end))
	return s
}

// Column returns the column of the byte at off.
func Column(data []byte, off int) int {
	line := data[bytes.LastIndexByte(data[:off], '\n')+1 : off]
	if off == len(line) {
		line = bytes.TrimPrefix(line, []byte(ByteOrderMark))
	}
	return 1 + utf8.RuneCount(line)
}

// forward finds the places of bytes in ascending order. It counts on from the last
// one, so that a line with many places is counted only once.
type forward struct {
	data              []byte
	off, line, column int
}

func (f *forward) span(start, end int) source.Span {
	f.to(start)
	s, behind := source.At(f.line, f.column), *f
	behind.to(end)
	s.EndLine, s.EndColumn = int32(behind.line), int32(behind.column)
	return s
}

func (f *forward) to(off int) {
	if f.off == 0 && off >= len(ByteOrderMark) && bytes.HasPrefix(f.data, []byte(ByteOrderMark)) {
		f.off = len(ByteOrderMark)
	}
	between := f.data[f.off:off]
	if n := bytes.Count(between, []byte("\n")); n > 0 {
		f.line, f.column = f.line+n, 1
		between = between[bytes.LastIndexByte(between, '\n')+1:]
	}
	f.off, f.column = off, f.column+utf8.RuneCount(between)
}
