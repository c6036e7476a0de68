package format

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// placeIn reports whether a place is in a text.
func placeIn(text string, p source.Place) bool {
	lines := strings.Split(lineEnds(text), "\n") // as YAML counts them
	return p.Line >= 1 && int(p.Line) <= len(lines) && p.Column >= 1 && int(p.Column) <= utf8.RuneCountInString(lines[p.Line-1])+1
}

// FuzzSource: whatever the input, the result does not change when formatted again,
// has the same values and all comments. A file that is refused is left unchanged,
// and the diagnostic has a place that is in the file.
func FuzzSource(f *testing.F) {
	for _, seed := range []string{
		"---\nform: cn-2021\npublished:   2025-01-10 # c\nrequests:\n    new: [1, 2, 0, 0, 0, 0, \"\"]\n---\nx\n",
		"---\r\na: |\n  x\n # y\n\nb: {c: d, e: [f]}\n---",
		"---\nrequests:\n  一、本年新收政府信息公开申请数量:\n    - 1\n    - 2 # c\n---\n",
		"---\naccept:\n- rule: a\n  # b\n  reason: 'c''d'\n---\n<<<<<<< a\n>>>>>>> b\n",
		"\ufeff---\n? a\n: b\n'': ~\n---\n",
	} {
		for _, name := range []string{report, "content/agencies/a/_index.md", "content/site.yaml"} {
			f.Add(name, []byte(seed), true)
		}
	}
	forms := loadForms(f)
	f.Fuzz(func(t *testing.T, name string, data []byte, fill bool) {
		if len(data) > 1<<14 {
			return
		}
		o := Options{Fill: fill}
		out, diags := Source(name, data, forms, o)
		for _, d := range diags {
			if d.Rule == "format" {
				t.Fatalf("%q becomes something else", data)
			}
			if !placeIn(string(data), d.Place) {
				t.Fatalf("%s is said of %v, which %q does not have", d.Rule, d.Place, data)
			}
		}
		if len(diags) > 0 && string(out) != string(data) {
			t.Fatalf("%q is refused, and becomes %q", data, out)
		}
		if again, _ := Source(name, out, forms, o); string(again) != string(out) {
			t.Fatalf("%q becomes %q, and that %q", data, out, again)
		}
		if fill || string(out) == string(data) || !strings.HasSuffix(name, ".md") {
			return
		}
		was, _ := content.Split(name, data)
		now, _ := content.Split(name, out)
		a, b := scalars(was), scalars(now)
		if a != b {
			t.Fatalf("%q becomes %q: the values %q are %q", data, out, a, b)
		}
	})
}

// scalars returns the values of a front matter, sorted by their text.
func scalars(p content.Parts) string {
	root, _ := yamlpos.Parse("f", strings.ReplaceAll(strings.ReplaceAll(p.Front, "\r\n", "\n"), "\r", "\n"), 1)
	count := map[string]int{}
	var visit func(n *yamlpos.Node)
	visit = func(n *yamlpos.Node) {
		if n.Kind == yamlpos.Scalar {
			count[n.Text]++
		}
		for i := range n.Items {
			visit(&n.Items[i])
		}
	}
	visit(root)
	var b strings.Builder
	for _, text := range slices.Sorted(maps.Keys(count)) {
		b.WriteString(text + "\x00" + strings.Repeat("i", count[text]) + "\x00")
	}
	return b.String()
}

// FuzzFix: repairs change only the text at their places, whatever these are. Each
// repair is made, is the same as another, or is counted as left.
func FuzzFix(f *testing.F) {
	f.Add([]byte("a: 1,000\nb: ２\n"), "x", int32(1), int32(4), int32(1), int32(9), int32(2), int32(4), int32(2), int32(5))
	f.Add([]byte(""), "", int32(0), int32(-1), int32(9), int32(1<<30), int32(1), int32(1), int32(1), int32(1))
	f.Fuzz(func(t *testing.T, data []byte, text string, l1, c1, e1, f1, l2, c2, e2, f2 int32) {
		fixes := []diag.Fix{
			{Place: source.Place{File: "f", Span: source.Span{Line: l1, Column: c1, EndLine: e1, EndColumn: f1}}, Replace: text},
			{Place: source.Place{File: "f", Span: source.Span{Line: l2, Column: c2, EndLine: e2, EndColumn: f2}}, Replace: "\x00"},
		}
		out, left := Fix(data, fixes)
		if left < 0 || left > 2 {
			t.Fatalf("%d are left", left)
		}
		if left == 2 && string(out) != string(data) {
			t.Fatalf("no repair was made, and %q became %q", data, out)
		}
		if len(out) > len(data)+len(text)+1 {
			t.Fatalf("%q became %q", data, out)
		}
	})
}
