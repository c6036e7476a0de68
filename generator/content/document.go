package content

import (
	"crypto/sha256"
	"io/fs"
	"sync"

	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// Document is a Markdown file: its front matter and its body.
type Document struct {
	File      string
	Data      []byte            // the whole file
	Hash      [sha256.Size]byte // of Data
	Front     *yamlpos.Node     // a Map; nil if there is none, or it could not be read
	FrontSpan source.Span       // the lines between the two ---
	Body      *Body

	memory *[]yamlpos.Node // of Front
}

// memories are those of front matter that nobody needs any more. It takes
// more than all else that is made of a document, and for a shorter time.
var memories = sync.Pool{New: func() any {
	nodes := make([]yamlpos.Node, 512) // an ordinary report has 250
	return &nodes
}}

// Done says that the front matter has been read, and nothing but texts of it
// is in use: its memory is another document's from now on.
func (d *Document) Done() {
	if d.memory != nil {
		memories.Put(d.memory)
		d.memory, d.Front = nil, nil
	}
}

// ReadDocument reads and parses a Markdown file. The document is nil if the
// file cannot be read, is not text or would take too long; otherwise it holds whatever could be
// read, and the diagnostics tell the rest.
func ReadDocument(fsys fs.FS, file string) (*Document, []diag.Diagnostic) {
	data, diags := files.ReadText(fsys, file)
	if data == nil {
		return nil, diags
	}
	d := &Document{File: file, Data: data, Hash: sha256.Sum256(data)}
	parts, more := Split(file, data)
	d.FrontSpan = parts.FrontSpan
	diags = append(diags, more...)
	if parts.Found {
		d.memory = memories.Get().(*[]yamlpos.Node)
		d.Front, more = yamlpos.ParseIn(*d.memory, file, parts.Front, parts.FrontLine)
		for _, m := range more {
			if m.Rule != "encoding" { // told already, of the whole file
				diags = append(diags, m)
			}
		}
	}
	if heavy := burden(file, data, parts.Body); heavy != nil {
		return nil, append(diags, heavy...)
	}
	d.Body = parseBody(file, data, parts.Body)
	return d, append(diags, d.Body.check()...)
}
