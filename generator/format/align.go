package format

import (
	"annals/generator/diag"
	"strings"
)

// mark precedes a comment beside a value until the comments of neighbouring
// lines have been aligned. NUL is not allowed in YAML, so it cannot occur otherwise.
const mark = "\x00"

// maxShift is the largest column to which comments are moved to align them with
// their neighbours.
const maxShift = 64

// aligned aligns the comments of neighbouring lines, two spaces behind the longest
// line.
func aligned(text string) string {
	lines := strings.SplitAfter(text, "\n")
	for i := 0; i < len(lines); {
		end, widest := i, 0
		for end < len(lines) && strings.Contains(lines[end], mark) {
			before, _, _ := strings.Cut(lines[end], mark)
			widest = max(widest, min(diag.Width(before), maxShift))
			end++
		}
		for ; i < end; i++ {
			before, after, _ := strings.Cut(lines[i], mark)
			lines[i] = before + strings.Repeat(" ", max(widest-diag.Width(before), 0)+2) + after
		}
		i++
	}
	return strings.Join(lines, "")
}
