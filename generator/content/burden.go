package content

import (
	"bytes"

	"annals/generator/diag"
	"annals/generator/files"
)

// What a body may hold of the marks that Markdown pairs with each other. Time
// to parse grows with the square of those that find no partner: 30,000 in one
// paragraph of 120 kB take 6 s, 60,000 take 34 s; these take less than 0.5 s.
// The longest report that was seen has some hundreds.
const (
	maxMarks     = 20000 // in a body
	maxParaMarks = 4000  // between two blank lines
	maxNesting   = 100   // quotations and lists that begin on one line
)

// burden tells of a body that would take the parser too long. It returns nil
// for one that can be parsed.
func burden(file string, data []byte, start int) []diag.Diagnostic {
	if few(data[start:]) {
		return nil
	}
	all, para := 0, 0
	for off := start; off < len(data); {
		line := data[off:]
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line = line[:i+1]
		}
		if len(bytes.TrimSpace(line)) == 0 {
			para = 0
		}
		n := marks(line)
		all, para = all+n, para+n
		switch nested := nesting(line); {
		case nested > maxNesting:
			return []diag.Diagnostic{diag.New("file-size/nesting", files.Span(data, off, off).In(file), "n", nested, "limit", maxNesting)}
		case para > maxParaMarks:
			return []diag.Diagnostic{diag.New("file-size/marks", files.Span(data, off, off).In(file), "limit", maxParaMarks)}
		case all > maxMarks:
			return []diag.Diagnostic{diag.New("file-size/all-marks", files.Span(data, off, off).In(file), "limit", maxMarks)}
		}
		off += len(line)
	}
	return nil
}

// few reports whether a body has so few of the signs that are counted below
// that no limit can be passed, as nearly all have.
func few(body []byte) bool {
	n := 0
	for _, sign := range []byte("[*_>-+.)") {
		n += bytes.Count(body, []byte{sign})
	}
	return n <= min(maxMarks, maxParaMarks, maxNesting)
}

// marks counts the brackets and the runs of stars and underscores of a line.
func marks(line []byte) int {
	n := bytes.Count(line, []byte("["))
	prev := byte(0)
	for _, c := range line {
		if (c == '*' || c == '_') && c != prev {
			n++
		}
		prev = c
	}
	return n
}

// nesting counts the quotations and list items that begin on a line.
func nesting(line []byte) int {
	n := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ' || c == '\t' || c >= '0' && c <= '9':
		case c == '>':
			n++
		case bytes.IndexByte([]byte("-+*.)"), c) >= 0 && i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t'):
			n++
		default:
			return n
		}
	}
	return n
}
