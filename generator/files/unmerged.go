package files

import (
	"bytes"
	"strconv"
	"strings"

	"annals/generator/diag"
)

// The marks that git leaves where two changes do not agree. Between the first
// and the last stand a line of = and, in some styles, one of |, with the name of
// the common base. Alone a line of = is a heading, and one of | without a name, or with
// more of them behind it, a row of a table.
var (
	ours   = []byte("<<<<<<<")
	base   = []byte("||||||| ")
	theirs = []byte(">>>>>>>")
)

// mostConflicts is the largest number of places that a message names.
const mostConflicts = 8

// Unmerged returns a diagnostic for the merge conflicts left in a text. Callers
// report nothing else about such a file: other faults follow from the conflict.
func Unmerged(file string, data []byte) (diag.Diagnostic, bool) {
	if !bytes.Contains(data, ours) && !bytes.Contains(data, theirs) && !bytes.Contains(data, base) {
		return diag.Diagnostic{}, false
	}
	var lines []string
	begin, end := 0, 0 // of the first conflict
	open, openAt := 0, 0
	more, longer := false, false
	add := func(from, to, start, stop int) {
		if len(lines) == 0 {
			begin, end = start, stop
		}
		if more = len(lines) == mostConflicts; more {
			return
		}
		if from == to {
			lines = append(lines, strconv.Itoa(from))
		} else {
			lines = append(lines, strconv.Itoa(from)+"–"+strconv.Itoa(to))
		}
	}
	n, off := 0, 0
	for line := range bytes.Lines(data) {
		n++
		switch {
		case isMark(line, ours) && open == 0:
			open, openAt, longer = n, off, isLonger(line)
		case isMark(line, theirs) && open > 0:
			add(open, n, openAt, off+len(bytes.TrimRight(line, "\r\n")))
			open = 0
		case isMark(line, theirs) && !isLonger(line), open == 0 && isBase(line):
			add(n, n, off, off+len(bytes.TrimRight(line, "\r\n")))
		}
		off += len(line)
	}
	if open > 0 && !longer {
		add(open, open, openAt, openAt+len(ours))
	}
	if len(lines) == 0 {
		return diag.Diagnostic{}, false
	}
	if more {
		lines = append(lines, "…")
	}
	return diag.New("merge-conflict", Span(data, begin, end).In(file), "lines", strings.Join(lines, ", ")), true
}

// isMark reports whether a line is seven or, if the attribute conflict-marker-size
// says so, more of the mark's characters, and perhaps the name of a branch.
func isMark(line, mark []byte) bool {
	rest, ok := bytes.CutPrefix(line, mark)
	rest = bytes.TrimLeft(rest, string(mark[:1]))
	return ok && (len(rest) == 0 || strings.IndexByte(" \r\n", rest[0]) >= 0)
}

// isLonger reports whether a line begins with more than seven of its character. Such
// a line alone may be a quotation within others.
func isLonger(line []byte) bool { return len(line) > len(theirs) && line[len(theirs)] == line[0] }

// isBase reports whether a line names the base of a conflict.
func isBase(line []byte) bool {
	name, ok := bytes.CutPrefix(line, base)
	return ok && len(bytes.TrimSpace(name)) > 0 && bytes.IndexByte(name, '|') < 0
}
