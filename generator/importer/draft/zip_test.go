package draft

import (
	"archive/zip"
	"bytes"
	"testing"
)

// TestOverlapping: a zip is refused if two entries share bytes.
func TestOverlapping(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"a", "b", "empty"} {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if name != "empty" {
			f.Write([]byte("the same text"))
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	open := func(data []byte) []*zip.File {
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		return z.File
	}
	if overlapping(open(b.Bytes())) {
		t.Error("entries one behind the other overlap")
	}
	data := bytes.Clone(b.Bytes())
	first := bytes.Index(data, []byte("PK\x01\x02"))
	second := first + 4 + bytes.Index(data[first+4:], []byte("PK\x01\x02"))
	copy(data[second+42:second+46], data[first+42:first+46])
	if !overlapping(open(data)) {
		t.Error("two entries have the same bytes")
	}
}
