package draft

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

var big5Label = regexp.MustCompile(`(?i)charset\s*=\s*["']?big5`)

// Decode returns the text of a file in UTF-8, UTF-16, GB18030 (and so GBK and
// GB2312), or in Big5 if a page declares it. ok is false if some bytes stand for
// no character: replacing them could change a name or a number unnoticed.
func Decode(data []byte) (text string, ok bool) {
	var enc encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		enc = xunicode.UTF16(xunicode.LittleEndian, xunicode.ExpectBOM)
	case wide(data) == 1:
		enc = xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM)
	case wide(data) == 0:
		enc = xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM)
	case utf8.Valid(data):
	case big5Label.Match(data[:min(len(data), 2048)]):
		enc = traditionalchinese.Big5
	default:
		enc = simplifiedchinese.GB18030
	}
	if enc != nil {
		decoded, err := enc.NewDecoder().Bytes(data)
		if err != nil {
			return "", false
		}
		data = decoded
	}
	if !utf8.Valid(data) || bytes.ContainsRune(data, utf8.RuneError) || bytes.IndexByte(data, 0) >= 0 {
		return "", false
	}
	text = strings.ReplaceAll(string(data), "\r\n", "\n")
	return strings.ReplaceAll(text, "\r", "\n"), true
}

// wide recognises UTF-16 without a byte order mark: its line ends, digits and
// tabs have a zero as their high byte. It returns the offset of the high byte in
// each pair (0 or 1), or -1 if the bytes do not look like UTF-16. Some characters
// have a zero as their low byte, such as 一 (U+4E00), but fewer, so the half
// with more zeros is taken for the high bytes.
func wide(data []byte) int {
	var zeros [2]int
	head := data[:min(len(data), 4096)&^1]
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	high := 0
	if zeros[1] > zeros[0] {
		high = 1
	}
	if zeros[high] == 0 || zeros[high]*50 < len(head)/2 || len(data)%2 != 0 {
		return -1
	}
	return high
}

// Tidy returns the text of a line without invisible differences: it removes
// zero-width and control characters, replaces each run of spaces of any kind by
// one plain space, and removes spaces at both ends.
func Tidy(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case r == 0x200c || r == 0x200d || r == 0x180e: // joiners that Mongolian, Uyghur and Tibetan need
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(compatible(r))
	}
	return b.String()
}

// compatible maps the radicals and compatibility ideographs that programs
// extract from PDF files to the Han characters that look the same and are typed.
func compatible(r rune) rune {
	if r >= 0x2e80 && r <= 0x2fdf || r >= 0xf900 && r <= 0xfaff {
		if c, ok := radicals()[r]; ok {
			return c
		}
		for _, n := range norm.NFKC.String(string(r)) {
			return n
		}
	}
	return r
}

// tidyCell applies Tidy to each line of a cell and removes empty lines.
func tidyCell(s string) string {
	if !strings.Contains(s, "\n") {
		return Tidy(s)
	}
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = Tidy(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
