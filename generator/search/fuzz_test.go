package search

import (
	"maps"
	"slices"
	"testing"
	"testing/fstest"

	"annals/generator/testdata/costtest"
)

// FuzzFiles damages one file of an index. A query may then return an error or a wrong
// answer, but must not panic, and a wrong number must not make it allocate more
// memory than the size of the index justifies.
func FuzzFiles(f *testing.F) {
	fsys := built(f, corpus(3, 2, 2))
	paths := slices.Sorted(maps.Keys(fsys))
	for i, p := range paths {
		f.Add(uint16(i), fsys[p].Data, "信息 公开", "p0")
	}
	size := 0
	for _, file := range fsys {
		size += len(file.Data)
	}
	f.Fuzz(func(t *testing.T, path uint16, data []byte, query, agency string) {
		damaged := maps.Clone(fsys)
		damaged[paths[int(path)%len(paths)]] = &fstest.MapFile{Data: data}
		costtest.Within(t, size+len(data)+len(query), 4<<20, 64, func() {
			for _, filters := range []Filters{{}, {Agency: agency}} {
				_, _ = Query(damaged, query, filters)
			}
		})
	})
}

// FuzzFind reads lists of postings from any bytes.
func FuzzFind(f *testing.F) {
	var c chunk
	c.add(twoGram('公', '开'), []uint32{0, 1, 5}, []uint32{1}, []uint32{2}, 40, 20)
	f.Add(c.bytes(), "公开")
	f.Fuzz(func(t *testing.T, data []byte, want string) {
		costtest.Within(t, len(data), 1<<20, 4096, func() { _, _ = find(data, want, 40, 20) })
	})
}
