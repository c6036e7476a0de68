package draft

import (
	"bytes"
	"path"
	"strings"

	"annals/generator/diag"
	"annals/generator/source"
)

// Read reads the document data, called file in diagnostics. The format is
// recognised by the bytes; the name matters only where they do not decide. It
// returns nil where the file cannot be read at all; a diagnostic then says why,
// and what to do.
func Read(file string, data []byte) (*Draft, []diag.Diagnostic) {
	r := &reader{Draft: Draft{File: file}}
	switch kind := r.sniff(data); kind {
	case "docx":
		r.office(data, r.docx)
	case "xlsx":
		r.office(data, r.xlsx)
	case "mhtml":
		r.mhtml(data)
	case "html":
		r.decoded(data, r.html)
	case "csv":
		r.decoded(data, r.csv)
	case "text":
		r.decoded(data, r.text)
	default:
		r.refuse(kind)
	}
	if !r.refused && len(r.Blocks) == 0 {
		r.refuse("empty")
	}
	if r.refused {
		return nil, r.told()
	}
	r.nameOrigins()
	return &r.Draft, r.told()
}

// reader is a Draft that is being read.
type reader struct {
	Draft
	unread  diag.Collector    // diagnostics about parts that could not be read
	refusal []diag.Diagnostic // the diagnostic that says why nothing can be read
	refused bool
	words   int // bytes of text so far
	cells   int // with something in them
	blanks  int
	parsed  int // bytes of XML
	tables  int // grids so far
	paras   int // paragraphs so far, tables' not counted
}

// refuse says why the file as a whole cannot be read.
func (r *reader) refuse(variant string, args ...any) {
	if r.refused {
		return
	}
	r.refused = true
	r.refusal = []diag.Diagnostic{diag.New("import-file/"+variant, source.Place{File: r.File}, args...)}
}

// told returns all diagnostics about the file.
func (r *reader) told() []diag.Diagnostic {
	list := append(r.unread.List(), r.refusal...)
	for i := range list {
		list[i].Place.File = r.File
	}
	return list
}

// says counts a text of the document, before work is done on it, and reports
// whether that is still within the limits.
func (r *reader) says(bytes int) bool {
	if r.words += bytes; r.words > MaxWords {
		r.refuse("too-much-text", "limit", MaxWords>>20)
	}
	return !r.refused
}

// cell counts a cell of a table likewise, with its text.
func (r *reader) cell(bytes int) bool {
	if bytes == 0 {
		r.blanks++
	} else {
		r.cells++
	}
	if r.cells > MaxCells || r.blanks > MaxBlanks {
		r.refuse("too-many-cells", "limit", MaxCells)
	}
	return r.says(bytes)
}

// warn reports something of the file that could not be read.
func (r *reader) warn(variant string, at Origin, args ...any) {
	r.unread.Add("import-unread", func() diag.Diagnostic {
		return diag.New("import-unread/"+variant, at.Place(), append(args, "where", at.Words())...)
	})
}

// full reports whether the document has grown too large, and says so once.
func (r *reader) full() bool {
	if r.refused {
		return true
	}
	if len(r.Blocks) >= MaxBlocks {
		r.refuse("too-long", "limit", MaxBlocks)
	}
	return r.refused
}

// sniff names the reader for the file, or the reason why there is none.
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
		return "old-office"
	case bytes.HasPrefix(data, []byte("%PDF")):
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

// looksLikeHTML finds a page's first tags, in UTF-16 too.
func looksLikeHTML(head []byte) bool {
	head = bytes.ReplaceAll(head, []byte{0}, nil)
	return bytes.Contains(head, []byte("<!doctype html")) || bytes.Contains(head, []byte("<html"))
}

// decoded reads a text format.
func (r *reader) decoded(data []byte, read func(text string)) {
	text, ok := Decode(data)
	if !ok {
		r.refuse("encoding")
		return
	}
	read(text)
}

// nameOrigins gives every origin the file's name; the readers leave it out.
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
