package format

import (
	"annals/generator/diag"
	"strings"
)

// mark stands before a comment beside a value until the comments of
// neighbouring lines have been aligned. It occurs in no YAML.
const mark = "\x00"

// maxShift bounds how far a comment moves for the sake of its neighbours.
const maxShift = 64

// aligned puts the comments of neighbouring lines below each other, two spaces
// behind the longest of them.
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
