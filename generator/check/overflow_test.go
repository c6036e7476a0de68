package check

import (
	"math"
	"testing"
	"testing/fstest"

	"annals/generator/archive"
	"annals/generator/form"
)

// equation returns one of the official form's equations with several terms on its
// right side.
func equation(t *testing.T) (*form.Form, *form.Equation) {
	t.Helper()
	set, _ := form.Load(fstest.MapFS{})
	f, _ := set.Form("cn-2021")
	for _, rel := range f.Relations {
		for i := range rel.Equations {
			if eq := &rel.Equations[i]; rel.Scope == form.InReport && len(terms(eq)) > 5 && !eq.AtLeast {
				return f, eq
			}
		}
	}
	t.Fatal("the form has no such equation")
	return nil, nil
}

// TestOverflow: a sum that exceeds 64 bits is unknown. It must not wrap around to
// a number that could equal a total.
func TestOverflow(t *testing.T) {
	f, eq := equation(t)
	side := eq.Left
	if len(eq.Right) > len(side) {
		side = eq.Right
	}
	for _, most := range []int64{math.MaxInt64, math.MinInt64 + 1} {
		r := &archive.Report{Form: f, Facts: make([]archive.Fact, len(f.Cells))}
		for i := range r.Facts {
			r.Facts[i].Status = archive.Number
		}
		b := newPair(newSheet(r), nil, nil)
		sum := func() (int64, bool) { return b.sum(side, nil, false, false) }
		if n, ok := sum(); n != 0 || !ok {
			t.Fatalf("of zeros: %d, %v", n, ok)
		}
		put := func(i int, n int64) {
			if side[i].Minus {
				n = -n
			}
			r.Facts[side[i].Cell].Value = n
		}
		put(0, most)
		if n, ok := sum(); n != most || !ok {
			t.Errorf("%d alone: %d, %v", most, n, ok)
		}
		more := int64(1)
		if most < 0 {
			more = -2
		}
		put(1, more)
		if n, ok := sum(); ok {
			t.Errorf("%d and one more: %d", most, n)
		}
		put(1, most)
		if n, ok := sum(); ok {
			t.Errorf("%d twice: %d", most, n)
		}
		if v := b.judge(eq); v.known {
			t.Errorf("the equation is judged: %+v", v)
		}
	}
}

// TestUnknownIsNoZero: an equation with a cell that is no number is not judged,
// whatever the other cells are.
func TestUnknownIsNoZero(t *testing.T) {
	f, eq := equation(t)
	for _, status := range []archive.Status{archive.Missing, archive.Blank, archive.NotApplicable, archive.Invalid} {
		for _, x := range terms(eq) {
			r := &archive.Report{Form: f, Facts: make([]archive.Fact, len(f.Cells))}
			for i := range r.Facts {
				r.Facts[i].Status, r.Facts[i].Value = archive.Number, 1
			}
			r.Facts[x.Cell].Status, r.Facts[x.Cell].Value = status, 0
			if v := newPair(newSheet(r), nil, nil).judge(eq); v.known {
				t.Errorf("%v is taken for a number: %+v", status, v)
			}
		}
	}
}
