package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"annals/generator/site"
	"annals/generator/site/sitetest"
)

// words are stand-ins for those of the layouts.
func words(key string) string { return key }

// all writes every file of the archive of this repository.
func all(t *testing.T, change func(*sitetest.Loaded)) (map[string][]byte, []site.DataFile) {
	t.Helper()
	x := sitetest.Load(t, os.DirFS("../.."))
	if change != nil {
		change(x)
	}
	e := New(x.Config, x.Forms.Forms(), words)
	var mu sync.Mutex
	files := map[string][]byte{}
	emit := func(path string, data []byte) error {
		mu.Lock()
		defer mu.Unlock()
		if _, twice := files[path]; twice {
			t.Errorf("%s is written twice", path)
		}
		files[path] = bytes.Clone(data)
		return nil
	}
	for _, a := range x.Agencies {
		if err := e.Agency(a, emit); err != nil {
			t.Fatal(err)
		}
	}
	list, _, err := e.Global(x.Archive, x.Free, 2, emit)
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("DUMP"); dir != "" {
		for p, b := range files {
			f := filepath.Join(dir, p)
			os.MkdirAll(filepath.Dir(f), 0o755)
			os.WriteFile(f, b, 0o644)
		}
	}
	return files, list
}

func TestFilesAreWellFormed(t *testing.T) {
	files, list := all(t, func(x *sitetest.Loaded) { x.Config.SetBaseURL("https://example.org/a/") })
	for path, data := range files {
		switch filepath.Ext(path) {
		case ".json":
			if !json.Valid(data) {
				t.Errorf("%s: not JSON:\n%s", path, data)
			}
		case ".csv":
			text, ok := strings.CutPrefix(string(data), byteOrderMark)
			if !ok {
				t.Errorf("%s: no byte order mark", path)
			}
			// The reader fails on a record of another width.
			records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
			for _, r := range records {
				for _, f := range r {
					if f != "" && strings.ContainsRune("=+-@\t\r", rune(f[0])) {
						t.Errorf("%s: a field begins like a formula: %q", path, f)
					}
				}
			}
		case ".xml":
			d := xml.NewDecoder(bytes.NewReader(data))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Errorf("%s: %v", path, err)
					break
				}
			}
		}
	}
	for _, f := range list {
		if _, ok := files["data/"+f.Href]; !ok {
			t.Errorf("the data page lists %s, which is not written", f.Href)
		}
	}
}
