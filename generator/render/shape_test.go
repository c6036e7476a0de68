package render

import (
	"bytes"
	"strconv"
	"strings"
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
	reports, agencies := 0, 0
	for name, x := range map[string]*sitetest.Loaded{"rich": rich(t), "own": own(t), "plain": sitetest.Load(t, sitetest.Plain(forms))} {
		r := newRenderer(t, x, nil)
		for round := range 2 { // the first page of a shape, and a later one
			for _, a := range x.Agencies {
				for i, report := range a.Reports {
					p := r.Plan.Report(a.Reports, i, a.Findings[report.Year])
					if diff, ok := shaped(t, r, p); ok {
						reports++
						if diff != "" {
							t.Fatalf("%s, round %d, %s (-layout +shape):\n%s", name, round, p.Path, diff)
						}
					}
				}
				for _, p := range r.Plan.Agency(a) {
					if diff, ok := shaped(t, r, p); ok {
						agencies++
						if diff != "" {
							t.Fatalf("%s, round %d, %s (-layout +shape):\n%s", name, round, p.Path, diff)
						}
					}
				}
			}
		}
	}
	if reports < 10 || agencies < 6 {
		t.Errorf("only %d pages of reports and %d of agencies have a shape", reports, agencies)
	}
}

// A page with more texts than marks are for is made as well.
func TestMoreTextsThanMarks(t *testing.T) {
	x := own(t)
	r := newRenderer(t, x, nil)
	for _, n := range []int{900, mostSlots, 2 * mostSlots, 7 * mostSlots} {
		for _, a := range x.Agencies {
			for _, p := range r.Plan.Agency(a) {
				p.FormerNames = make([]string, n)
				for i := range p.FormerNames {
					p.FormerNames[i] = strconv.Itoa(i)
				}
				if diff, ok := shaped(t, r, p); diff != "" || ok && n >= mostSlots {
					t.Fatalf("%d names, shape %v (-layout +shape):\n%s", n, ok, diff)
				}
			}
		}
	}
}

// shaped compares a page that has a shape with what the layout makes of it.
func shaped(t testing.TB, r *Renderer, page any) (diff string, ok bool) {
	t.Helper()
	var fast, slow []byte
	var err error
	switch p := page.(type) {
	case *site.ReportPage:
		fast, ok, err = r.reportPage(nil, new(outline), p)
	case *site.AgencyPage:
		fast, ok, err = r.agencyPage(nil, new(outline), p)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Page(page, func(_ string, data []byte) error {
		slow = bytes.Clone(data)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if ok && !bytes.Equal(fast, slow) {
		return cmp.Diff(string(slow), string(fast)), true
	}
	return "", ok
}

// FuzzShape puts any text where a text can stand.
func FuzzShape(f *testing.F) {
	f.Add(sitetest.Hostile, "https://example.org/a?b=1&c='d'", "", 2024, 1)
	f.Add("annalsShapeMark3endOfMark\uE002\uE0001\uE001", "javascript:alert(1)", "<b>", 0, 31)
	f.Add("\x00\xff+'\"", "//evil.example", "../../x", -5, 0)
	x := own(f)
	r := newRenderer(f, x, nil)
	f.Fuzz(func(t *testing.T, title, url, name string, year, day int) {
		if strings.Contains(title+name, rootMark) {
			return // the mark of the way to the root is no character of a text
		}
		for _, a := range x.Agencies {
			a.Agency.Name, a.Agency.Short = name, title
			a.Agency.FormerNames = []string{title}
			a.Agency.Contact = archive.Contact{Office: name, Email: url}
			for i := range a.Reports {
				a.Reports[i].Title = title
				a.Reports[i].Source.URL = url
				a.Reports[i].Published = archive.Date{Year: year, Month: 1, Day: day}
				p := r.Plan.Report(a.Reports, i, nil)
				if diff, _ := shaped(t, r, p); diff != "" {
					t.Fatalf("%s:\n%s", p.Path, diff)
				}
			}
			for _, p := range r.Plan.Agency(a) {
				if diff, _ := shaped(t, r, p); diff != "" {
					t.Fatalf("%s:\n%s", p.Path, diff)
				}
			}
		}
	})
}
