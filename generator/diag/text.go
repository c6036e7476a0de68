package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"annals/generator/lang"
	"annals/generator/source"
)

// Text prints diagnostics for people: a line with place and message, the source
// line with carets below it, and the related places.
//
// The rules are:
//
//   - The first line of a diagnostic is always alone and complete:
//     file:line:column: severity: message [rule].
//   - Carets stand below the characters on a screen where a Chinese character
//     is two cells wide.
//   - Whatever comes from a file is made safe to show first.
//   - A file is read again for its line; if it was removed, no line is shown.
type Text struct {
	Out   io.Writer
	Lang  lang.Tag
	Read  func(file string) []byte // the text of a file, or nil; nil to show no source
	Color bool

	file string // the file that was read last
	text string
	at   place // the last place that was looked up in it
}

// place is a position in a text. Findings are sorted by place, so each search
// continues from the last position, which keeps long texts and lines fast.
type place struct{ line, start, column, off int }

// The most related places that are shown; the JSON output has them all.
const maxRelated = 8

// Print prints the diagnostics in their order.
func (t *Text) Print(list []Diagnostic) error {
	w := bufio.NewWriter(t.Out)
	for _, d := range list {
		t.print(w, d)
	}
	return w.Flush()
}

func (t *Text) print(w *bufio.Writer, d Diagnostic) {
	tone := [...]string{red, yellow, bold}[d.Severity]
	fmt.Fprintf(w, "%s: %s: %s %s\n", t.paint(bold, where(d.Place)), t.paint(tone, d.Severity.String()),
		d.Message.In(t.Lang), t.paint(faint, "["+d.Rule+"]"))
	t.excerpt(w, d.Place, tone)
	for i, r := range d.Related {
		if i == maxRelated {
			fmt.Fprintf(w, "    … +%d\n", len(d.Related)-maxRelated)
			break
		}
		fmt.Fprintf(w, "    %s: %s\n", where(r.Place), r.Message.In(t.Lang))
	}
}

func where(p source.Place) string {
	return fmt.Sprintf("%s:%d:%d", Visible(p.File), max(p.Line, 1), max(p.Column, 1))
}

// excerpt shows the source line with carets under the place.
func (t *Text) excerpt(w *bufio.Writer, p source.Place, tone string) {
	line, ok := t.line(p.File, int(p.Line))
	if !ok || strings.TrimSpace(line) == "" {
		return
	}
	runes, start := t.around(line, int(p.Column)-1)
	end := len(runes)
	if p.EndLine == p.Line {
		end = min(start+int(p.EndColumn-p.Column), len(runes))
	}
	if end <= start {
		end = start + 1
	}
	left, right := window(runes, start, end)
	number := fmt.Sprintf("%5d | ", p.Line)
	fmt.Fprintf(w, "%s%s\n", t.paint(faint, number), Visible(string(runes[left:right])))
	pad := strings.Repeat(" ", len(number)-2) + "| " + strings.Repeat(" ", Width(Visible(string(runes[left:start]))))
	marked := Width(Visible(string(runes[start:min(end, right)])))
	fmt.Fprintf(w, "%s%s\n", t.paint(faint, pad), t.paint(tone, strings.Repeat("^", max(marked, 1))))
}

// most is the largest number of characters of a line that are shown; for a long
// place twice as many.
const most = 100

// around returns the part of the line that may be shown around a column, which
// is counted from 0, and the index of the column in it.
func (t *Text) around(line string, column int) (near []rune, start int) {
	if len(line) <= 4*most {
		near = []rune(line)
		return near, min(column, len(near))
	}
	if t.at.column > column {
		t.at.column, t.at.off = 0, 0
	}
	for t.at.column < column && t.at.off < len(line) {
		_, n := utf8.DecodeRuneInString(line[t.at.off:])
		t.at.column, t.at.off = t.at.column+1, t.at.off+n
	}
	from, to := t.at.off, t.at.off
	for start < most && from > 0 {
		_, n := utf8.DecodeLastRuneInString(line[:from])
		start, from = start+1, from-n
	}
	for i := 0; i < 2*most && to < len(line); i++ {
		_, n := utf8.DecodeRuneInString(line[to:])
		to += n
	}
	return []rune(line[from:to]), start
}

// window cuts a long line around the place, so that it stays on one screen line.
func window(runes []rune, start, end int) (left, right int) {
	if len(runes) <= most {
		return 0, len(runes)
	}
	left = max(0, start-most/3)
	right = min(len(runes), max(end, left+most))
	return left, min(right, left+2*most)
}

func (t *Text) line(file string, n int) (string, bool) {
	if t.Read == nil || n < 1 {
		return "", false
	}
	if file != t.file {
		t.file, t.text, t.at = file, string(t.Read(file)), place{line: 1}
	}
	if n < t.at.line {
		t.at = place{line: 1}
	}
	for t.at.line < n {
		i := strings.IndexByte(t.text[t.at.start:], '\n')
		if i < 0 {
			return "", false
		}
		t.at = place{line: t.at.line + 1, start: t.at.start + i + 1}
	}
	line, _, _ := strings.Cut(t.text[t.at.start:], "\n")
	return strings.TrimRight(line, "\r"), true
}

// Width is the number of cells that s takes on a terminal: a wide or
// full-width character takes two.
func Width(s string) int {
	n := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// Escape sequences of the terminal.
const (
	bold   = "\x1b[1m"
	faint  = "\x1b[2m"
	red    = "\x1b[1;31m"
	yellow = "\x1b[1;33m"
	plain  = "\x1b[0m"
)

func (t *Text) paint(tone, s string) string {
	if !t.Color {
		return s
	}
	return tone + s + plain
}
