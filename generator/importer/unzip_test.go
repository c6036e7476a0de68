package importer_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"annals/generator/importer"
)

// TestZipOfDocuments: a zip is imported like the folder that it was made of, also
// with names in GBK. A zip with a path that leads out of it is not read.
func TestZipOfDocuments(t *testing.T) {
	dir, in := newArchive(t), t.TempDir()
	text := read(t, "testdata/reports/tabs.txt")
	name, err := simplifiedchinese.GBK.NewEncoder().String("年报/水务局2024年.txt")
	if err != nil {
		t.Fatal(err)
	}
	pack := func(entries map[string][]byte) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, data := range entries {
			w, err := z.CreateHeader(&zip.FileHeader{Name: name, NonUTF8: true})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(data); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	put(t, filepath.Join(in, "good.zip"), pack(map[string][]byte{name: text, "old.doc": []byte("\xd0\xcf\x11\xe0")}))
	put(t, filepath.Join(in, "out.zip"), pack(map[string][]byte{"../../x.txt": text}))
	broken := pack(map[string][]byte{"青禾县教育局2024年.txt": text, "bad.txt": bytes.Repeat([]byte("abcdefgh"), 64)})
	at := bytes.Index(broken, []byte("bad.txt")) + len("bad.txt") + 2
	broken[at] ^= 0xff // its compressed bytes
	put(t, filepath.Join(in, "half.zip"), broken)
	got := ""
	for _, o := range run(t, importer.Batch{Root: dir, Paths: []string{in}}) {
		got += o.Document + " " + o.File + " " + strings.Fields(rules(o.Diags) + " .")[0] + "\n"
	}
	for _, want := range []string{"good.zip/年报/水务局2024年.txt content/agencies/qinghe/water/2024", "good.zip/old.doc  import-file", "out.zip  import-file", "half.zip/bad.txt  import-file"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if _, err := os.Stat(filepath.Join(in, "..", "x.txt")); err == nil {
		t.Error("a file stands outside")
	}
}
