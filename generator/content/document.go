package content

import (
	"crypto/sha256"
	"io"
	"io/fs"

	"annals/generator/diag"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// MaxFile is the size up to which a text file is read, in bytes. A report
// takes 5 to 40 kB.
const MaxFile = 4 << 20

// Document is a Markdown file: its front matter and its body.
type Document struct {
	File      string
	Data      []byte            // the whole file
	Hash      [sha256.Size]byte // of Data
	Front     *yamlpos.Node     // a Map; nil if it could not be read
	FrontSpan source.Span       // the lines between the two ---
	Body      *Body
}

// ReadDocument reads and parses a Markdown file. The document is nil if the
// file cannot be read or is not text; otherwise it holds whatever could be
// read, and the diagnostics tell the rest.
func ReadDocument(fsys fs.FS, file string) (*Document, []diag.Diagnostic) {
	data, diags := ReadText(fsys, file)
	if data == nil {
		return nil, diags
	}
	d := &Document{File: file, Data: data, Hash: sha256.Sum256(data)}
	parts, more := Split(file, data)
	d.FrontSpan = parts.FrontSpan
	diags = append(diags, more...)
	d.Front, more = yamlpos.Parse(file, parts.Front, parts.FrontLine)
	for _, m := range more {
		if m.Rule != "encoding" { // told already, of the whole file
			diags = append(diags, m)
		}
	}
	d.Body = parseBody(file, data, parts.Body)
	return d, append(diags, d.Body.check()...)
}

// ReadText reads a file of text: UTF-8, no larger than MaxFile, without
// characters that nobody sees. Data is nil if the file cannot be used at all.
func ReadText(fsys fs.FS, file string) (data []byte, diags []diag.Diagnostic) {
	top := source.At(1, 1).In(file)
	f, info, diags := open(fsys, file)
	if f == nil {
		return nil, diags
	}
	defer f.Close()
	if info.Size() > MaxFile {
		return nil, []diag.Diagnostic{diag.New("file-size", top, "size", sizeOf(info.Size()), "limit", sizeOf(MaxFile))}
	}
	data = make([]byte, info.Size()+1)
	n, err := io.ReadFull(f, data)
	if err == nil { // the file has grown since its size was taken
		more, e := io.ReadAll(io.LimitReader(f, MaxFile+1-int64(n)))
		data, err = append(data, more...), e
		n = len(data)
	}
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, []diag.Diagnostic{unreadable(file, err)}
	}
	if data = data[:n:n]; n > MaxFile {
		return nil, []diag.Diagnostic{diag.New("file-size", top, "size", sizeOf(int64(n)), "limit", sizeOf(MaxFile))}
	}
	diags, whole := checkCharacters(file, data)
	if !whole {
		return nil, diags
	}
	return data, diags
}
