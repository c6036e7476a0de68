package content

import (
	"bytes"
	"sort"

	"annals/generator/files"
	"annals/generator/source"
)

// Span returns the span of the bytes from start to end of the body's file.
func (b *Body) Span(start, end int) source.Span {
	return source.Span{
		Line: b.line(start), Column: int32(files.Column(b.Source, start)),
		EndLine: b.line(end), EndColumn: int32(files.Column(b.Source, end)),
	}
}

func (b *Body) line(off int) int32 {
	return int32(sort.Search(len(b.lines), func(i int) bool { return int(b.lines[i]) > off }))
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
