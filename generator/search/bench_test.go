package search

import (
	"io/fs"
	"testing"
)

// BenchmarkIndex makes the whole index; ns/report is time on all cores.
func BenchmarkIndex(b *testing.B) {
	agencies := corpus(1, 100, 4)
	reports := 0
	for _, a := range agencies {
		reports += len(a.Reports)
	}
	list, load := sources(agencies)
	folding()
	b.ResetTimer()
	size, files := 0, 0
	for range b.N {
		size, files = 0, 0
		err := Build(list, Options{Load: load}, func(_ string, data []byte) error {
			size += len(data)
			files++
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*reports), "ns/report")
	b.ReportMetric(float64(size)/float64(reports), "B/report")
	b.ReportMetric(float64(files)/float64(reports), "files/report")
}

func BenchmarkPart(b *testing.B) {
	agencies := corpus(1, 2, 4)
	for b.Loop() {
		Part(&agencies[2])
	}
}

// BenchmarkQuery answers a query with ten results, and reports the bytes of index
// files that it reads.
func BenchmarkQuery(b *testing.B) {
	agencies := corpus(1, 100, 4)
	fsys := counting{built(b, agencies), new(int)}
	for b.Loop() {
		*fsys.bytes = 0
		if _, err := Query(fsys, "政府信息公开工作", Filters{Limit: 10}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(*fsys.bytes), "B/query")
}

// counting adds up the bytes of the files that are read.
type counting struct {
	fs.FS
	bytes *int
}

func (c counting) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(c.FS, name)
	*c.bytes += len(data)
	return data, err
}
