package form

import (
	"strconv"
	"strings"
)

// Append appends the digits of a value, without grouping. An Amount, stored as
// a multiple of 1/Scale, is written as an exact decimal, any other type as a
// whole number.
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

// Format returns what Append appends, as a string.
func (t Type) Format(n int64) string {
	var buf [24]byte
	return string(t.Append(buf[:0], n))
}

// Grouped returns a value in groups of three digits, without an Amount's
// trailing zeros. It is for pages that sum up and compare; official tables
// print the digits of the document.
func (t Type) Grouped(n int64) string {
	s := t.Format(n)
	whole, _, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// UnitSlip reports whether one of two figures is about ten thousand times the other,
// within a fifth: its unit was likely mistaken.
func UnitSlip(a, b int64) bool {
	low, high := min(a, b), max(a, b)
	if low <= 0 {
		return false
	}
	times := high / low
	return times >= 8_000 && (times < 12_000 || times == 12_000 && high%low == 0)
}
