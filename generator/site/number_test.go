package site

import (
	"math"
	"testing"

	"annals/generator/archive"
	"annals/generator/config"
)

func TestShare(t *testing.T) {
	for _, c := range []struct {
		over, under int64
		want        string
	}{{1, 3, "33.3%"}, {2, 3, "66.7%"}, {1, 2000, "0.1%"}, {0, 5, "0.0%"}, {5, 0, ""}, {5, 5, "100.0%"}, {math.MaxInt64 / 2, math.MaxInt64, "50.0%"}} {
		if got := Share(c.over, c.under); got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.over, c.under, got, c.want)
		}
	}
}

// What is not a number never becomes one, and what does not fit is not shown.
func TestSum(t *testing.T) {
	var s Sum
	s.Add(archive.Value{Status: archive.Blank})
	if s.OK() {
		t.Error("a sum of nothing is a number")
	}
	s.Add(archive.Value{Status: archive.Number, N: math.MaxInt64})
	if !s.OK() || s.Unknown != 1 {
		t.Errorf("%+v", s)
	}
	s.Add(archive.Value{Status: archive.Number, N: 1})
	if s.OK() {
		t.Errorf("an overflow is shown: %+v", s)
	}
}

func TestFiling(t *testing.T) {
	d := config.Default().Deadlines
	for _, c := range []struct {
		kind archive.Kind
		date archive.Date
		page bool
		want Filing
	}{
		{archive.Department, archive.Date{Year: 2025, Month: 1, Day: 31}, false, OnTime},
		{archive.Department, archive.Date{Year: 2025, Month: 2, Day: 1}, false, Late},
		{archive.Government, archive.Date{Year: 2025, Month: 3, Day: 31}, false, OnTime},
		{archive.Government, archive.Date{Year: 2026, Month: 1, Day: 1}, false, Late},
		{archive.Department, archive.Date{Year: 2025, Month: 1, Day: 31}, true, OnTime},
		{archive.Department, archive.Date{Year: 2025, Month: 2, Day: 1}, true, Undated}, // of the page's migration, perhaps
		{"township", archive.Date{}, false, Undated},
	} {
		if got := FilingOf(d, c.kind, 2024, c.date, c.page); got != c.want {
			t.Errorf("%s on %v: %s, want %s", c.kind, c.date, got.Name(), c.want.Name())
		}
	}
}
