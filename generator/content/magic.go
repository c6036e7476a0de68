package content

import (
	"archive/zip"
	"bytes"
	"strings"
	"unicode/utf8"

	"annals/generator/files"
)

// A verdict says whether bytes are what a file's name says; the others are
// the variants of the rule attachment.
type verdict string

const (
	genuine verdict = ""
	empty   verdict = "empty"
	foreign verdict = "content" // something else than the name says
	markup  verdict = "markup"  // a browser could take it for a page
	macro   verdict = "macro"   // an office document with a program in it
	crowded verdict = "crowded" // a zip with more entries than any document has
)

// signatures are the first bytes of each kind.
var signatures = map[string]string{
	"pdf":  "%PDF-",
	"png":  "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
	"jpg":  "\xff\xd8\xff",
	"docx": "PK\x03\x04",
	"xlsx": "PK\x03\x04",
	"ofd":  "PK\x03\x04",
	"doc":  compound,
	"xls":  compound,
	"wps":  compound,
	"et":   compound,
	"rtf":  "{\\rtf",
}

// compound is how the files of old office programs begin.
const compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// program is the name of the folder of such a file that holds macros, in UTF-16.
var program = []byte("_\x00V\x00B\x00A\x00_\x00P\x00R\x00O\x00J\x00E\x00C\x00T\x00")

// members are the entries that make a zip file a document of its kind.
var members = map[string][]string{
	"docx": {"[Content_Types].xml", "word/document.xml"},
	"xlsx": {"[Content_Types].xml", "xl/workbook.xml"},
	"ofd":  {"OFD.xml"},
}

// judge decides whether data is of the kind.
func judge(kind string, data []byte) verdict {
	if len(data) == 0 {
		return empty
	}
	if !bytes.HasPrefix(data, []byte(signatures[kind])) {
		if looksLikeMarkup(data) {
			return markup
		}
		return foreign
	}
	if passive(kind) && looksLikeMarkup(data) {
		return markup
	}
	switch kind {
	case "doc", "xls", "wps", "et":
		if bytes.Contains(data, program) {
			return macro
		}
	case "csv":
		if !plainText(data) {
			return foreign
		}
	case "docx", "xlsx", "ofd":
		return judgeZip(data, members[kind])
	}
	return genuine
}

// looksLikeMarkup reports whether a browser that guesses types could take a
// file for HTML, SVG or XML: such tags in its first bytes, wherever they
// stand, since files can be two things at once.
func looksLikeMarkup(data []byte) bool {
	head := bytes.ToLower(data[:min(len(data), headSize)])
	if text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(files.ByteOrderMark)), " \t\r\n\f"); bytes.HasPrefix(text, []byte("<")) {
		return true
	}
	for _, tag := range []string{"<!doctype", "<html", "<head", "<body", "<script", "<svg", "<iframe", "<img", "<a href", "<?xml-stylesheet"} {
		if bytes.Contains(head, []byte(tag)) {
			return true
		}
	}
	return false
}

// judgeZip looks for the members of an office document.
func judgeZip(data []byte, want []string) verdict {
	// The reader takes a directory's entries as they come and believes no
	// count, so the directory's size is bounded before: 2 MiB hold some
	// 20,000 entries, and a report has fewer than a hundred.
	const directory = 2 << 20
	end := bytes.LastIndex(data, []byte("PK\x05\x06"))
	if end < 0 || len(data)-end < 22 {
		return foreign
	}
	at := int64(uint32(data[end+16]) | uint32(data[end+17])<<8 | uint32(data[end+18])<<16 | uint32(data[end+19])<<24)
	if at > int64(end) || int64(end)-at > directory {
		return crowded
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return foreign
	}
	found := make(map[string]bool, len(z.File))
	for _, f := range z.File {
		found[f.Name] = true
		if base := strings.ToLower(f.Name[strings.LastIndexByte(f.Name, '/')+1:]); base == "vbaproject.bin" {
			return macro
		}
	}
	for _, name := range want {
		if !found[name] {
			return foreign
		}
	}
	return genuine
}

// plainText reports whether data is text in UTF-8 or GBK, as spreadsheets
// write their tables.
func plainText(data []byte) bool {
	for _, c := range data {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f {
			return false
		}
	}
	return utf8.Valid(data) || validGBK(data)
}

// validGBK reports whether every byte stands where GB 18030 allows it.
func validGBK(data []byte) bool {
	for i := 0; i < len(data); {
		switch c := data[i]; {
		case c < 0x80:
			i++
		case c == 0x80 || c == 0xff || i+1 >= len(data):
			return false
		case data[i+1] >= 0x40 && data[i+1] <= 0xfe && data[i+1] != 0x7f:
			i += 2
		case data[i+1] >= '0' && data[i+1] <= '9' && i+3 < len(data) &&
			data[i+2] >= 0x81 && data[i+2] <= 0xfe && data[i+3] >= '0' && data[i+3] <= '9':
			i += 4
		default:
			return false
		}
	}
	return true
}
