package htmltext

import (
	"html"
	"html/template"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var page = template.Must(template.New("").Parse("x{{.}}"))

// HTML readers read the same text that was written. It never ends a quoted attribute
// or begins an element. AppendAsTemplate writes the same as html/template.
func TestTextStaysText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("<>&\"'+`=/\x00a政")))).Draw(t, "text")
		a, b := string(Append([]byte("x"), text)), string(AppendAsTemplate([]byte("x"), text))
		if c := string(Append([]byte("x"), []byte(text))); c != a {
			t.Fatalf("bytes are written %q, a string %q", c, a)
		}
		if c := string(Join([]byte("x"), Of(text))); c != a {
			t.Fatalf("joined it is written %q, appended %q", c, a)
		}
		var want strings.Builder
		if err := page.Execute(&want, text); err != nil || b != want.String() {
			t.Fatalf("%q is not as html/template writes it: %q %v", b, want.String(), err)
		}
		for _, s := range []string{a, b} {
			if strings.ContainsAny(s, "<>\"'\x00") || html.UnescapeString(s) != "x"+strings.ReplaceAll(text, "\x00", "\uFFFD") {
				t.Fatalf("%q is written %q", text, s)
			}
		}
	})
}
