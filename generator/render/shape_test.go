package render

import (
	"bytes"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/site"
	"annals/generator/site/sitetest"
)

// A page made by its shape is the page that the layout makes.
func TestShapesMakeTheSamePages(t *testing.T) {
	forms, _ := form.Load(fstest.MapFS{})
	shaped := 0
	for name, x := range map[string]*sitetest.Loaded{"rich": rich(t), "own": own(t), "plain": sitetest.Load(t, sitetest.Plain(forms))} {
		r := newRenderer(t, x, nil)
		for round := range 2 { // the first page of a shape, and a later one
			for _, a := range x.Agencies {
				for i, report := range a.Reports {
					p := r.Plan.Report(a.Reports, i, a.Findings[report.Year])
					fast, ok, err := r.reportPage(nil, p)
					if err != nil {
						t.Fatal(err)
					}
					if !ok {
						continue
					}
					shaped++
					want := executed(t, r, p)
					if diff := cmp.Diff(string(want), string(fast)); diff != "" {
						t.Fatalf("%s, round %d, %s (-layout +shape):\n%s", name, round, p.Path, diff)
					}
				}
			}
		}
	}
	if shaped < 10 {
		t.Errorf("only %d pages have a shape", shaped)
	}
}

func executed(t testing.TB, r *Renderer, p *site.ReportPage) (page []byte) {
	t.Helper()
	if err := r.page(p.Kind, p.Path, p, func(_ string, data []byte) error {
		page = bytes.Clone(data)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return page
}

// FuzzShape puts any text where a text can stand.
func FuzzShape(f *testing.F) {
	f.Add(sitetest.Hostile, "https://example.org/a?b=1&c='d'", "", 2024, 1)
	f.Add("annalsShapeMark3endOfMark\uE002\uE0001\uE001", "javascript:alert(1)", "<b>", 0, 31)
	f.Add("\x00\xff+'\"", "//evil.example", "../../x", -5, 0)
	x := own(f)
	r := newRenderer(f, x, nil)
	f.Fuzz(func(t *testing.T, title, url, name string, year, day int) {
		for _, a := range x.Agencies {
			for i := range a.Reports {
				a.Agency.Name = name
				a.Reports[i].Title = title
				a.Reports[i].Source.URL = url
				a.Reports[i].Published = archive.Date{Year: year, Month: 1, Day: day}
				p := r.Plan.Report(a.Reports, i, nil)
				fast, ok, err := r.reportPage(nil, p)
				if err != nil {
					t.Fatal(err)
				}
				if want := executed(t, r, p); ok && !bytes.Equal(fast, want) && !bytes.Contains([]byte(title+name), []byte(rootMark)) {
					t.Fatal(fmt.Sprintf("%s:\n", p.Path), cmp.Diff(string(want), string(fast)))
				}
			}
		}
	})
}
