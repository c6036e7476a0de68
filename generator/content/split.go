package content

import (
	"bufio"
	"bytes"
	"sync"

	"github.com/adrg/frontmatter"

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

// readers is a pool of the buffered readers that the library uses. It makes one for
// each file unless it is given one.
var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// Split finds the front matter of a file. It says what the library that does
// the cutting passes over in silence: a byte order mark, which hides the front
// matter, a front matter that never ends, and an indented --- that ends it
// early, as happens within a block of text.
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
	if string(bytes.TrimSpace(fence)) != "---" {
		return none, append(diags, unopened(file, data, open))
	}
	if !isFence(fence) {
		report("front-matter/missing", open, open+len(fence))
	}
	size := -1
	capture := func(front []byte, _ any) error { size = len(front); return nil }
	start := nextLine(data, open)
	head := data[:headEnd(data, start)]
	reader := readers.Get().(*bufio.Reader)
	reader.Reset(bytes.NewReader(head[base:]))
	rest, err := frontmatter.Parse(reader, nil, frontmatter.NewFormat("---", "---", capture))
	reader.Reset(nil) // otherwise the pool would keep the text in memory
	readers.Put(reader)
	if err != nil || size < 0 {
		return none, append(diags, unclosed(file, data, open))
	}
	end, body := start+size, len(head)-len(rest)
	if fence := lineAt(data, end); !isFence(fence) {
		indent := len(fence) - len(bytes.TrimLeft(fence, " \t"))
		report("front-matter/indented-end", end+indent, end+len(fence))
		// The rest is read as it was meant, so that one mistake is reported once.
		if at, ok := findFence(data, body); ok {
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

// headEnd returns where the first line after start ends at which the library
// will cut: it copies what it is given, and need not copy the Markdown.
func headEnd(data []byte, start int) int {
	for off := start; ; {
		n := bytes.Index(data[off:], []byte("---"))
		if n < 0 {
			return len(data)
		}
		line := start + 1 + bytes.LastIndexByte(data[start:off+n], '\n')
		off = nextLine(data, off+n)
		if len(bytes.TrimSpace(lineAt(data, line))) == len("---") {
			return off
		}
	}
}

// isFence reports whether a line is --- from its first column on.
func isFence(line []byte) bool {
	return bytes.HasPrefix(line, []byte("---")) && len(bytes.TrimSpace(line)) == len("---")
}

// findFence returns the offset of the first line from off on that is ---.
func findFence(data []byte, off int) (int, bool) {
	for ; off < len(data); off = nextLine(data, off) {
		if isFence(lineAt(data, off)) {
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
