package render

import "testing"

func BenchmarkReport(b *testing.B) {
	x := own(b)
	r := newRenderer(b, x, nil)
	for _, a := range x.Agencies {
		if len(a.Reports) < 2 || a.Agency.Path != "jiangsu/suqian" {
			continue
		}
		b.ReportAllocs()
		for b.Loop() {
			page := r.Plan.Report(a.Reports, 1, nil)
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
			for _, page := range r.Plan.Agency(a) {
				if err := r.Page(page, func(string, []byte) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
}
