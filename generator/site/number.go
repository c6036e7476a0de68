package site

import (
	"strconv"

	"annals/generator/archive"
)

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

// A Sum is a total with the number of parts that it lacks: a part that is
// missing, blank or not a number is counted as unknown, never added as zero.
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
