package format

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"annals/generator/diag"
	"annals/generator/source"
)

// Fix applies repairs to one file. Of two repairs that change the same text the
// later one is left out, because they cannot both be right. A repair whose place is
// outside the file is left out too. left is the number of repairs left out.
func Fix(data []byte, fixes []diag.Fix) (out []byte, left int) {
	list := slices.Clone(fixes)
	slices.SortStableFunc(list, func(a, b diag.Fix) int {
		return cmp.Or(cmp.Compare(a.Place.Line, b.Place.Line), cmp.Compare(a.Place.Column, b.Place.Column))
	})
	starts := lineStarts(data)
	done := 0
	var last *diag.Fix
	for i := range list {
		f := &list[i]
		if last != nil && f.Place == last.Place && f.Replace == last.Replace {
			continue // the same repair twice
		}
		start, ok1 := offset(data, starts, f.Place.Line, f.Place.Column)
		end, ok2 := offset(data, starts, f.Place.EndLine, f.Place.EndColumn)
		if !ok1 || !ok2 || end < start || start < done || last != nil && start == done && f.Place.Span == last.Place.Span {
			left++
			continue
		}
		out = append(out, data[done:start]...)
		out = append(out, f.Replace...)
		done, last = end, f
	}
	return append(out, data[done:]...), left
}

func lineStarts(data []byte) []int {
	starts := []int{0}
	for i, c := range data {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// offset turns a line and a column, which counts code points, into a byte offset.
func offset(data []byte, starts []int, line, column int32) (int, bool) {
	if line < 1 || int(line) > len(starts) || column < 1 {
		return 0, false
	}
	at := starts[line-1]
	for n := int32(1); n < column; n++ {
		if at >= len(data) || data[at] == '\n' {
			return 0, false
		}
		_, size := utf8.DecodeRune(data[at:])
		at += size
	}
	return at, true
}

// Fixes collects the repairs of a list of diagnostics by file.
func Fixes(diags []diag.Diagnostic) map[string][]diag.Fix {
	byFile := map[string][]diag.Fix{}
	for _, d := range diags {
		if d.Fix != nil && d.Fix.Place.Span != (source.Span{}) {
			byFile[d.Fix.Place.File] = append(byFile[d.Fix.Place.File], *d.Fix)
		}
	}
	return byFile
}
