package check

import (
	"slices"

	"annals/generator/archive"
	"annals/generator/form"
)

// sheet is a report while its equations are judged: the printed values, and the
// values that some cells would need for failing equations to hold.
type sheet struct {
	r        *archive.Report
	f        *form.Form
	supposed map[int][]int64    // by cell: recomputed values that differ from the printed one
	causes   map[int][]*failure // by cell: the failures from which these were computed
	record   *Record
}

func newSheet(r *archive.Report) *sheet {
	return &sheet{r: r, f: r.Form, supposed: map[int][]int64{}, record: newRecord(r)}
}

// suppose records a value that the cell would need for a failing equation to
// hold.
func (s *sheet) suppose(cell int, v int64, f *failure) {
	if s.causes == nil {
		s.causes = map[int][]*failure{}
	}
	s.causes[cell] = append(s.causes[cell], f)
	for _, x := range s.supposed[cell] {
		if x == v {
			return
		}
	}
	s.supposed[cell] = append(s.supposed[cell], v)
}

// pair is a report and the one of the year before, which may be in another form.
// Then the forms' concordance gives the cells of that form for a cell of this one.
type pair struct {
	now, before *sheet
	own         form.Concordance // of now's form with itself
	continues   form.Concordance // of now's form with before's
	below       *archive.Rollup  // the sums over the agencies below, or nil
}

// newPair makes a pair of which before, and the sums, may be nil.
func newPair(now, before *sheet, below *archive.Rollup) *pair {
	b := &pair{now: now, before: before, own: now.f.Continues(now.f), below: below}
	if before != nil {
		b.continues = now.f.Continues(before.f)
	}
	return b
}

// at returns the sheet and the cells of a term; if there are several, the term is
// their sum. There are none for a sum over agencies, and if the form of the year
// before has no such cell.
func (b *pair) at(t form.Term) (*sheet, []int) {
	switch {
	case t.From == form.This:
		return b.now, b.own[t.Cell]
	case t.From == form.Children || b.continues == nil:
		return nil, nil
	}
	return b.before, b.continues[t.Cell]
}

// verdict is the result of evaluating an equation.
type verdict struct {
	eq          *form.Equation
	known       bool // every term is a number
	holds       bool
	left, right int64
}

// judge evaluates an equation with the printed values.
func (b *pair) judge(eq *form.Equation) verdict {
	v := verdict{eq: eq}
	if eq.WhenFull && b.below != nil && b.below.Reported < b.below.Expected {
		return v
	}
	v.left, v.right, v.known = b.sides(eq, nil)
	v.holds = v.known && holds(eq, v.left, v.right)
	return v
}

func holds(eq *form.Equation, left, right int64) bool {
	if eq.AtLeast {
		return left >= right
	}
	return left == right
}

// place is a cell in one of the two sheets.
type place struct {
	sheet *sheet
	cell  int
}

// sides adds up both sides; values in instead are used in place of printed ones.
func (b *pair) sides(eq *form.Equation, instead map[place]int64) (left, right int64, ok bool) {
	// A sum over the agencies below without the missing reports is a lower
	// bound, which is enough to prove that the left side is too small.
	if left, ok = b.sum(eq.Left, instead, eq.AtLeast, true); ok {
		right, ok = b.sum(eq.Right, instead, eq.AtLeast, false)
	}
	return left, right, ok
}

// sum adds the terms. It returns false if a term is no number or the sum exceeds
// 64 bits. If least is true, the sum over the agencies below may be a lower bound in
// a term with the given sign.
func (b *pair) sum(terms []form.Term, instead map[place]int64, least, minus bool) (int64, bool) {
	var total int64
	for _, t := range terms {
		if t.From == form.Children {
			if b.below == nil || !b.below.Sums[t.Cell].Known() && !(least && t.Minus == minus) {
				return 0, false
			}
			var ok bool
			if total, ok = plus(total, b.below.Sums[t.Cell].N, t.Minus); !ok {
				return 0, false
			}
			continue
		}
		s, cells := b.at(t)
		if len(cells) == 0 {
			return 0, false
		}
		for _, cell := range cells {
			fact := &s.r.Facts[cell]
			v, replaced := instead[place{s, cell}]
			if !replaced {
				v = fact.Value
			}
			next, ok := plus(total, v, t.Minus)
			if !ok || !fact.Known() {
				return 0, false
			}
			total = next
		}
	}
	return total, true
}

// plus adds or subtracts; ok is false where the sum leaves 64 bits.
func plus(total, v int64, minus bool) (sum int64, ok bool) {
	if minus {
		v = -v
	}
	sum = total + v
	return sum, v == 0 || (v > 0) == (sum > total)
}

// maxSupposed bounds the combinations of recomputed values that are tried for
// one equation; beyond it only all of them together are tried.
const maxSupposed = 6

// explained reports whether a failing equation holds if some of its cells have
// the values that other equations need. It returns these cells.
func (b *pair) explained(eq *form.Equation) ([]place, bool) {
	var cells []place
	var values []int64
	for _, terms := range [][]form.Term{eq.Left, eq.Right} {
		for _, t := range terms {
			s, list := b.at(t)
			for _, cell := range list {
				if s == b.now && cell == eq.Derived {
					continue
				}
				for _, v := range s.supposed[cell] {
					cells, values = append(cells, place{s, cell}), append(values, v)
				}
			}
		}
	}
	if len(cells) == 0 {
		return nil, false
	}
	try := func(mask uint) bool {
		instead := map[place]int64{}
		for i, c := range cells {
			if mask&(1<<i) != 0 {
				instead[c] = values[i]
			}
		}
		left, right, ok := b.sides(eq, instead)
		return ok && holds(eq, left, right)
	}
	if len(cells) > maxSupposed {
		cells, values = cells[:min(len(cells), 60)], values[:min(len(cells), 60)]
		return cells, try(1<<len(cells) - 1)
	}
	for mask := uint(1); mask < 1<<len(cells); mask++ {
		if try(mask) {
			var used []place
			for i, c := range cells {
				if mask&(1<<i) != 0 {
					used = append(used, c)
				}
			}
			return used, true
		}
	}
	return nil, false
}

// needed returns the value with which the cell would make the equation hold, all
// other cells being as printed. It returns false if the equation is no equality, has
// the cell not exactly once, or needs a value that a document cannot state.
func (b *pair) needed(v verdict, in place) (int64, bool) {
	if v.eq.AtLeast {
		return 0, false
	}
	sign := int64(0)
	for side, terms := range [][]form.Term{v.eq.Left, v.eq.Right} {
		for _, t := range terms {
			if s, cells := b.at(t); s != in.sheet || !slices.Contains(cells, in.cell) {
				continue
			}
			if sign != 0 {
				return 0, false
			}
			sign = 1
			if t.Minus != (side == 1) {
				sign = -1
			}
		}
	}
	if sign == 0 {
		return 0, false
	}
	// left − right must become zero.
	want := in.sheet.r.Facts[in.cell].Value - sign*(v.left-v.right)
	return want, in.sheet.f.Cells[in.cell].Column.Type.Holds(want)
}
