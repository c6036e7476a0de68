// Package source says where something stands in the content: a file, and a
// span of lines and columns in it.
//
// The rules are:
//
//   - Lines and columns count from 1. A column is a Unicode code point, so the
//     second character of a line of Chinese is column 2 whatever its bytes or
//     its width on a screen.
//   - A span's end is exclusive: the column after its last character.
//   - File names are relative to the folder that holds content/, with forward
//     slashes on every system.
//   - Places hold no text. Who wants to show the line reads the file again;
//     that happens for diagnostics only, and keeps the archive small.
package source

// Span is a stretch of text. The zero Span means "no place in particular".
type Span struct {
	Line, Column       int32
	EndLine, EndColumn int32
}

// Place is a span in a file.
type Place struct {
	File string
	Span
}

// At returns the empty span at line and column.
func At(line, column int) Span {
	return Span{Line: int32(line), Column: int32(column), EndLine: int32(line), EndColumn: int32(column)}
}

// OnLine returns the span of n code points that starts at line and column.
func OnLine(line, column, n int) Span {
	s := At(line, column)
	s.EndColumn += int32(n)
	return s
}

// In makes a Place of a span.
func (s Span) In(file string) Place { return Place{File: file, Span: s} }

// To returns the span from the start of s to the end of end.
func (s Span) To(end Span) Span {
	s.EndLine, s.EndColumn = end.EndLine, end.EndColumn
	return s
}

// Before reports whether s starts before t in the same file.
func (s Span) Before(t Span) bool {
	if s.Line != t.Line {
		return s.Line < t.Line
	}
	return s.Column < t.Column
}
