package render

import (
	"testing"

	"annals/generator/testdata/sitetest"
)

// BenchmarkReport makes the page of a report that has nothing unusual.
func BenchmarkReport(b *testing.B) { benchmarkReport(b, own(b), "jiangsu/suqian", 1) }

// BenchmarkNotes makes one with findings, notes, corrections and an attachment.
func BenchmarkNotes(b *testing.B) { benchmarkReport(b, rich(b), "x/gov", 3) }

func benchmarkReport(b *testing.B, x *sitetest.Loaded, agency string, i int) {
	r := newRenderer(b, x, nil)
	for _, a := range x.Agencies {
		if a.Agency.Path != agency {
			continue
		}
		b.ReportAllocs()
		for b.Loop() {
			page := r.Plan.Report(a.Reports, i, a.Findings[a.Reports[i].Year])
			if err := r.Page(page, func(string, []byte) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkAgency(b *testing.B) {
	x := own(b)
	r := newRenderer(b, x, nil)
	for _, a := range x.Agencies {
		if a.Agency.Path != "jiangsu/suqian" {
			continue
		}
		b.ReportAllocs()
		for b.Loop() {
			if err := r.Page(r.Plan.Agency(a), func(string, []byte) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	}
}
