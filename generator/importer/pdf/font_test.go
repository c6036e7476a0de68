package pdf

import (
	"bytes"
	"encoding/binary"
	"flag"
	"os"
	"slices"
	"testing"
)

var update = flag.Bool("update", false, "write the font again")

// TestFont compares the engine's font with what it is made from.
func TestFont(t *testing.T) {
	const file = "usr/share/fonts/box.ttf"
	want := boxFont()
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not what boxFont makes (%v): run the test with -update", file, err)
	}
}

// fontName is one for which the engine looks where a font of simplified Chinese is
// wanted; the font says that it has all of China's, Japan's and Korea's.
const fontName = "WenQuanYi Micro Hei"

// boxFont makes a TrueType font in which every character is the same box.
func boxFont() []byte {
	words := func(list ...uint16) []byte {
		var b []byte
		for _, w := range list {
			b = binary.BigEndian.AppendUint16(b, w)
		}
		return b
	}
	long := func(list ...uint32) []byte {
		var b []byte
		for _, w := range list {
			b = binary.BigEndian.AppendUint32(b, w)
		}
		return b
	}
	const em = 1000
	down := uint16(0x10000 - 120)
	box := slices.Concat(
		words(1, 50, down, 950, 800),           // one contour, within these bounds
		words(3, 0),                            // its last point; no program
		[]byte{1, 1, 1, 1},                     // four points on the line
		words(50, 900, 0, uint16(0x10000-900)), // their x, each from the one before
		words(down, 0, 920, 0),                 // their y
	)
	var name []byte
	var texts []byte
	for _, id := range []uint16{1, 2, 4, 6} {
		text := map[bool]string{true: "Regular", false: fontName}[id == 2]
		name = append(name, words(3, 1, 0x409, id, uint16(2*len(text)), uint16(len(texts)))...)
		for _, c := range text {
			texts = append(texts, words(uint16(c))...)
		}
	}
	os2 := slices.Concat(
		words(3, em, 400, 5, 0), words(slices.Repeat([]uint16{0}, 11)...), make([]byte, 10),
		long(1<<1, 0, 0, 0), []byte("NONE"), words(0x40, 0x20, 0xffff, 880, down, 0, 880, 120),
		long(1<<17|1<<18|1<<19|1<<20|1<<21, 0), // code pages
		words(500, 700, 0, 0x20, 1),
	)
	tables := []struct {
		tag  string
		data []byte
	}{
		{"OS/2", os2},
		{"cmap", slices.Concat(words(0, 1, 3, 10), long(12), // one table, of all of Unicode
			words(13, 0), long(16+12, 0, 1, 0x21, 0x10ffff, 1))}, // every character is glyph 1
		{"glyf", box},
		{"head", slices.Concat(long(1<<16, 1<<16, 0, 0x5f0f3cf5), words(0, em), make([]byte, 16), words(0, down, em, 880, 0, 8, 2, 1, 0))},
		{"hhea", slices.Concat(long(1<<16), words(880, down, 0, em, 0, 0, em, 1, 0, 0, 0, 0, 0, 0, 0, 2))},
		{"hmtx", words(em, 0, em, 50)},
		{"loca", long(0, 0, uint32(len(box)))},
		{"maxp", slices.Concat(long(1<<16), words(2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0))},
		{"name", slices.Concat(words(0, 4, 6+4*12), name, texts)},
		{"post", long(3<<16, 0, 0, 0, 0, 0, 0, 0)},
	}
	var head, body bytes.Buffer
	head.Write(slices.Concat(long(1<<16), words(uint16(len(tables)), 128, 3, 32)))
	at := 12 + 16*len(tables)
	for _, t := range tables {
		data := slices.Concat(t.data, make([]byte, -len(t.data)&3))
		sum := uint32(0)
		for i := 0; i < len(data); i += 4 {
			sum += binary.BigEndian.Uint32(data[i:])
		}
		head.WriteString(t.tag)
		head.Write(long(sum, uint32(at+body.Len()), uint32(len(t.data))))
		body.Write(data)
	}
	return append(head.Bytes(), body.Bytes()...)
}
