package content

import (
	"bytes"
	"regexp"
	"strings"

	"annals/generator/diag"
	"annals/generator/files"
)

// dashes are what an editor makes of the three hyphens of a fence, or a hand in a
// hurry types for them.
const dashes = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\ufe63\uff0d_="

// dashed reports whether a line is a fence that is not written as one.
func dashed(line []byte) bool {
	text := strings.TrimSpace(string(line))
	return len(text) > 1 && text != "---" && strings.Trim(text, dashes) == ""
}

var firstKey = regexp.MustCompile(`^[a-z_]+: *\S`)

// unopened returns the diagnostic of a file whose first line with text, at off, is
// no fence.
func unopened(file string, data []byte, off int) diag.Diagnostic {
	line := lineAt(data, off)
	_, later := findFence(data, off)
	switch {
	case dashed(line):
		return refenced(file, data, off)
	case firstKey.Match(line) && later:
		d := diag.New("front-matter/missing", files.Span(data, off, off).In(file))
		d.Fix = &diag.Fix{Place: d.Place, Replace: "---\n"}
		return d
	case later:
		return diag.New("front-matter/before", files.Span(data, off, off+len(line)).In(file))
	}
	return diag.New("front-matter/missing", files.Span(data, off, off).In(file))
}

// unclosed returns the diagnostic of a file whose second fence is missing; the
// first one is at off. It belongs above the first heading.
func unclosed(file string, data []byte, off int) diag.Diagnostic {
	opened := files.Span(data, off, off+len(lineAt(data, off))).In(file)
	for at := nextLine(data, off); at < len(data); at = nextLine(data, at) {
		line := lineAt(data, at)
		switch {
		case dashed(line) && !bytes.HasPrefix(line, []byte(" ")):
			return refenced(file, data, at)
		case bytes.HasPrefix(line, []byte("## ")):
			d := diag.New("front-matter/unterminated-here", files.Span(data, at, at+len(line)).In(file)).
				With(opened, diag.Say("front-matter/opened"))
			d.Fix = &diag.Fix{Place: files.Span(data, at, at).In(file), Replace: "---\n\n"}
			return d
		}
	}
	return diag.New("front-matter/unterminated", opened)
}

func refenced(file string, data []byte, off int) diag.Diagnostic {
	line := lineAt(data, off)
	d := diag.New("front-matter/dashes", files.Span(data, off, off+len(line)).In(file), "text", string(bytes.TrimSpace(line)))
	d.Fix = &diag.Fix{Place: d.Place, Replace: "---"}
	return d
}
