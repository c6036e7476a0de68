package diag

import "testing"

// TestVisible: control characters and invisible characters are printed as escapes,
// and ordinary text of any script is not changed.
func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"a\x1b[31m":     `a\x1b[31m`,
		"a\u009bb":      `a\x9bb`,
		"a\x00\x7f":     `a\x00\x7f`,
		"a\nb\tc\r":     `a\nb\tc\x0d`,
		"a\u202eb":      `a\u202eb`,
		"a\u2066b":      `a\u2066b`,
		"a\u200bb":      `a\u200bb`,
		"a\ufeffb":      `a\ufeffb`,
		"a\u2028b":      `a\u2028b`,
		"a\xadb":        `a\xadb`,
		"a\u00adb":      `a\xadb`,
		"a\xff\xfeb":    `a\xff\xfeb`,
		"公开“年报”":        "公开“年报”",
		"می\u200cخواهم": "می\u200cخواهم",
		"ᠪᠠᠶᠢᠨ\u180eᠠ":  "ᠪᠠᠶᠢᠨ\u180eᠠ",
	} {
		if got := Visible(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
