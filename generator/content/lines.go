package content

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"annals/generator/source"
)

// spanOf returns the span of data[start:end]. It counts the lines anew, which
// is right for the few places of diagnostics; a Body has them counted.
func spanOf(data []byte, start, end int) source.Span {
	line := 1 + bytes.Count(data[:start], []byte("\n"))
	from := bytes.LastIndexByte(data[:start], '\n') + 1
	s := source.At(line, 1+utf8.RuneCount(withoutMark(data, from, start)))
	if lines := bytes.Count(data[start:end], []byte("\n")); lines > 0 {
		s.EndLine += int32(lines)
		from = bytes.LastIndexByte(data[:end], '\n') + 1
	}
	s.EndColumn = int32(1 + utf8.RuneCount(withoutMark(data, from, end)))
	return s
}

// withoutMark leaves out a byte order mark, which editors do not count.
func withoutMark(data []byte, from, to int) []byte {
	if from == 0 && to >= len(byteOrderMark) && bytes.HasPrefix(data, byteOrderMark) {
		from = len(byteOrderMark)
	}
	return data[from:to]
}

// Span returns the span of the bytes from start to end of the body's file.
func (b *Body) Span(start, end int) source.Span {
	l, c := b.position(start)
	el, ec := b.position(end)
	return source.Span{Line: l, Column: c, EndLine: el, EndColumn: ec}
}

func (b *Body) position(off int) (line, column int32) {
	n := sort.Search(len(b.lines), func(i int) bool { return int(b.lines[i]) > off })
	from := int(b.lines[n-1])
	return int32(n), int32(1 + utf8.RuneCount(withoutMark(b.Source, from, off)))
}

// lineStarts returns the offset at which each line of data begins.
func lineStarts(data []byte) []int32 {
	lines := make([]int32, 1, 1+bytes.Count(data, []byte("\n")))
	for i := 0; ; {
		n := bytes.IndexByte(data[i:], '\n')
		if n < 0 {
			return lines
		}
		i += n + 1
		lines = append(lines, int32(i))
	}
}
