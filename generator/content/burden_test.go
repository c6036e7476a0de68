package content

import (
	"strings"
	"testing"
	"testing/fstest"
)

// A body that would take the parser minutes or hours is refused before it is parsed,
// and reported at its line. A body below the limits is read.
func TestBurden(t *testing.T) {
	for _, c := range []struct {
		name, text string
		line       int32 // of the diagnostic; 0 for none
	}{
		{"ordinary", strings.Repeat("依据**《条例》**，见[附件](a.pdf)。\n\n", 300), 0},
		{"a form to fill in", strings.Repeat(strings.Repeat("_", 200)+"\n", 300), 0},
		{"a table", "|a|b|\n|-|-|\n" + strings.Repeat("|[x](y.pdf)|*z*|\n", 1000), 0},
		{"open links", "a\n\n" + strings.Repeat("[a](", 1_000_000), 6},
		{"open emphasis", strings.Repeat("*a_ ", 1_000_000), 4},
		{"over many lines", strings.Repeat("[a]: b\n", 4500), 4004},
		{"over many paragraphs", strings.Repeat(strings.Repeat("[", 3000)+"\n\n", 10), 16},
		{"quotations", strings.Repeat(">", 1<<21), 4},
		{"lists", "a\n\n" + strings.Repeat("- ", 1<<20), 6},
		{"numbered lists", strings.Repeat("1. ", 101), 4},
		{"items", strings.Repeat("- a\n", 1_000_000), 60_004},
		{"a wide table", strings.Repeat("|a", 1000) + "|\n" + strings.Repeat("|-", 1000) + "|\n" + strings.Repeat("|\n", 1_000_000), 123},
		{"a list nested by indentation", nested(1900), 104},
		{"footnotes inside each other", strings.ReplaceAll(nested(1900), "- a", "[^1]: a"), 104},
		{"a list nested as people do", nested(40), 0},
		{"comments", strings.Repeat("<!-- ", 800_000), 4},
		{"lines", strings.Repeat("公开\n", 500_000), 120_004},
		{"4 MiB of prose", strings.Repeat("本机关**依法**公开："+strings.Repeat("主动公开政府信息、行政规范性文件1~3件。", 18)+"\n\n", 3900), 0},
		{"a row of hyphens", strings.Repeat("-", 10000), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, found := ReadDocument(fstest.MapFS{"content/a.md": {Data: []byte("---\ntitle: a\n---\n" + c.text)}}, "content/a.md")
			if c.line == 0 {
				if doc == nil || len(found) > 0 {
					t.Errorf("it is refused: %v", found)
				}
				return
			}
			if doc != nil || len(found) != 1 || found[0].Rule != "file-size" || found[0].Place.Line != c.line {
				t.Errorf("want one diagnostic on line %d, have %v", c.line, found)
			}
		})
	}
}

// nested is a list in which every item stands two columns further to the right.
func nested(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", 2*i) + "- a\n")
	}
	return b.String()
}

// TestReferencesAreLinear: definitions at the end of a text, which the library
// takes off a paragraph one by one, cost as much each as in a short one.
func TestReferencesAreLinear(t *testing.T) {
	cost := func(n int) float64 {
		text := []byte("---\ntitle: a\n---\n" + strings.Repeat("[a]: /b\n", n))
		return testing.AllocsPerRun(1, func() { parseBody("a.md", text, 17) })
	}
	if a, b := cost(2_000), cost(8_000); b > 4.4*a {
		t.Errorf("four times the definitions take %.1f times the memory", b/a)
	}
}
