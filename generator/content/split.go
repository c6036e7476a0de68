package content

import (
	"bytes"

	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/source"
)

// Parts are the two parts of a Markdown file. Without front matter Front is
// empty and the body is the whole file.
type Parts struct {
	Found     bool        // there is a front matter
	Front     string      // the YAML between the two lines of ---
	FrontLine int         // the line on which Front begins, from 1
	FrontSpan source.Span // the lines of Front
	Body      int         // the offset at which the Markdown begins
}

// Split finds the front matter of a file: what stands between two lines of ---.
// It says what other programs pass over in silence: a byte order mark, which
// hides the front matter, a front matter that never ends, and an indented ---
// that ends it early, as happens within a block of text.
func Split(file string, data []byte) (Parts, []diag.Diagnostic) {
	var diags []diag.Diagnostic
	report := func(key string, start, end int) {
		diags = append(diags, diag.New(key, files.Span(data, start, end).In(file)))
	}
	base := 0
	if bytes.HasPrefix(data, []byte(files.ByteOrderMark)) {
		report("encoding/bom", 0, 0)
		base = len(files.ByteOrderMark)
	}
	none := Parts{FrontLine: 1, FrontSpan: source.At(1, 1), Body: base}

	open := base // the first line that is not blank
	for open < len(data) && len(bytes.TrimSpace(lineAt(data, open))) == 0 {
		open = nextLine(data, open)
	}
	if open == len(data) {
		report("front-matter/empty", 0, 0)
		return none, diags
	}
	fence := lineAt(data, open)
	if !isEnd(fence) {
		report("front-matter/missing", open, open)
		return none, diags
	}
	if !isFence(fence) {
		report("front-matter/missing", open, open+len(fence))
	}
	start := nextLine(data, open)
	end, ok := findLine(data, start, isEnd)
	if !ok {
		report("front-matter/unterminated", open, open+len(fence))
		return none, diags
	}
	body := nextLine(data, end)
	if fence := lineAt(data, end); !isFence(fence) {
		indent := len(fence) - len(bytes.TrimLeft(fence, " \t"))
		report("front-matter/indented-end", end+indent, end+len(fence))
		// The rest is read as it was meant, so that one fault is told once.
		if at, ok := findLine(data, body, isFence); ok {
			end, body = at, nextLine(data, at)
		}
	}
	return Parts{
		Found:     true,
		Front:     string(data[start:end]),
		FrontLine: 1 + bytes.Count(data[:start], []byte("\n")),
		FrontSpan: files.Span(data, start, end),
		Body:      body,
	}, diags
}

// isEnd reports whether a line is --- at any indentation, which is where other
// programs cut.
func isEnd(line []byte) bool { return string(bytes.TrimSpace(line)) == "---" }

// isFence reports whether a line is --- from its first column on.
func isFence(line []byte) bool {
	return bytes.HasPrefix(line, []byte("---")) && isEnd(line)
}

// findLine finds the first line at or after an offset that is such a line.
func findLine(data []byte, off int, is func(line []byte) bool) (int, bool) {
	for ; off < len(data); off = nextLine(data, off) {
		if is(lineAt(data, off)) {
			return off, true
		}
	}
	return 0, false
}

// lineAt returns the line that begins at off, without its line break.
func lineAt(data []byte, off int) []byte {
	line := data[off:]
	if n := bytes.IndexByte(line, '\n'); n >= 0 {
		line = line[:n]
	}
	return bytes.TrimSuffix(line, []byte("\r"))
}

// nextLine returns the offset of the line after the one at off.
func nextLine(data []byte, off int) int {
	if n := bytes.IndexByte(data[off:], '\n'); n >= 0 {
		return off + n + 1
	}
	return len(data)
}
