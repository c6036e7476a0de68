package render

import (
	"slices"
	"sync"
	"testing"

	"annals/generator/archive"
	"annals/generator/site"
)

// After a change in one report only the pages of the branches above it are made
// again. The pages that are kept are those that would be made.
func TestKeptBranches(t *testing.T) {
	x := own(t)
	r := newRenderer(t, x, nil)
	keys := map[string][32]byte{}
	output := map[string]string{}
	var mu sync.Mutex
	emit := func(path string, data []byte) error {
		mu.Lock()
		defer mu.Unlock()
		output[path] = string(data)
		return nil
	}
	build := func() (made []string) {
		t.Helper()
		x.Archive.Open = func(name string, key [32]byte) (site.Emit, func() error, error) {
			mu.Lock()
			defer mu.Unlock()
			if keys[name] == key {
				return nil, nil, nil
			}
			keys[name] = key
			made = append(made, name)
			return emit, func() error { return nil }, nil
		}
		if err := r.Global(x.Archive, x.Free, 2, emit); err != nil {
			t.Fatal(err)
		}
		slices.Sort(made)
		return made
	}
	branches := 1 // the whole archive
	for a := range archive.Each(x.Archive.Roots) {
		if len(a.Children) > 0 {
			branches++
		}
	}
	if made := build(); len(made) != branches {
		t.Errorf("first made %v, and there are %d branches", made, branches)
	}
	if made := build(); len(made) != 0 {
		t.Errorf("made %v though nothing changed", made)
	}
	reports := x.Archive.Reports
	x.Archive.Reports = func(a *archive.Agency) []archive.Entry {
		list := slices.Clone(reports(a))
		if a.Path == "shanxi/loufan/culture-tourism" {
			list[0].Published = archive.Date{Year: 2025, Month: 6, Day: 1}
		}
		return list
	}
	if made := build(); !slices.Equal(made, []string{"branch/", "branch/shanxi", "branch/shanxi/loufan"}) {
		t.Errorf("made %v", made)
	}
	kept := output
	output = map[string]string{}
	clear(keys)
	build()
	for path, text := range output {
		if kept[path] != text {
			t.Errorf("%s is not what a clean build makes", path)
		}
	}
}
