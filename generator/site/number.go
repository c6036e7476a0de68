package site

import (
	"strconv"
	"strings"

	"annals/generator/archive"
	"annals/generator/form"
)

// Grouped writes a value in groups of three digits, as pages that sum up and
// compare do; the official tables print what the document has. An Amount
// loses the zeros at its end.
func Grouped(n int64, t form.Type) string {
	var buf [40]byte
	b := strconv.AppendInt(buf[:0], n, 10)
	tail := ""
	if t == form.Amount {
		whole, frac := n/form.Scale, n%form.Scale
		if frac < 0 {
			frac = -frac
		}
		b = buf[:0]
		if n < 0 && whole == 0 {
			b = append(b, '-')
		}
		b = strconv.AppendInt(b, whole, 10)
		if frac != 0 {
			tail = "." + strings.TrimRight(strconv.FormatInt(form.Scale+frac, 10)[1:], "0")
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

// AppendPlain writes a value as digits without groups: an Amount exactly, a
// count as it is.
func AppendPlain(b []byte, n int64, t form.Type) []byte {
	if t != form.Amount {
		return strconv.AppendInt(b, n, 10)
	}
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	b = strconv.AppendInt(b, n/form.Scale, 10)
	frac := n % form.Scale
	if frac == 0 {
		return b
	}
	b = append(b, '.')
	for unit := int64(form.Scale / 10); frac > 0; unit /= 10 {
		b = append(b, byte('0'+frac/unit))
		frac %= unit
	}
	return b
}

// AppendFact writes a number as the document prints it, trailing zeros
// included.
func AppendFact(b []byte, f archive.Fact, t form.Type) []byte {
	if t == form.Amount && f.Text != "" && strings.Trim(f.Text, "0123456789.") == "" {
		return append(b, f.Text...)
	}
	return AppendPlain(b, f.Value, t)
}

// Share writes the quotient of two sums as a percentage with one decimal,
// rounded half up: 45.3%. It is "" where there is nothing to divide by.
func Share(over, under int64) string {
	if under <= 0 || over < 0 {
		return ""
	}
	var tenths int64
	if over <= (1<<62)/2000 {
		tenths = (over*2000 + under) / (2 * under)
	} else {
		tenths = int64(float64(over)/float64(under)*1000 + 0.5)
	}
	return strconv.FormatInt(tenths/10, 10) + "." + strconv.FormatInt(tenths%10, 10) + "%"
}

// A Sum is a total with what is not in it: a part that is missing, blank or
// not a number is counted, never taken as zero.
type Sum struct {
	N       int64
	Known   int32 // parts that are numbers
	Unknown int32 // parts that are not
	over    bool  // the total does not fit
}

// Add adds a value to the sum.
func (s *Sum) Add(v archive.Value) {
	if !v.Known() {
		s.Unknown++
		return
	}
	s.AddSum(Sum{N: v.N, Known: 1})
}

// AddSum adds another sum.
func (s *Sum) AddSum(o Sum) {
	n := s.N + o.N
	if o.over || (o.N > 0 && n < s.N) || (o.N < 0 && n > s.N) {
		s.over = true
	}
	s.N = n
	s.Known += o.Known
	s.Unknown += o.Unknown
}

// OK reports whether there is a number to show.
func (s Sum) OK() bool { return s.Known > 0 && !s.over }
