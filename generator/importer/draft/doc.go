package draft

import (
	"encoding/binary"
	"slices"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// A .doc file ([MS-DOC]) is a stream of text in pieces, in any order, and tables of
// the places at which a run of characters or a paragraph with other properties
// begins. Places in these tables are offsets in the file (FC); the pieces map
// positions in the text (CP) to them.

// Places in the stream WordDocument, and the bits of its flags.
const (
	docFlags     = 0x0a
	docEncrypted = 0x0100
	docTable1    = 0x0200
	docLengths   = 0x4c // of the text and of what follows it: footnotes, headers, …
	docTables    = 0x9a // pairs of an offset in the table stream and a length
	docRuns      = 12   // the pair of the properties of runs
	docParas     = 13   // of paragraphs
	docPieces    = 33   // of the pieces
	docMagic     = 0xa5ec
	docPage      = 512     // bytes of a page of properties
	docNarrow    = 1 << 30 // a piece of one byte a character
)

// docFile is a .doc file that is being read.
type docFile struct {
	*reader
	main, table      []byte
	runs, paragraphs properties

	text  []rune
	place []uint32 // of each character in the file
}

func (r *reader) doc(streams map[string][]byte) {
	d := &docFile{reader: r, main: streams["WordDocument"]}
	if len(d.main) < docTables+8*(docPieces+1) || binary.LittleEndian.Uint16(d.main) != docMagic {
		r.refuse("old-word")
		return
	}
	flags := binary.LittleEndian.Uint16(d.main[docFlags:])
	if flags&docEncrypted != 0 {
		r.refuse("encrypted")
		return
	}
	d.table = streams["0Table"]
	if flags&docTable1 != 0 {
		d.table = streams["1Table"]
	}
	d.runs = d.properties(docRuns)
	d.paragraphs = d.properties(docParas)
	if !d.pieces() || d.paragraphs.pages == nil {
		r.refuse("damaged")
		return
	}
	if r.refused {
		return
	}
	at := 0
	for i, role := range []Role{Body, Footnote, Margin, Body, Footnote, Footnote, Box, Margin} { // the fourth has no text
		n := int(binary.LittleEndian.Uint32(d.main[docLengths+4*i:]))
		if n < 0 || n > len(d.text)-at {
			n = len(d.text) - at
		}
		d.part(at, at+n, role)
		at += n
	}
}

// pair returns the bytes of the table stream to which a pair of the head points.
func (d *docFile) pair(n int) []byte {
	at := docTables + 8*n
	from := binary.LittleEndian.Uint32(d.main[at:])
	size := binary.LittleEndian.Uint32(d.main[at+4:])
	if uint64(from)+uint64(size) > uint64(len(d.table)) {
		return nil
	}
	return d.table[from : from+size]
}

// pieces reads the text. It reports whether the file has one.
func (d *docFile) pieces() bool {
	list := d.pair(docPieces)
	for len(list) >= 3 && list[0] == 1 { // properties of whole pieces
		n := 3 + int(binary.LittleEndian.Uint16(list[1:]))
		if n > len(list) {
			return false
		}
		list = list[n:]
	}
	if len(list) < 5 || list[0] != 2 {
		return false
	}
	list = list[5:]
	n := (len(list) - 4) / 12
	for i := range n {
		from, to := binary.LittleEndian.Uint32(list[4*i:]), binary.LittleEndian.Uint32(list[4*i+4:])
		fc := binary.LittleEndian.Uint32(list[4*(n+1)+8*i+2:])
		if to < from || !d.countText(int(to-from)) {
			return d.refused
		}
		width := uint32(2)
		if fc&docNarrow != 0 {
			fc, width = fc&^docNarrow/2, 1
		}
		end := uint64(fc) + uint64(to-from)*uint64(width)
		if end > uint64(len(d.main)) {
			return false
		}
		for ; from < to; from++ {
			c := rune(d.main[fc])
			if width == 2 {
				c = rune(binary.LittleEndian.Uint16(d.main[fc:]))
			} else if c >= 0x80 {
				c = charmap.Windows1252.DecodeByte(byte(c))
			}
			d.text, d.place = append(d.text, c), append(d.place, fc)
			fc += width
		}
	}
	return n > 0
}

// properties are the tables of one kind of properties.
type properties struct {
	starts []uint32 // in the file, ascending; one more than there are pages
	pages  []uint32 // numbers of pages of docPage bytes in the stream WordDocument
}

func (d *docFile) properties(n int) (p properties) {
	list := d.pair(n)
	count := (len(list) - 4) / 8
	if count < 1 {
		return p
	}
	for i := range count + 1 {
		p.starts = append(p.starts, binary.LittleEndian.Uint32(list[4*i:]))
	}
	for i := range count {
		p.pages = append(p.pages, binary.LittleEndian.Uint32(list[4*(count+1)+4*i:])&(1<<22-1))
	}
	return p
}

// of returns the changes that a run or paragraph makes, by the place of one of its
// characters. entry is how many bytes of a page belong to each.
func (p properties) of(main []byte, place uint32, entry int) []byte {
	i, found := slices.BinarySearch(p.starts, place)
	if !found {
		i--
	}
	if i < 0 || i >= len(p.pages) {
		return nil
	}
	at := uint64(p.pages[i]) * docPage
	if at+docPage > uint64(len(main)) {
		return nil
	}
	page := main[at : at+docPage]
	count := int(page[docPage-1])
	if 4*(count+1)+entry*count > docPage-1 {
		return nil
	}
	k := count - 1
	for k >= 0 && binary.LittleEndian.Uint32(page[4*k:]) > place {
		k--
	}
	if k < 0 {
		return nil
	}
	offset := 2 * int(page[4*(count+1)+entry*k])
	if offset == 0 {
		return nil
	}
	size := int(page[offset])
	switch from := offset + 1; {
	case entry == 1: // of a run: the bytes
	case size == 0: // of a paragraph: words, with the style
		offset, size = from, 2*int(page[from])
	default:
		size = 2*size - 1
	}
	if offset+1+size > docPage {
		return nil
	}
	changes := page[offset+1 : offset+1+size]
	if entry != 1 {
		if len(changes) < 2 {
			return nil
		}
		changes = changes[2:]
	}
	return changes
}

// unpaired joins the halves of characters beyond the first plane.
func unpaired(text []rune) string {
	out := make([]rune, 0, len(text))
	for i := 0; i < len(text); i++ {
		if r := text[i]; i+1 < len(text) && utf16.IsSurrogate(r) {
			if pair := utf16.DecodeRune(r, text[i+1]); pair != '\uFFFD' {
				out = append(out, pair)
				i++
				continue
			}
		}
		out = append(out, text[i])
	}
	return string(out)
}
