package archive

import (
	"testing"

	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/locale"
	"annals/generator/yamlpos"
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
		{"-", form.Change, 0, "not-a-number"},
		{"+5", form.Count, 0, "not-a-number/sign"},
		{"-+5", form.Change, 0, "not-a-number"},
		{"１2", form.Count, 0, "not-a-number"},
		{"1.２", form.Amount, 0, "not-a-number"},
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

// TestTokens: a token in place of a number must be in quotes; without them it is
// reported. Its words are those of the form's language.
func TestTokens(t *testing.T) {
	zh, en := &form.Form{Language: locale.For(lang.ZH)}, &form.Form{Language: locale.For(lang.EN)}
	for _, c := range []struct {
		text string
		form *form.Form
		want bool
	}{
		{"/", zh, true}, {"-", zh, true}, {"—", en, true}, {"无", zh, true}, {"不适用", zh, true}, {"無", zh, false},
		{"n/a", en, true}, {"无", en, false}, {"n/a", zh, false}, {"5", zh, false},
	} {
		quoted, _ := readCell(&yamlpos.Node{Text: c.text, Quoted: true}, form.Change, c.form)
		_, problem := readCell(&yamlpos.Node{Text: c.text}, form.Change, c.form)
		if got := quoted.Status == NotApplicable; got != c.want || (problem == "not-a-number/token") != c.want {
			t.Errorf("%q: %v and %q", c.text, quoted.Status, problem)
		}
	}
}

// A cell that continues several others continues their sum, if all are numbers
// and a document can state it; one that continues a single cell is as that is.
func TestSumOfParts(t *testing.T) {
	facts := []Fact{{Value: 2, Text: "2", Status: Number}, {Value: 30, Text: "30", Status: Number}, {Text: "/", Status: NotApplicable}, {Value: 1e15 - 1, Status: Number}}
	for _, c := range []struct {
		cells []int
		want  Fact
	}{
		{nil, Fact{}},
		{[]int{2}, facts[2]},
		{[]int{0, 1}, Fact{Value: 32, Text: "32", Status: Number}},
		{[]int{0, 2}, Fact{}},
		{[]int{0, 3}, Fact{}},
		{[]int{0, 9}, Fact{}},
	} {
		if got := Sum(facts, c.cells, form.Count); got != c.want {
			t.Errorf("%v: %+v, want %+v", c.cells, got, c.want)
		}
	}
}
