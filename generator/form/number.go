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
func (t Type) Format(n int64) string { return string(t.Append(nil, n)) }

// Grouped writes a value in groups of three digits, as pages that sum up and
// compare do; the official tables print what the document has. An Amount
// loses the zeros at its end.
func (t Type) Grouped(n int64) string {
	var buf [40]byte
	b := strconv.AppendInt(buf[:0], n, 10)
	tail := ""
	if t == Amount {
		whole, frac := n/Scale, n%Scale
		if frac < 0 {
			frac = -frac
		}
		b = buf[:0]
		if n < 0 && whole == 0 {
			b = append(b, '-')
		}
		b = strconv.AppendInt(b, whole, 10)
		if frac != 0 {
			tail = "." + strings.TrimRight(strconv.FormatInt(Scale+frac, 10)[1:], "0")
		}
	}
	digits := b
	if len(digits) > 0 && digits[0] == '-' {
		digits = digits[1:]
	}
	if len(digits) <= 3 {
		return string(b) + tail
	}
	var out strings.Builder
	out.Grow(len(b) + len(digits)/3 + len(tail))
	if len(digits) < len(b) {
		out.WriteByte('-')
	}
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteByte(d)
	}
	out.WriteString(tail)
	return out.String()
}
