package draft

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/source"
)

// Read reads the document in data; diagnostics call it file. The format is
// recognised by the bytes, and by the name's extension only where the bytes do not
// decide. If the document cannot be read at all, Read returns nil and a diagnostic
// that says why and what to do.
func Read(file string, data []byte) (*Draft, []diag.Diagnostic) {
	r := &reader{Draft: Draft{File: file}}
	kind := r.sniff(data)
	r.Ext = extension(kind, file)
	switch kind {
	case "docx":
		r.office(data, r.docx)
	case "xlsx":
		r.office(data, r.xlsx)
	case "mhtml":
		r.mhtml(data)
	case "pdf":
		r.pdf(data)
	case "ole":
		r.ole(data)
	case "html":
		r.decoded(data, r.html)
	case "csv":
		r.decoded(data, r.csv)
	case "text":
		r.decoded(data, r.text)
	default:
		r.refuse(kind)
	}
	if kind == "docx" || kind == "html" || kind == "mhtml" {
		r.margins(nil)
	}
	if !r.refused && len(r.Blocks) == 0 {
		r.refuse("empty")
	}
	if r.refused {
		return nil, r.diagnostics()
	}
	r.nameOrigins()
	return &r.Draft, r.diagnostics()
}

// extensions are those of each kind of file that is read, the usual one first.
var extensions = map[string][]string{
	"docx": {"docx"}, "xlsx": {"xlsx"}, "mhtml": {"mht", "mhtml"}, "html": {"html", "htm"}, "csv": {"csv"}, "text": {"txt"}, "pdf": {"pdf"}, "doc": {"doc", "wps"},
}

// extension returns that of the file's name, if it is one of its kind.
func extension(kind, file string) string {
	list := extensions[kind]
	ext := strings.TrimPrefix(strings.ToLower(path.Ext(file)), ".")
	if len(list) == 0 || slices.Contains(list, ext) {
		return ext
	}
	return list[0]
}

// reader is a Draft that is being read.
type reader struct {
	Draft
	unread    diag.Collector    // diagnostics about parts that could not be read
	refusal   []diag.Diagnostic // the diagnostic that says why nothing can be read
	refused   bool
	textBytes int // bytes of text so far
	cells     int // non-empty cells so far
	blanks    int // empty cells so far
	parsed    int // bytes of XML so far
	tables    int // grids so far
	paras     int // paragraphs so far, without those in tables
}

// refuse records that the file as a whole cannot be read, and why. Only the
// first reason is kept. variant is the message of the rule import-file.
func (r *reader) refuse(variant string, args ...any) {
	if r.refused {
		return
	}
	r.refused = true
	r.refusal = []diag.Diagnostic{diag.New("import-file/"+variant, source.Place{File: r.File}, args...)}
}

// diagnostics returns all diagnostics about the file.
func (r *reader) diagnostics() []diag.Diagnostic {
	list := append(r.unread.List(), r.refusal...)
	for i := range list {
		list[i].Place.File = r.File
	}
	return list
}

// countText counts bytes of the document's text, before work is done on it, and
// reports whether the document is still within the limits.
func (r *reader) countText(bytes int) bool {
	if r.textBytes += bytes; r.textBytes > MaxWords {
		r.refuse("too-much-text", "limit", MaxWords>>20)
	}
	return !r.refused
}

// countCell counts a cell of a table and its text, and reports whether the
// document is still within the limits.
func (r *reader) countCell(bytes int) bool {
	if bytes == 0 {
		r.blanks++
	} else {
		r.cells++
	}
	if r.cells > MaxCells || r.blanks > MaxBlanks {
		r.refuse("too-many-cells", "limit", MaxCells)
	}
	return r.countText(bytes)
}

// warn reports a part of the file that could not be read.
func (r *reader) warn(variant string, at Origin, args ...any) {
	r.unread.Add("import-unread", func() diag.Diagnostic {
		return diag.New("import-unread/"+variant, at.Place(), append(args, "where", at.Words())...)
	})
}

// picture notes that there is a picture in the text, which is not read.
func (r *reader) picture(at Origin) {
	r.Pictures++
	r.warn("picture", at)
}

// full reports whether the document has been refused, and refuses it if it has
// too many blocks.
func (r *reader) full() bool {
	if r.refused {
		return true
	}
	if len(r.Blocks) >= MaxBlocks {
		r.refuse("too-long", "limit", MaxBlocks)
	}
	return r.refused
}

// sniff returns the kind of the file; for a file that cannot be read, the
// message of the rule import-file that says why.
func (r *reader) sniff(data []byte) string {
	head := bytes.ToLower(data[:min(len(data), 1024)])
	ext := strings.ToLower(path.Ext(r.File))
	switch {
	case len(data) == 0:
		return "empty"
	case len(data) > MaxFile:
		return "too-large"
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return zipKind(data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return "ole"
	case bytes.HasPrefix(bytes.TrimLeft(head, "\x00 \t\r\n\xef\xbb\xbf"), []byte("%pdf-")):
		return "pdf"
	case bytes.HasPrefix(data, []byte("{\\rtf")):
		return "rtf"
	case bytes.Contains(head, []byte("mime-version:")) && bytes.Contains(head, []byte("multipart/related")):
		return "mhtml"
	case ext == ".docx" || ext == ".xlsx":
		return "not-office"
	case len(data) > MaxText:
		return "too-large"
	case ext == ".csv":
		return "csv"
	case ext == ".html" || ext == ".htm" || ext == ".xls" || looksLikeHTML(head):
		return "html"
	case ext == ".txt" || ext == ".md" || ext == ".markdown" || ext == ".text":
		return "text"
	}
	return "unknown"
}

// looksLikeHTML reports whether the first tags of a page are in the text, also
// in UTF-16.
func looksLikeHTML(head []byte) bool {
	head = bytes.ReplaceAll(head, []byte{0}, nil)
	return bytes.Contains(head, []byte("<!doctype html")) || bytes.Contains(head, []byte("<html"))
}

// decoded decodes the bytes of a text format and calls read.
func (r *reader) decoded(data []byte, read func(text string)) {
	text, ok := Decode(data)
	if !ok {
		r.refuse("encoding")
		return
	}
	read(text)
}

// nameOrigins sets the file's name in every origin; the readers of the formats
// leave it out.
func (r *reader) nameOrigins() {
	for i := range r.Blocks {
		b := &r.Blocks[i]
		if b.Paragraph != nil {
			b.Paragraph.At.File = r.File
			continue
		}
		b.Grid.At.File = r.File
		for _, row := range b.Grid.Rows {
			for j := range row {
				row[j].At.File = r.File
			}
		}
	}
}
