package form

import (
	"strconv"
	"strings"
)

// Append writes a value as digits without groups: an Amount exactly, a
// count as it is.
func (t Type) Append(b []byte, n int64) []byte {
	if t != Amount {
		return strconv.AppendInt(b, n, 10)
	}
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	b = strconv.AppendInt(b, n/Scale, 10)
	frac := n % Scale
	if frac == 0 {
		return b
	}
	b = append(b, '.')
	for unit := int64(Scale / 10); frac > 0; unit /= 10 {
		b = append(b, byte('0'+frac/unit))
		frac %= unit
	}
	return b
}

// Format is Append to a text of its own.
func (t Type) Format(n int64) string {
	var buf [24]byte
	return string(t.Append(buf[:0], n))
}

// Grouped writes a value in groups of three digits, as pages that sum up and
// compare do; the official tables print what the document has. An Amount
// loses the zeros at its end.
func (t Type) Grouped(n int64) string {
	s := t.Format(n)
	whole, _, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
