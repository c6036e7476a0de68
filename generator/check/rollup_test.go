package check_test

import (
	"os"
	"testing"
	"testing/fstest"

	"annals/generator/archive"
	"annals/generator/check"
	"annals/generator/diag"
	"annals/generator/form"
)

// dues loads two editions of a form of another kind, with relations of every shape.
func dues(t testing.TB) *form.Set {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"dues-1.yaml", "dues-2.yaml"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files["content/forms/"+name] = &fstest.MapFile{Data: data}
	}
	set, found := form.Load(files)
	if len(found) > 0 {
		t.Fatalf("%+v: %s", found[0].Place, found[0].Message.EN)
	}
	return set
}

// An equation with sums over the agencies below is evaluated with all its terms.
// A sum with unknown parts is only a lower bound: it can prove that the other side is
// too small, but never that it is large enough.
func TestRollupIsEvaluatedAsWritten(t *testing.T) {
	f, _ := dues(t).Form("dues-2")
	cell := func(id string) int {
		i, ok := f.Cell(id)
		if !ok {
			t.Fatal(id)
		}
		return i
	}
	at, paid, opening := cell("dues.offices.coal"), cell("dues.paid.coal"), cell("dues.opening.coal")
	for _, c := range []struct {
		name                   string
		offices, paid, opening int64
		paidKnown, openKnown   bool
		fails                  bool
	}{
		{"holds", 4, 7, 3, true, true, false},
		{"fails", 3, 7, 3, true, true, true},
		{"at least 7 are paid", 3, 7, 3, false, true, true},
		{"at least 3 were open", 3, 7, 3, true, false, false},
	} {
		r := &archive.Report{Agency: &archive.Agency{Kind: archive.Government}, Form: f, Year: 2020, File: "a.md", Facts: make([]archive.Fact, len(f.Cells))}
		sums := &archive.Rollup{Form: f, Year: 2020, Expected: 2, Reported: 1, Sums: make([]archive.Value, len(f.Cells))}
		r.Facts[at] = archive.Fact{Value: c.offices, Status: archive.Number}
		set := func(cell int, n int64, known bool) {
			sums.Sums[cell] = archive.Value{N: n, Status: archive.Blank}
			if known {
				sums.Sums[cell].Status = archive.Number
			}
		}
		set(paid, c.paid, c.paidKnown)
		set(opening, c.opening, c.openKnown)
		_, records := check.Years([]*archive.Report{r})
		found := check.Rollup(records[0], sums, nil, func(*archive.Entry) *archive.Report { return nil })
		var reported []diag.Diagnostic
		for _, d := range found {
			if d.Rule == "offices" {
				reported = append(reported, d)
			}
		}
		if (len(reported) == 1) != c.fails {
			t.Errorf("%s: %v", c.name, reported)
		}
	}
}

// A message that a form has in only one language is used for the other too, also
// when another text is added to it.
func TestMessageInOneLanguage(t *testing.T) {
	f, _ := dues(t).Form("dues-2")
	r := &archive.Report{Agency: &archive.Agency{Kind: archive.Government}, Form: f, Year: 2020, File: "a.md", Facts: make([]archive.Fact, len(f.Cells))}
	for _, id := range []string{"inward.ships", "outward.ships", "both.ships", "inward.tonnes", "outward.tonnes", "both.tonnes"} {
		cell, _ := f.Cell("traffic." + id)
		r.Facts[cell] = archive.Fact{Value: 1, Text: "1", Status: archive.Number}
	}
	found, _ := check.Years([]*archive.Report{r})
	if want := "Ships: 2 is not 1；Tonnes: 2 is not 1"; len(found) != 1 || found[0].Message.ZH != want {
		t.Errorf("%v, not %s", found, want)
	}
}
