package export

import (
	"bytes"
	"os"
	"sync"
	"testing"

	"annals/generator/archive"
	"annals/generator/site"
	"annals/generator/testdata/sitetest"
)

// run writes the global files, keeping the groups that have a key already.
func run(t *testing.T, x *sitetest.Loaded, keys map[string][32]byte) (files map[string][]byte, made []string) {
	t.Helper()
	var mu sync.Mutex
	files = map[string][]byte{}
	emit := func(path string, data []byte) error {
		mu.Lock()
		defer mu.Unlock()
		files[path] = bytes.Clone(data)
		return nil
	}
	x.Archive.Open = func(name string, key [32]byte) (site.Emit, func() error, error) {
		mu.Lock()
		defer mu.Unlock()
		if keys[name] == key {
			return nil, nil, nil
		}
		keys[name] = key
		made = append(made, name)
		return emit, nil, nil
	}
	if _, _, err := New(x.Config, x.Forms.Forms(), words).Global(x.Archive, x.Free, 2, emit); err != nil {
		t.Fatal(err)
	}
	return files, made
}

func TestKeptShards(t *testing.T) {
	x := sitetest.Load(t, os.DirFS("../.."))
	keys := map[string][32]byte{}
	first, made := run(t, x, keys)
	if len(made) != 1 || first["data/2024/cn-2021.csv"] == nil {
		t.Fatalf("made %v", made)
	}
	again, made := run(t, x, keys)
	if len(made) != 0 || again["data/2024/cn-2021.csv"] != nil {
		t.Errorf("made %v though nothing changed", made)
	}
	for path, data := range again {
		if !bytes.Equal(data, first[path]) {
			t.Errorf("%s differs where a shard is kept:\n%s\n%s", path, first[path], data)
		}
	}
	reports := x.Archive.Reports
	x.Archive.Reports = func(a *archive.Agency) []archive.Entry {
		list := reports(a)
		if len(list) > 0 && a.Path == "jiangsu/suqian" {
			list = append([]archive.Entry(nil), list...)
			list[0].Published = archive.Date{Year: 2024, Month: 3, Day: 1}
		}
		return list
	}
	if _, made := run(t, x, keys); len(made) != 1 {
		t.Errorf("made %v though a report changed", made)
	}
}
