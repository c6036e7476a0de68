package archive

import (
	"testing"

	"annals/generator/form"
)

func TestReadNumber(t *testing.T) {
	for _, c := range []struct {
		text    string
		typ     form.Type
		value   int64
		problem string
	}{
		{"0", form.Count, 0, ""},
		{"999999999999999", form.Count, 999_999_999_999_999, ""},
		{"-7", form.Change, -7, ""},
		{"75.9260", form.Amount, 75_926_000, ""},
		{"", form.Count, 0, "not-a-number/empty"},
		{"~", form.Count, 0, "not-a-number/empty"},
		{"-", form.Change, 0, "not-a-number/token"},
		{"无", form.Count, 0, "not-a-number/token"},
		{"+5", form.Count, 0, "not-a-number/sign"},
		{"-+5", form.Change, 0, "not-a-number"},
		{"１2", form.Count, 0, "not-a-number/wide"},
		{"1.２", form.Amount, 0, "not-a-number/wide"},
		{"1,000", form.Count, 0, "not-a-number/separator"},
		{"1,0a0", form.Count, 0, "not-a-number"},
		{"5.", form.Amount, 0, "not-a-number"},
		{".5", form.Amount, 0, "not-a-number"},
		{"1.2.3", form.Amount, 0, "not-a-number"},
		{"010", form.Count, 0, "not-a-number/zeros"},
		{"1.5", form.Count, 0, "not-a-number/whole"},
		{"1000000000000000", form.Count, 0, "not-a-number/long"},
		{"1.0000001", form.Amount, 0, "not-a-number/long"},
		{"-0", form.Change, 0, "not-a-number"},
		{"-0.0", form.Amount, 0, "not-a-number"},
		{"-3", form.Count, 0, "negative"},
	} {
		value, problem := readNumber(c.text, c.typ)
		if value != c.value || problem != c.problem {
			t.Errorf("%q: %d, %q; want %d, %q", c.text, value, problem, c.value, c.problem)
		}
	}
}
