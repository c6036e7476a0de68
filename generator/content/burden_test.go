package content

import (
	"strings"
	"testing"
	"testing/fstest"
)

// What the parser would take minutes or hours for is refused before it is
// parsed, and told at its line; what stays below the limits is read.
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
