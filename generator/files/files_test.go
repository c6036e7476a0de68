package files

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"annals/generator/diag"
)

func lines(diags []diag.Diagnostic) []string {
	var list []string
	for _, d := range diags {
		list = append(list, fmt.Sprintf("%d:%d-%d %s %s", d.Place.Line, d.Place.Column, d.Place.EndColumn, d.Rule, d.Message.EN))
	}
	return list
}

// TestCharacters gives each text with the beginnings of what is said of it.
func TestCharacters(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string
	}{
		{"依据《条例》，“公开”——①\u3000全角\u00a0空格\r\n\tTab\n", nil},
		{"ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ ᠪᠠᠶᠢᠨ\u180eᠠ ᠬᠡᠯᠡ\u180b", nil},                              // Mongolian
		{"شىنجاڭ ئۇيغۇر ئاپتونوم رايونى می\u200cخواهم", nil},                         // Uyghur, Persian
		{"བོད་རང་སྐྱོང་ལྗོངས།", nil},                                                 // Tibetan
		{"ꆈꌠꁱꂷ ᥖᥭᥰ Cuengh हिन्दी क्\u200dष", nil},                                    // Yi, Tai, Zhuang, Hindi
		{"👩\u200d💻 ❤\ufe0f\u200d🔥 葛\U000e0100", nil},                                 // emoji, an ideographic variant
		{"a\x01b", []string{"1:2-3 encoding"}},                                       // control
		{"a\x1b[31m", []string{"1:2-3 encoding"}},                                    // terminal
		{"a\x7f", []string{"1:2-3 encoding"}},                                        // DEL
		{"a\u0085b\u009b", []string{"1:2-3 encoding", "1:4-5 encoding"}},             // C1
		{"a\rb", []string{"1:2-3 encoding"}},                                         // CR on its own
		{"a\x00", []string{"1:2-3 encoding"}},                                        //
		{"中\xc4\xe3好", []string{"1:2-3 encoding these bytes are not UTF-8 (C4 E3)"}}, // GBK
		{"\xff\xfe-\x00", []string{"1:1-1 encoding the file is UTF-16"}},
		{"ok\n\xff\xfe", []string{"2:1-2 encoding"}},                                                            // UTF-16
		{"a\xed\xa0\x80", []string{"1:2-3 encoding"}},                                                           // surrogate
		{"总计\u202e66", []string{"1:3-4 hidden-character there is a character here that changes the direction"}}, // bidirectional
		{"a\u202ab\u202bc\u202cd\u202d", []string{"1:2-3 h", "1:4-5 h", "1:6-7 h", "1:8-9 h"}},
		{"a\u2066b\u2067c\u2068d\u2069", []string{"1:2-3 h", "1:4-5 h", "1:6-7 h", "1:8-9 h"}},
		{"a\u200eb\u200fc\u061c", []string{"1:2-3 h", "1:4-5 h", "1:6-7 h"}},
		{"县\u200b政府", []string{"1:2-3 hidden-character there is an invisible character"}},
		{"县\u200d政府", []string{"1:2-3 hidden-character"}}, // a joiner without work
		{"a\u200cb", []string{"1:2-3 hidden-character"}},
		{"5\u200d8", []string{"1:2-3 hidden-character"}},
		{"a\u00adb\u2060c\ufeffd\u2028e", []string{"1:2-3 h", "1:4-5 h", "1:6-7 h", "1:8-9 h"}},
		{"a\u3164b\uffa0c\u115f", []string{"1:2-3 h", "1:4-5 h", "1:6-7 h"}},
		{"a\U000e0041", []string{"1:2-3 hidden-character"}}, // a tag
		{"a\u180eb", []string{"1:2-3 hidden-character"}},
	} {
		got, _ := checkCharacters("f", []byte(test.text))
		lines := lines(got)
		if len(lines) != len(test.want) {
			t.Errorf("%q: %q, want %q", test.text, lines, test.want)
			continue
		}
		for i, want := range test.want {
			if !strings.HasPrefix(lines[i], want) {
				t.Errorf("%q: %q, want %q", test.text, lines[i], want)
			}
		}
	}
}

// FuzzCharacters holds the way that nearly all characters take to the rules
// for a single one.
func FuzzCharacters(f *testing.F) {
	for _, seed := range []string{"公开\u3000䀀鿿", "\u200d中", "中\u200d", "中\xe5\x85", "中\xe5\x28\x80", "\xe4\x80", "\ufeff中\ufeff", "\xe9\xbf\xc0"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		utf16 := bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
		got, whole := checkCharacters("f", data)
		if want := utf8.Valid(data) && !utf16; whole != want && (whole || len(got) <= diag.MaxOfKind) {
			t.Fatalf("%q: whole is %v", data, whole)
		}
		if !whole {
			return
		}
		var want []string // messages about the characters that are reported, in their order
		prev := rune(-1)
		for i, r := range string(data) {
			alone := string(r)
			if r == '\r' && strings.HasPrefix(string(data[i:]), "\r\n") {
				alone = "\r\n"
			} else if prev >= 0 {
				alone = string(prev) + alone
			}
			here, _ := checkCharacters("f", []byte("\n"+alone))
			before, _ := checkCharacters("f", []byte("\n"+strings.TrimSuffix(alone, string(r))))
			if !(i == 0 && r == '\ufeff') && len(here) > len(before) {
				want = append(want, here[len(here)-1].Message.EN)
			}
			prev = r
		}
		var reported []string
		for _, d := range got {
			reported = append(reported, d.Message.EN)
		}
		if diff := cmp.Diff(want, reported, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%q (-each +all):\n%s", data, diff)
		}
	})
}

func TestCharactersBounded(t *testing.T) {
	got, whole := checkCharacters("f", []byte(strings.Repeat("\u202e\x01", 100_000)))
	if len(got) != 2*(diag.MaxOfKind+1) || whole {
		t.Errorf("%d diagnostics", len(got))
	}
}

func TestSpan(t *testing.T) {
	data := []byte("\ufeff中a\n文b\r\n")
	for _, test := range []struct{ start, end, line, column, endLine, endColumn int }{
		{3, 6, 1, 1, 1, 2}, {6, 7, 1, 2, 1, 3}, {8, 11, 2, 1, 2, 2}, {6, 11, 1, 2, 2, 2}, {14, 14, 3, 1, 3, 1},
	} {
		s := Span(data, test.start, test.end)
		got := [4]int{int(s.Line), int(s.Column), int(s.EndLine), int(s.EndColumn)}
		if want := [4]int{test.line, test.column, test.endLine, test.endColumn}; got != want {
			t.Errorf("Span(%d, %d) = %v, want %v", test.start, test.end, got, want)
		}
	}
}

// TestReadText tests files just below and just above the size limit.
func TestReadText(t *testing.T) {
	fsys := fstest.MapFS{
		"fits":  {Data: []byte(strings.Repeat("x", MaxText))},
		"large": {Data: []byte(strings.Repeat("x", MaxText+1))},
		"empty": {},
		"gbk":   {Data: []byte("\xc4\xe3\xba\xc3")},
		"odd":   {Data: []byte("a\u202eb")},
	}
	for name, want := range map[string][]string{
		"fits": nil, "empty": nil,
		"large":   {"1:1-1 file-size the file has 4.0 MiB, more than the limit of 4.0 MiB, and was not read"},
		"gbk":     {"1:1-2 encoding these bytes are not UTF-8 (C4 E3); the file may be GBK: save it as UTF-8"},
		"odd":     {"1:2-3 hidden-character there is a character here that changes the direction of text (U+202E), so that it may read differently from what it is; delete it"},
		"missing": {"1:1-1 missing-file this file is not there; create it"},
	} {
		data, diags := ReadText(fsys, name)
		if diff := cmp.Diff(want, lines(diags)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if usable := name == "fits" || name == "empty" || name == "odd"; (data != nil) != usable {
			t.Errorf("%s: data is nil: %v", name, data == nil)
		}
	}
}

// TestForward: it finds the places that Span finds.
func TestForward(t *testing.T) {
	for _, text := range []string{"", "\ufeff中\x01a\n\n\x01文\xffb\r\n\x01", "a\n\ufeff\n", "\n\n\n"} {
		at := forward{data: []byte(text), line: 1, column: 1}
		for i := range text {
			if have, want := at.span(i, len(text)), Span([]byte(text), i, len(text)); have != want {
				t.Errorf("%q[%d:]: %v, not %v", text, i, have, want)
			}
		}
	}
}

// rule is the rule of the one finding.
func rule(diags []diag.Diagnostic) string {
	if len(diags) != 1 {
		return fmt.Sprint(lines(diags))
	}
	return diags[0].Rule
}
