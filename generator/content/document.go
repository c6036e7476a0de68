package content

import (
	"crypto/sha256"
	"io/fs"

	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// Document is a Markdown file: its front matter and its body.
type Document struct {
	File      string
	Data      []byte            // the whole file, as it is on the disk
	Hash      [sha256.Size]byte // of Data
	Front     *yamlpos.Node     // a Map; nil if there is none, or it could not be read
	FrontSpan source.Span       // the lines between the two ---
	Body      *Body
}

// ReadDocument reads and parses a Markdown file. The document is nil if the
// file cannot be read, is not text or would take too long; otherwise it holds
// whatever could be read, and the diagnostics report the rest.
func ReadDocument(fsys fs.FS, file string) (*Document, []diag.Diagnostic) {
	data, diags := files.ReadText(fsys, file)
	return parse(file, data, diags)
}

// ParseDocument is ReadDocument of a file that has not been written yet: it
// would hold these bytes.
func ParseDocument(file string, data []byte) (*Document, []diag.Diagnostic) {
	data, diags := files.Text(file, data)
	return parse(file, data, diags)
}

// ReadBoilerplate reads a Markdown file without front matter. The body is nil if
// it cannot be read.
func ReadBoilerplate(fsys fs.FS, file string) (*Body, []diag.Diagnostic) {
	data, diags := files.ReadText(fsys, file)
	if data == nil {
		return nil, diags
	}
	if heavy := burden(file, data, 0); heavy != nil {
		return nil, append(diags, heavy...)
	}
	return parseBody(file, data, 0), diags
}

func parse(file string, data []byte, diags []diag.Diagnostic) (*Document, []diag.Diagnostic) {
	if data == nil {
		return nil, diags
	}
	d := &Document{File: file, Data: data, Hash: sha256.Sum256(data)}
	parts, more := Split(file, data)
	d.FrontSpan = parts.FrontSpan
	diags = append(diags, more...)
	if parts.Found {
		d.Front, more = yamlpos.Parse(file, parts.Front, parts.FrontLine)
		for _, m := range more {
			if m.Rule != "encoding" { // reported already, for the whole file
				diags = append(diags, m)
			}
		}
	}
	if heavy := burden(file, data, parts.Body); heavy != nil {
		return nil, append(diags, heavy...)
	}
	masked, more := d.redact(parts.Body)
	d.Body = parseBody(file, masked, parts.Body)
	diags = append(diags, more...)
	return d, append(diags, d.Body.check()...)
}
