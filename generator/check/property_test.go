package check_test

import (
	"os"
	"strconv"
	"testing"
	"testing/fstest"

	"annals/generator/archive"
	"annals/generator/check"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
)

// years are two consecutive reports without mistakes, in which no cell of the
// checked tables is zero.
var years = []int{2023, 2024}

func forms(t testing.TB) *form.Set {
	t.Helper()
	set, found := form.Load(fstest.MapFS{})
	for _, d := range found {
		t.Fatalf("built-in form: %+v", d)
	}
	return set
}

func withForm(t testing.TB, text string) *form.Set {
	t.Helper()
	set, found := form.Load(fstest.MapFS{form.Folder + "/own.yaml": {Data: []byte(text)}})
	for _, d := range found {
		t.Fatalf("the form: %+v", d)
	}
	return set
}

func read(t testing.TB, set *form.Set, year int, text []byte) (*archive.Report, []diag.Diagnostic) {
	t.Helper()
	file := "content/agencies/a/" + strconv.Itoa(year) + ".md"
	doc, found := content.ReadDocument(fstest.MapFS{file: {Data: text}}, file)
	if doc == nil {
		return nil, found
	}
	a := &archive.Agency{Path: "a", Name: "甲县", Kind: archive.Government, Rulemaking: archive.Has}
	r, more := archive.ReadReport(a, year, doc, nil, set, lang.ZH)
	return r, append(found, more...)
}

func testdata(t testing.TB, year int) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + strconv.Itoa(year) + ".md")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestRightReportsAreClean(t *testing.T) {
	set := forms(t)
	var reports []*archive.Report
	for _, y := range years {
		r, found := read(t, set, y, testdata(t, y))
		if len(found) > 0 {
			t.Fatalf("%d: %v", y, found)
		}
		reports = append(reports, r)
	}
	list, _ := check.Years(reports)
	for _, d := range list {
		t.Errorf("%s: %s [%s]", d.Place.File, d.Message.ZH, d.Rule)
	}
}

// Every cell that is in an equation is changed by one, in either direction and in
// either of the two years. Exactly one diagnostic must report it, at a cell of the
// same row, or with such a related place.
func TestEveryChangedCellIsReportedOnce(t *testing.T) {
	set := forms(t)
	f, _ := set.Form("cn-2021")
	inEquation := map[int]bool{}
	for _, rel := range f.Relations {
		if rel.Scope == form.InReport {
			for _, eq := range rel.Equations {
				for _, terms := range [][]form.Term{eq.Left, eq.Right} {
					for _, x := range terms {
						inEquation[x.Cell] = true
					}
				}
			}
		}
	}
	if len(inEquation) != 190 {
		t.Fatalf("%d cells are in equations, want 190", len(inEquation))
	}
	for changed := range years {
		for cell := range f.Cells {
			for _, by := range []int64{1, -1} {
				if !inEquation[cell] {
					continue
				}
				var reports []*archive.Report
				for i, y := range years {
					r, _ := read(t, set, y, testdata(t, y))
					if i == changed {
						r.Facts[cell].Value += by
						r.Facts[cell].Text = strconv.FormatInt(r.Facts[cell].Value, 10)
					}
					reports = append(reports, r)
				}
				list, _ := check.Years(reports)
				reportedOnce(t, list, reports[changed], cell, by)
			}
		}
	}
}

func reportedOnce(t *testing.T, found []diag.Diagnostic, r *archive.Report, cell int, by int64) {
	t.Helper()
	id := r.Form.Cells[cell].ID
	if len(found) != 1 {
		t.Errorf("%d %s %+d: %d diagnostics", r.Year, id, by, len(found))
		for _, d := range found {
			t.Logf("  %s:%d:%d %s %s", d.Place.File, d.Place.Line, d.Place.Column, d.Rule, d.Message.ZH)
		}
		return
	}
	d := found[0]
	line := r.Facts[cell].Span.Line
	if d.Place.File == r.File && d.Place.Line == line {
		return
	}
	for _, x := range d.Related {
		if x.Place.File == r.File && x.Place.Line == line {
			return
		}
	}
	t.Errorf("%d %s %+d: points at line %d, not at %d", r.Year, id, by, d.Place.Line, line)
}
