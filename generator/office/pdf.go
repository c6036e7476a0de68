package office

import (
	"bytes"
	"encoding/hex"
	"html"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// pdf looks for the author where a PDF has it as plain text: in the information
// dictionary, and in XML metadata. Compressed parts are not searched.
func (c *collector) pdf(data []byte) {
	for rest := data; ; {
		at := bytes.Index(rest, []byte("/Author"))
		if at < 0 {
			break
		}
		rest = rest[at+len("/Author"):]
		c.name(Author, pdfText(bytes.TrimLeft(rest[:min(len(rest), 600)], " \t\r\n")))
	}
	for rest := data; ; {
		at := bytes.Index(rest, []byte("<dc:creator>"))
		if at < 0 {
			return
		}
		rest = rest[at:]
		end := bytes.Index(rest[:min(len(rest), 4<<10)], []byte("</dc:creator>"))
		if end >= 0 {
			scan(rest[:end], func(text []byte, t tag) {
				if !t.open && t.is("li") {
					c.name(Author, html.UnescapeString(string(text)))
				}
			})
		}
		rest = rest[len("<dc:creator>"):]
	}
}

// pdfText reads a string: in parentheses with escapes, or in hexadecimal; in
// UTF-16 with a byte order mark, or else in what is taken for UTF-8.
func pdfText(s []byte) string {
	var raw []byte
	switch {
	case len(s) > 1 && s[0] == '<' && s[1] != '<':
		end := bytes.IndexByte(s, '>')
		if end < 0 {
			return ""
		}
		digits := bytes.Join(bytes.Fields(s[1:end]), nil)
		raw = make([]byte, len(digits)/2)
		if _, err := hex.Decode(raw, digits[:len(raw)*2]); err != nil {
			return ""
		}
	case len(s) > 0 && s[0] == '(':
		raw = literal(s[1:])
	}
	if len(raw) >= 2 && raw[0] == 0xfe && raw[1] == 0xff {
		units := make([]uint16, 0, len(raw)/2)
		for i := 2; i+1 < len(raw); i += 2 {
			units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
		}
		return string(utf16.Decode(units))
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(raw) {
		return strings.Repeat("?", min(len(raw), 3)) // a name in an unknown encoding
	}
	return string(raw)
}

// literal reads to the parenthesis that closes the string.
func literal(s []byte) []byte {
	var raw []byte
	depth := 1
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b == '\\' && i+1 < len(s):
			i++
			if n := octal(s[i:]); n > 0 {
				v := 0
				for _, d := range s[i : i+n] {
					v = v*8 + int(d-'0')
				}
				raw = append(raw, byte(v))
				i += n - 1
				continue
			}
			if s[i] != '\n' && s[i] != '\r' {
				raw = append(raw, s[i])
			}
			continue
		case b == '(':
			depth++
		case b == ')':
			if depth--; depth == 0 {
				return raw
			}
		}
		raw = append(raw, s[i])
	}
	return nil
}

// octal returns the number of octal digits at the beginning, at most three.
func octal(s []byte) int {
	n := 0
	for n < 3 && n < len(s) && s[n] >= '0' && s[n] <= '7' {
		n++
	}
	return n
}
