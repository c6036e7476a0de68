package form

import (
	"testing"
	"testing/fstest"
)

func load(t *testing.T) *Set {
	t.Helper()
	set, diags := Load(fstest.MapFS{})
	for _, d := range diags {
		t.Errorf("%s:%d:%d: %s [%s]", d.Place.File, d.Place.Line, d.Place.Column, d.Message.EN, d.Rule)
	}
	return set
}

func TestBuiltInFormsHaveTheirOfficialSize(t *testing.T) {
	set := load(t)
	for _, want := range []struct {
		id                                   string
		rows, cells, inReport, years, rollup int
	}{
		{"cn-2021", 6 + 25 + 3, 10 + 25*7 + 15, 25 + 7 + 7 + 3, 7 + 2, 2 * 200},
		{"cn-2019", 8 + 23 + 3, 22 + 23*7 + 15, 23 + 7 + 7 + 3, 7, 2 * (198 - 5*2 - 1)},
		{"cn-2008", 0, 0, 0, 0, 0},
	} {
		f, ok := set.Form(want.id)
		if !ok {
			t.Errorf("there is no form %s", want.id)
			continue
		}
		n := map[Scope]int{}
		for _, r := range f.Relations {
			n[r.Scope] += len(r.Equations)
		}
		if len(f.Rows) != want.rows || len(f.Cells) != want.cells || n[InReport] != want.inReport || n[InYears] != want.years || n[InAgencies] != want.rollup {
			t.Errorf("%s has %d rows, %d cells, %v equations; want %+v", f.ID, len(f.Rows), len(f.Cells), n, want)
		}
	}
}
