package draft

import (
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	xunicode "golang.org/x/text/encoding/unicode"
)

func TestDecode(t *testing.T) {
	const text = "一、总体情况\t1\n"
	encode := func(s string, err error) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return []byte(s)
	}
	gb := encode(simplifiedchinese.GB18030.NewEncoder().String(text))
	for name, data := range map[string][]byte{
		"utf-8":              []byte(text),
		"utf-8 with a mark":  []byte("\xef\xbb\xbf" + text),
		"gb18030":            gb,
		"gbk":                encode(simplifiedchinese.GBK.NewEncoder().String(text)),
		"utf-16le with mark": encode(xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM).NewEncoder().String(text)),
		"utf-16be with mark": encode(xunicode.UTF16(xunicode.BigEndian, xunicode.UseBOM).NewEncoder().String(text)),
		"utf-16le":           encode(xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM).NewEncoder().String(text)),
		"utf-16be":           encode(xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM).NewEncoder().String(text)),
		"crlf":               []byte("一、总体情况\t1\r\n"),
	} {
		if got, ok := Decode(data); !ok || got != text {
			t.Errorf("%s: %q %v", name, got, ok)
		}
	}
	page := `<meta charset=big5>`
	big := encode(traditionalchinese.Big5.NewEncoder().String(page + "總體情況"))
	if got, ok := Decode(big); !ok || got != page+"總體情況" {
		t.Errorf("big5: %q %v", got, ok)
	}
	for _, bad := range [][]byte{append(gb[:4:4], 0xff, 0xff), {0xd7}, []byte("a\x00b"), []byte("\ufffd")} {
		if got, ok := Decode(bad); ok {
			t.Errorf("%x was decoded to %q", bad, got)
		}
	}
}

func TestPlainNumber(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "66": "66", "75.926000000000002": "75.926", "1.2345678E7": "12345678", "1E-3": "0.001",
		"0.1": "0.1", "96171.600000000006": "96171.6", "-3": "-3", "12345678901234567": "12345678901234600", "": "",
	} {
		if got, ok := plainNumber(in); !ok || got != want {
			t.Errorf("%q is %q %v, want %q", in, got, ok, want)
		}
	}
	for _, bad := range []string{"x", "1e999999999", "NaN", "Inf", "1_0"} {
		if got, ok := plainNumber(bad); ok {
			t.Errorf("%q was read as %q", bad, got)
		}
	}
}

func TestTidy(t *testing.T) {
	for in, want := range map[string]string{
		" a\u3000 b\u00a0": "a b", "公\u200b开": "公开", "\u202e12": "12", "⼀⾏": "一行", "\ufeffx\u0007": "x", "": "",
	} {
		if got := Tidy(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestReference(t *testing.T) {
	for in, want := range map[string][2]int{"A1": {0, 0}, "Z10": {9, 25}, "AA2": {1, 26}, "XFD1048576": {1048575, 16383}} {
		if row, column, ok := reference(in); !ok || row != want[0] || column != want[1] {
			t.Errorf("%s is %d,%d %v", in, row, column, ok)
		}
	}
	for _, bad := range []string{"", "A", "1", "1A", "A0", "ABCDE1", "A1:B2", "a1"} {
		if row, column, ok := reference(bad); ok {
			t.Errorf("%q is %d,%d", bad, row, column)
		}
	}
}

// TestSpan: a cell covers as many columns as it declares, up to a limit.
func TestSpan(t *testing.T) {
	for in, want := range map[string]int{"": 1, "x": 1, "0": 1, "-3": 1, "1": 1, "12": 12, "1000": MaxSpan, "1001": MaxSpan, "2147483647": MaxSpan, "99999999999999999999": 1} {
		if got := spanOf(in); got != want {
			t.Errorf("%q is %d, want %d", in, got, want)
		}
	}
}
