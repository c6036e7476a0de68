package format

import (
	"bytes"
	"strings"
	"testing"

	"annals/generator/diag"
	"annals/generator/source"
)

// TestSame compares files with outputs that the formatter would never produce.
// Whatever they lose or change must be noticed.
func TestSame(t *testing.T) {
	const text = `---
form: cn-2021
published: 2025-01-10  # by telephone
proactive:
  regulations: [0, 1, "/"]
  permits: 900
requests:
  new: [1, 2, 3, 4, 5, 6, 21]
# why
accept:
  - rule: stock
    reason: "010"
other: {a: x, b: "y"}
---

Text.
`
	doc := func() *document {
		d := &document{file: report, year: 2024, forms: loadForms(t)}
		if diags := d.read([]byte(text)); len(diags) > 0 || !d.build() {
			t.Fatal(diags)
		}
		return d
	}
	if d := doc(); !d.same(d.print()) || string(d.print()) != text {
		t.Fatalf("the text is not its own form:\n%s", d.print())
	}
	for name, edit := range map[string][2]string{
		"a number":               {"900", "901"},
		"a number in a list":     {"3, 4", "4, 3"},
		"a number less":          {", 6, 21]", ", 21]"},
		"a number more":          {", 6, 21]", ", 6, 21, 0]"},
		"a row less":             {"  permits: 900\n", ""},
		"quotes less":            {`"010"`, "010"},
		"quotes more":            {"900", `"900"`},
		"quotes in a list":       {`"/"`, "/"},
		"quotes in a map":        {`b: "y"`, "b: y"},
		"another key":            {"permits", "penalties"},
		"another key in a map":   {"b: ", "c: "},
		"another key of a list":  {"    reason", "    cell"},
		"another key at the top": {"other", "others"},
		"a key less":             {"other: {a: x, b: \"y\"}\n", ""},
		"a comment less":         {"# why\n", ""},
		"another comment":        {"# why", "# who"},
		"a comment more":         {"900", "900  # c"},
		"the text":               {"Text.", "Text!"},
		"no text":                {"\nText.\n", ""},
		"an empty line":          {"---\n\nText", "---\nText"},
		"no fixed point":         {"permits: 900", "permits:  900"},
		"no YAML":                {"[0, 1", "[0, 1]"},
		"a conflict":             {"Text.", "<<<<<<< a\n=======\n>>>>>>> b"},
		"a list for a value":     {"900", "[900]"},
	} {
		out := []byte(strings.Replace(text, edit[0], edit[1], 1))
		if bytes.Equal(out, []byte(text)) {
			t.Fatalf("%s: nothing is changed", name)
		}
		got, diags := doc().proven(out, []byte(text))
		if string(got) != text || len(diags) != 1 || diags[0].Rule != "format" {
			t.Errorf("%s is not seen: %v", name, diags)
		}
	}
}

// TestSourceLeavesConflicts: a file with a merge conflict is left unchanged,
// wherever the conflict is, and the conflict is reported.
func TestSourceLeavesConflicts(t *testing.T) {
	forms := loadForms(t)
	for _, text := range []string{
		"---\npublished:   2025-01-10\nform: cn-2021\n---\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n",
		"---\npublished:   2025-01-10\n<<<<<<< a\nform: cn-2021\n=======\nform: cn-2019\n>>>>>>> b\n---\n",
	} {
		out, diags := Source(report, []byte(text), forms, Options{})
		if string(out) != text || len(diags) != 1 || diags[0].Rule != "merge-conflict" {
			t.Errorf("%v\n%s", diags, out)
		}
	}
}

// TestFillLeavesWhatStandsThere: only an empty cell counts as a missing total.
func TestFillLeavesWhatStandsThere(t *testing.T) {
	forms := loadForms(t)
	for _, total := range []string{`"/"`, "/", `"3"`, "04", "x", "4", "1.0"} {
		in := "---\nrequests:\n  new: [1, 2, 0, 0, 0, 0, " + total + "]\n---\n"
		if out, _ := Source(report, []byte(in), forms, Options{Fill: true}); string(out) != in {
			t.Errorf("%s was replaced:\n%s", total, out)
		}
	}
}

// TestFixesThatMeet: of two repairs with the same place or overlapping places the
// later one is left out.
func TestFixesThatMeet(t *testing.T) {
	span := func(from, to int32) source.Place {
		return source.Place{File: "f", Span: source.Span{Line: 1, Column: from, EndLine: 1, EndColumn: to}}
	}
	for _, c := range []struct {
		fixes []diag.Fix
		want  string
		left  int
	}{
		{[]diag.Fix{{Place: span(2, 2), Replace: "x"}, {Place: span(2, 2), Replace: "y"}}, "axbcd", 1},
		{[]diag.Fix{{Place: span(2, 2), Replace: "x"}, {Place: span(2, 2), Replace: "x"}}, "axbcd", 0},
		{[]diag.Fix{{Place: span(1, 3), Replace: "x"}, {Place: span(2, 4), Replace: "y"}}, "xcd", 1},
		{[]diag.Fix{{Place: span(2, 4), Replace: "x"}, {Place: span(1, 2), Replace: "y"}}, "yxd", 0},
		{[]diag.Fix{{Place: span(3, 9), Replace: "x"}}, "abcd", 1},
		{[]diag.Fix{{Place: span(0, 1), Replace: "x"}}, "abcd", 1},
		{[]diag.Fix{{Place: span(3, 2), Replace: "x"}}, "abcd", 1},
	} {
		out, left := Fix([]byte("abcd"), c.fixes)
		if string(out) != c.want || left != c.left {
			t.Errorf("%v: %q, %d left; want %q, %d", c.fixes, out, left, c.want, c.left)
		}
	}
}
