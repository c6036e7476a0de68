package output

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// The benchmarks build a site of 10,000 files of 8 KB, four a folder, by two
// goroutines.
const benchGroups, benchFiles = 250, 40

func benchBuild(b *testing.B, d *Dir, version int, keep bool) Stats {
	b.Helper()
	build, err := d.Begin()
	if err != nil {
		b.Fatal(err)
	}
	var workers sync.WaitGroup
	for w := range 2 {
		workers.Go(func() {
			for n := w; n < benchGroups; n += 2 {
				name := fmt.Sprintf("agencies/c%03d", n)
				if keep {
					if ok, err := build.Keep(name, fmt.Sprint(version)); ok || err != nil {
						continue
					}
				}
				g := build.Group(name, fmt.Sprint(version))
				for f := range benchFiles {
					data := []byte(strings.Repeat(fmt.Sprintf("%d %d %4d\n", version, f, n), 800))
					if err := g.Stage(fmt.Sprintf("%s/%d/%d.html", name, f/4, f%4), data); err != nil {
						b.Error(err)
					}
				}
				if err := g.Close(); err != nil {
					b.Error(err)
				}
			}
		})
	}
	workers.Wait()
	stats, err := build.Commit()
	if err != nil {
		b.Fatal(err)
	}
	return stats
}

func benchOpen(b *testing.B) *Dir {
	dir := b.TempDir()
	d, err := Open(Options{Dir: dir + "/public", State: dir + "/.annals"})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.Close() })
	return d
}

func perFile(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchGroups/benchFiles, "ns/file")
}

func BenchmarkCold(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		d := benchOpen(b)
		b.StartTimer()
		benchBuild(b, d, 0, false)
	}
	perFile(b)
}

func BenchmarkAllChanged(b *testing.B) {
	d := benchOpen(b)
	benchBuild(b, d, 0, false)
	for n := 1; b.Loop(); n++ {
		benchBuild(b, d, n, false)
	}
	perFile(b)
}

func BenchmarkAllSame(b *testing.B) {
	d := benchOpen(b)
	benchBuild(b, d, 0, false)
	for b.Loop() {
		benchBuild(b, d, 0, false)
	}
	perFile(b)
}

func BenchmarkAllKept(b *testing.B) {
	d := benchOpen(b)
	benchBuild(b, d, 0, false)
	for b.Loop() {
		benchBuild(b, d, 0, true)
	}
	perFile(b)
}
