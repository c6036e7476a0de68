package content

import (
	"bytes"

	"annals/generator/diag"
	"annals/generator/files"
)

// What a body may hold, so that it is read in less than 2 s and 256 MiB. The
// longest report that was seen has some hundreds of marks and of lines.
//
// Time grows with the marks that find no partner, times what they look through
// for it; memory with the lines, the cells of tables, and the quotations and
// lists that begin. Text itself costs next to nothing: 4 MiB of it are read.
const (
	maxMarks     = 150_000   // in a body
	maxParaMarks = 4_000     // between two blank lines
	maxPairs     = 60 << 20  // pairs of marks that stand between two blank lines, in a body
	maxNotes     = 4_000     // marks of footnotes, in a body
	maxReach     = 256 << 20 // marks times bytes, between two blank lines
	maxNesting   = 100       // quotations and lists inside each other
	maxParts     = 120_000   // lines, cells, quotations and lists
)

// burden returns a diagnostic for a body that would take the parser too long, and
// nil for one that can be parsed.
func burden(file string, data []byte, start int) []diag.Diagnostic {
	if few(data[start:]) {
		return nil
	}
	refuse := func(off int, key string, args ...any) []diag.Diagnostic {
		return []diag.Diagnostic{diag.New("file-size/"+key, files.Span(data, off, off).In(file), args...)}
	}
	all, para, pairs, notes, size, parts, width := 0, 0, 0, 0, 0, 0, 0
	for off := start; off < len(data); {
		line := data[off:]
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line = line[:i+1]
		}
		if len(bytes.TrimSpace(line)) == 0 {
			para, size, width = 0, 0, 0
		} else {
			parts++
		}
		n, nested := marks(line), nesting(line)
		pairs += n * (2*para + n)
		all, para, size = all+n, para+n, size+len(line)
		if n > 0 {
			notes += bytes.Count(line, []byte("[^"))
		}
		bars := bytes.Count(line, []byte("|"))
		if bars > 0 && len(bytes.Trim(line, " \t\r\n|:-")) == 0 {
			width = max(width, bars+1) // the parser gives each row below as many cells
		}
		parts += max(bars, width) + nested
		switch {
		case nested > maxNesting:
			return refuse(off, "nesting", "n", nested, "limit", maxNesting)
		case para > maxParaMarks:
			return refuse(off, "marks", "limit", maxParaMarks)
		case all > maxMarks, pairs > maxPairs, notes > maxNotes, para*size > maxReach:
			return refuse(off, "all-marks", "n", all)
		case parts > maxParts:
			return refuse(off, "parts", "limit", maxParts)
		}
		off += len(line)
	}
	return nil
}

// few reports whether a body has so few of the characters counted below that it
// cannot exceed a limit. This is true of nearly all bodies.
func few(body []byte) bool {
	const lines = 1000
	n := 0
	for _, sign := range []byte("[*_>-+.)`<~") {
		n += bytes.Count(body, []byte{sign})
	}
	return n <= maxNesting && bytes.Count(body, []byte("|")) <= maxParts/lines/2 && bytes.Count(body, []byte("\n")) <= lines
}

// marks counts the runs of the characters that Markdown pairs.
func marks(line []byte) int {
	n := 0
	prev := byte(0)
	for _, c := range line {
		switch c {
		case '[', '<':
			n++
		case '*', '_', '`', '~':
			if c != prev {
				n++
			}
		}
		prev = c
	}
	return n
}

// nesting counts the quotations and list items that begin on a line, and those
// in which it may stand by its indentation.
func nesting(line []byte) int {
	n := 0
	indent := len(line) - len(bytes.TrimLeft(line, " "))
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ' || c == '\t' || c >= '0' && c <= '9':
		case c == '>':
			n++
		case c == '[' && i+1 < len(line) && line[i+1] == '^': // a footnote
			return inside(n+1, indent)
		case bytes.IndexByte([]byte("-+*.)"), c) >= 0 && i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t'):
			n++
		default:
			return inside(n, indent)
		}
	}
	return inside(n, indent)
}

// inside adds the number of list items in which a line may be by its indentation,
// two columns each. Indentation counts only on a line that begins an item.
func inside(begun, indent int) int {
	if begun == 0 {
		return 0
	}
	return begun + indent/2
}
