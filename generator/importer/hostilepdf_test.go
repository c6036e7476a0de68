package importer

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"strings"
)

// pdfOf is a PDF of numbered objects; the first is the catalogue.
func pdfOf(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

const (
	pdfCatalogue = "<< /Type /Catalog /Pages 2 0 R >>"
	pdfTree      = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
	pdfFont      = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
)

func pdfStream(dictionary, content string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dictionary, len(content), content)
}

func deflated(parts ...string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	for _, p := range parts {
		w.Write([]byte(p))
	}
	w.Close()
	return b.String()
}

// pdfPage is a document of one page with a content and further objects from 6 on.
func pdfPage(resources, content string, more ...string) []byte {
	return pdfOf(append([]string{
		pdfCatalogue, pdfTree,
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> " + resources + " >> /Contents 4 0 R >>",
		content, pdfFont,
	}, more...)...)
}

// hostilePDFs are refused: for what they are, or because reading them stops.
func hostilePDFs() []file {
	pages := "<< /Type /Pages /Kids [" + strings.Repeat("3 0 R ", 300) + "] /Count 300 >>"
	nested := []string{}
	for i := range 15 {
		nested = append(nested, pdfStream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A %d 0 R /B %d 0 R >> >>", 7+i, 7+i), "/A Do /B Do"))
	}
	nested = append(nested, pdfStream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "0 0 m 9 9 l S"))
	zeros := strings.Repeat("0 ", 1<<20)
	bomb := make([]string, 200)
	for i := range bomb {
		bomb[i] = zeros
	}
	return []file{
		{"report.pdf", "pdf-damaged", []byte("%PDF-1.7")},
		{"cut.pdf", "pdf-damaged", pdfPage("", pdfStream("", "BT /F 9 Tf (1) Tj ET"))[:200]},
		{"pages.pdf", "pdf-too-large", pdfOf(pdfCatalogue, pages, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>")},
		{"characters.pdf", "pdf-too-large", pdfPage("", pdfStream("", "BT /F 1 Tf "+strings.Repeat("0 1 Td ("+strings.Repeat("1", 100)+") Tj ", 1_500)+"ET"))},
		{"lines.pdf", "pdf-too-large", pdfPage("", pdfStream("", strings.Repeat("0 0 m 9 0 l S\n", 150_000)))},
		{"path.pdf", "pdf-too-large", pdfPage("", pdfStream("", "0 0 m "+strings.Repeat("9 0 l 9 9 l ", 150_000)+"S"))},
		{"forms.pdf", "pdf-damaged", pdfPage("/XObject << /A 6 0 R >>", pdfStream("", "/A Do"), nested...)},
		{"tree.pdf", "pdf-damaged", pdfOf(pdfCatalogue, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>")},
		{"self.pdf", "pdf-too-large", pdfPage("/XObject << /A 6 0 R >>", pdfStream("", "/A Do"), pdfStream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 6 0 R >> >>", "/A Do"))},
		{"bomb.pdf", "pdf-damaged", pdfPage("", pdfStream("/Filter /FlateDecode", deflated(bomb...)))},
		{"bombs.pdf", "pdf-damaged", pdfPage("", pdfStream("/Filter [/FlateDecode /FlateDecode]", deflated(deflated(bomb...))))},
	}
}

// compoundFile is an OLE file with streams at its top.
func compoundFile(streams ...entryOf) []byte {
	const sector, end, fat = 512, 0xfffffffe, 0xfffffffd
	type part struct {
		name  string
		start uint32
		size  int
	}
	var body bytes.Buffer
	table := []uint32{fat, 0} // the table itself, and the directory, whose end comes
	body.Write(make([]byte, 2*sector))
	var parts []part
	for _, s := range streams {
		data := append(bytes.Clone(s.data), make([]byte, max(4096-len(s.data), 0))...)
		parts = append(parts, part{s.name, uint32(len(table)), len(data)})
		for n := 0; n < len(data); n += sector {
			next := uint32(len(table) + 1)
			if n+sector >= len(data) {
				next = end
			}
			table = append(table, next)
		}
		body.Write(data)
		body.Write(make([]byte, -len(data)&(sector-1)))
	}
	table[1] = end
	for len(table) < sector/4 {
		table = append(table, 0xffffffff)
	}
	out := body.Bytes()
	for i, n := range table[:sector/4] {
		binary.LittleEndian.PutUint32(out[4*i:], n)
	}
	entry := func(at int, name string, kind byte, left, right, child, start uint32, size int) {
		e := out[sector+128*at:]
		for i, c := range name {
			binary.LittleEndian.PutUint16(e[2*i:], uint16(c))
		}
		binary.LittleEndian.PutUint16(e[64:], uint16(2*len(name)+2))
		e[66], e[67] = kind, 1
		for i, n := range []uint32{left, right, child} {
			binary.LittleEndian.PutUint32(e[68+4*i:], n)
		}
		binary.LittleEndian.PutUint32(e[116:], start)
		binary.LittleEndian.PutUint64(e[120:], uint64(size))
	}
	const none = 0xffffffff
	entry(0, "Root Entry", 5, none, none, 1, end, 0)
	for i, p := range parts {
		right := uint32(none)
		if i+1 < len(parts) {
			right = uint32(i + 2)
		}
		entry(i+1, p.name, 2, none, right, none, p.start, p.size)
	}
	head := make([]byte, sector)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for at, n := range map[int]uint16{24: 0x3e, 26: 3, 28: 0xfffe, 30: 9, 32: 6} {
		binary.LittleEndian.PutUint16(head[at:], n)
	}
	for at, n := range map[int]uint32{44: 1, 48: 1, 56: 4096, 60: end, 68: end} {
		binary.LittleEndian.PutUint32(head[at:], n)
	}
	for at := 76; at < sector; at += 4 {
		binary.LittleEndian.PutUint32(head[at:], none)
	}
	binary.LittleEndian.PutUint32(head[76:], 0)
	return append(head, out...)
}

type entryOf struct {
	name string
	data []byte
}

// hostileOLE are refused.
func hostileOLE() []file {
	word := func(flags uint16) []byte {
		b := make([]byte, 4096)
		binary.LittleEndian.PutUint16(b, 0xa5ec)
		binary.LittleEndian.PutUint16(b[10:], flags)
		return b
	}
	looped := compoundFile(entryOf{"WordDocument", word(0)}, entryOf{"0Table", make([]byte, 4096)})
	binary.LittleEndian.PutUint32(looped[512+4*3:], 2) // a sector leads to the one before
	tree := compoundFile(entryOf{"WordDocument", word(0)})
	binary.LittleEndian.PutUint32(tree[1024+128+72:], 1) // an entry beside itself
	return []file{
		{"cut.doc", "damaged", looped[:1500]},
		{"nothing.doc", "damaged", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 512)...)},
		{"looped.doc", "damaged", looped},
		{"tree.doc", "damaged", tree},
		{"no-text.doc", "damaged", compoundFile(entryOf{"WordDocument", word(0)}, entryOf{"0Table", make([]byte, 4096)})},
		{"locked.doc", "encrypted", compoundFile(entryOf{"WordDocument", word(0x100)}, entryOf{"0Table", make([]byte, 4096)})},
		{"locked.docx", "encrypted", compoundFile(entryOf{"EncryptionInfo", nil}, entryOf{"EncryptedPackage", nil})},
		{"sums.xls", "old-workbook", compoundFile(entryOf{"Workbook", nil})},
		{"sums.et", "old-workbook", compoundFile(entryOf{"Book", nil})},
		{"older.doc", "old-word", compoundFile(entryOf{"WordDocument", make([]byte, 4096)})},
		{"slides.ppt", "old-office", compoundFile(entryOf{"PowerPoint Document", nil})},
	}
}
