package site

import (
	"fmt"
	"testing"

	"annals/generator/config"
)

func TestDataPageIsCutByYear(t *testing.T) {
	p := New(config.Default(), func(key string) string { return key }, nil)
	files := []DataFile{{Href: "agencies.csv"}}
	for _, year := range []int{2024, 2023} {
		for i := range Limit + 1 {
			files = append(files, DataFile{Href: fmt.Sprintf("%d/f%d.csv", year, i), Year: year})
		}
	}
	var paths []string
	n := 0
	for _, x := range p.Data(files, nil) {
		paths = append(paths, x.Path)
		n += len(x.Files)
	}
	want := "[data/index.html data/2024/index.html data/2024/2.html data/2023/index.html data/2023/2.html]"
	if fmt.Sprint(paths) != want || n != len(files) {
		t.Errorf("%v with %d files, want %s with %d", paths, n, want, len(files))
	}
	if x := p.Data(files[:10], nil); len(x) != 1 || len(x[0].Files) != 10 {
		t.Errorf("few files take %d pages", len(x))
	}
}
