package annotate

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"annals/generator/diag"
)

// shownByGitHub is how many annotations of a severity GitHub shows for a step. The
// others stand in the log only.
const shownByGitHub = 10

var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// GitHub prints a workflow command for each finding, which GitHub Actions shows
// beside the line of a pull request. It returns how many of them are not shown.
func (p Printer) GitHub(w io.Writer, list []diag.Diagnostic) (hidden int, err error) {
	b := bufio.NewWriter(w)
	count := map[diag.Severity]int{}
	for _, d := range list {
		if count[d.Severity]++; count[d.Severity] > shownByGitHub {
			hidden++
		}
		fmt.Fprintf(b, "::%s file=%s", d.Severity, property.Replace(p.file(d.Place.File)))
		if at := d.Place; at.Line > 0 {
			fmt.Fprintf(b, ",line=%d,endLine=%d", at.Line, max(at.Line, at.EndLine))
			if at.EndLine == at.Line { // GitHub takes columns within a line only
				fmt.Fprintf(b, ",col=%d,endColumn=%d", max(at.Column, 1), max(at.EndColumn, at.Column, 1))
			}
		}
		fmt.Fprintf(b, ",title=%s::%s\n", property.Replace(d.Rule), data.Replace(d.Message.In(p.Lang)))
	}
	return hidden, b.Flush()
}
