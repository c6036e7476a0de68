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

// Text prints diagnostics: a line with place and message, the source line with
// carets below it, and the related places.
//
// The rules are:
//
//   - The first line of a diagnostic is always alone and complete, for editors and
//     other programs: file:line:column: severity: message [rule]. On a terminal,
//     where a person reads, the order is theirs (friendly): whose report it is, once
//     for all that follow about it; where in the document; what is wrong; and the
//     file and the rule last.
//   - Carets stand below the characters on a screen where a Chinese character
//     is two cells wide.
//   - Whatever comes from a file is made safe to show first.
//   - A file is read again for its line; if it was removed, no line is shown.
type Text struct {
	Out   io.Writer
	Lang  lang.Tag
	Read  func(file string) []byte // the text of a file, or nil; nil to show no source
	Color bool
	// Terminal is set where a person reads. Related places are then only counted,
	// unless Verbose is set.
	Terminal, Verbose bool

	report lang.Text // whose findings were printed last

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
	for i := range list {
		if t.Terminal {
			t.friendly(w, &list[i])
		} else {
			t.print(w, list[i])
		}
	}
	return w.Flush()
}

// friendly prints a finding in the order in which a person takes it in.
func (t *Text) friendly(w *bufio.Writer, d *Diagnostic) {
	var report lang.Text
	if len(d.Where) > 0 {
		report = d.Where[0]
	}
	if report != t.report && report != (lang.Text{}) {
		fmt.Fprintf(w, "%s\n", t.paint(bold, report.In(t.Lang)))
	}
	t.report = report
	if len(d.Where) > 1 {
		fmt.Fprintf(w, "  %s\n", lang.Join(d.Where[1:], words()["step"]).In(t.Lang))
	}
	fmt.Fprintf(w, "  %s%s%s\n", t.paint(tones[d.Severity], words()[d.Severity.String()].In(t.Lang)), words()["says"].In(t.Lang), d.Message.In(t.Lang))
	t.excerpt(w, d.Place, tones[d.Severity])
	if t.Verbose {
		t.related(w, d)
	} else if n := len(d.Related); n > 0 {
		fmt.Fprintf(w, "  %s\n", t.paint(faint, Fill(words()["related"], "n", n).In(t.Lang)))
	}
	fmt.Fprintf(w, "  %s\n\n", t.paint(faint, where(d.Place)+" ["+d.Rule+"]"))
}

func (t *Text) print(w *bufio.Writer, d Diagnostic) {
	tone := tones[d.Severity]
	fmt.Fprintf(w, "%s: %s: %s %s\n", t.paint(bold, where(d.Place)), t.paint(tone, d.Severity.String()),
		d.Line().In(t.Lang), t.paint(faint, "["+d.Rule+"]"))
	t.excerpt(w, d.Place, tone)
	t.related(w, &d)
}

func (t *Text) related(w *bufio.Writer, d *Diagnostic) {
	for i, r := range d.Related {
		if i == maxRelated && !t.Verbose {
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

// tones are the colours of the severities.
var tones = [...]string{red, yellow, bold}

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
