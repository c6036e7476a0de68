package site

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"annals/generator/archive"
	"annals/generator/config"
	"annals/generator/form"
)

func TestGroupedAndPlainAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999).Draw(t, "n")
		for _, typ := range []form.Type{form.Count, form.Amount, form.Change} {
			grouped, plain := Grouped(n, typ), string(AppendPlain(nil, n, typ))
			if strings.ReplaceAll(grouped, ",", "") != plain {
				t.Fatalf("%d as type %d: %q and %q", n, typ, grouped, plain)
			}
			whole, _, _ := strings.Cut(strings.TrimPrefix(grouped, "-"), ".")
			for i, part := range strings.Split(whole, ",") {
				if len(part) > 3 || i > 0 && len(part) != 3 || part == "" {
					t.Fatalf("%d: groups in %q", n, grouped)
				}
			}
		}
	})
	for n, want := range map[int64]string{59237_244900: "59,237.2449", -500000: "-0.5", 0: "0", 1: "0.000001", 12_000000: "12"} {
		if got := Grouped(n, form.Amount); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

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
		want Filing
	}{
		{archive.Department, archive.Date{Year: 2025, Month: 1, Day: 31}, OnTime},
		{archive.Department, archive.Date{Year: 2025, Month: 2, Day: 1}, Late},
		{archive.Government, archive.Date{Year: 2025, Month: 3, Day: 31}, OnTime},
		{archive.Government, archive.Date{Year: 2026, Month: 1, Day: 1}, Late},
		{archive.Township, archive.Date{}, Undated},
	} {
		if got := FilingOf(d, c.kind, 2024, c.date); got != c.want {
			t.Errorf("%s on %v: %s, want %s", c.kind, c.date, got.Name(), c.want.Name())
		}
	}
}
