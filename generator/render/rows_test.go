package render

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/site"
	"annals/generator/site/sitetest"
)

// lists are the lists of agencies on all pages of an archive that have some.
func lists(t testing.TB, r *Renderer, x *sitetest.Loaded) (lists []any) {
	t.Helper()
	if err := r.Plan.Walk(x.Archive, diag.Rules(), nil, func(b site.Batch) error {
		for _, p := range b.Pages {
			switch p := p.(type) {
			case *site.YearPage:
				lists = append(lists, p.Rows)
			case *site.CoveragePage:
				lists = append(lists, p.Rows)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return lists
}

// inFull executes the layout of each line.
func inFull(t testing.TB, r *Renderer, list any) string {
	t.Helper()
	var b strings.Builder
	line := func(kind site.Kind, name string, row any) {
		if err := r.kinds[kind].ExecuteTemplate(&b, name, row); err != nil {
			t.Fatal(err)
		}
	}
	switch list := list.(type) {
	case []site.YearRow:
		for _, row := range list {
			line(site.KindYear, "year-row", row)
		}
	case []site.CoverageRow:
		for _, row := range list {
			line(site.KindCoverage, "coverage-row", row)
		}
	}
	return b.String()
}

// A line made by its shape is the line that the layout makes.
func TestRows(t *testing.T) {
	forms, _ := form.Load(fstest.MapFS{})
	for name, x := range map[string]*sitetest.Loaded{"rich": rich(t), "own": own(t), "plain": sitetest.Load(t, sitetest.Plain(forms))} {
		r := newRenderer(t, x, nil)
		for range 2 { // the first line of a shape, and a later one
			for _, list := range lists(t, r, x) {
				got, err := r.rows(list)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(inFull(t, r, list), string(got)); diff != "" {
					t.Fatalf("%s (-layout +shape):\n%s", name, diff)
				}
			}
		}
		if len(r.shapes.byKey) < 4 {
			t.Errorf("%s: only %d shapes", name, len(r.shapes.byKey))
		}
	}
}

// FuzzRows puts any text where a text can stand.
func FuzzRows(f *testing.F) {
	f.Add(sitetest.Hostile, "../a/index.html", "2025-01-02", "on-time", "1,234")
	f.Add("annalsShapeMark3endOfMark", "javascript:alert(1)", "", "not-expected", "")
	f.Add("\x00\xff+'\"{{.}}", "//evil.example", "<b>", "late", "annalsShapeMark0endOfMark")
	r := newRenderer(f, rich(f), nil)
	f.Fuzz(func(t *testing.T, name, href, date, filing, value string) {
		if strings.HasPrefix(value, shapeMark) || strings.HasPrefix(filing, shapeMark) {
			return // a figure has no letters, and a filing is one of few words
		}
		for _, list := range []any{
			[]site.YearRow{{Year: 2024, Name: name, Href: href, Report: href, Filing: filing, Values: []site.Value{{Text: value}, {Break: true}, {}}},
				{Year: 2024, Name: name, Href: "../x/", Depth: 2, Filing: filing}},
			[]site.CoverageRow{{Name: name, Href: "../x/", More: "../y/", Depth: 1, Cells: []site.CoverageCell{
				{Filing: filing, Href: "../z/", Date: date, Corrected: true}, {Filing: filing, Faulty: true}, {Filing: "not-expected"}}}},
		} {
			got, err := r.rows(list)
			if err != nil {
				t.Fatal(err)
			}
			if want := inFull(t, r, list); string(got) != want {
				t.Fatal(cmp.Diff(want, string(got)))
			}
		}
	})
}
