package check

import (
	"annals/generator/archive"
	"annals/generator/form"
)

// sheet is a report while its equations are judged: the printed values, and the
// values that some cells would need for failing equations to hold.
type sheet struct {
	r        *archive.Report
	f        *form.Form
	supposed map[int][]int64 // by cell: recomputed values that differ from the printed one
}

func newSheet(r *archive.Report) *sheet {
	return &sheet{r: r, f: r.Form, supposed: map[int][]int64{}}
}

// suppose records a value that the cell would need for a failing equation to
// hold.
func (s *sheet) suppose(cell int, v int64) {
	for _, x := range s.supposed[cell] {
		if x == v {
			return
		}
	}
	s.supposed[cell] = append(s.supposed[cell], v)
}

// pair is a report and the one of the year before, which may be in another form.
// Then the forms' concordance gives the cell of that form for a cell of this one.
type pair struct {
	now, before *sheet
	continues   []int           // cell of now's form → cell of before's form
	below       *archive.Rollup // the sums over the agencies below, or nil
}

// at returns the sheet and the cell of a term. The sheet is nil for a sum over
// agencies, and if the form of the year before has no such cell.
func (b *pair) at(t form.Term) (*sheet, int) {
	switch {
	case t.From == form.This:
		return b.now, t.Cell
	case t.From == form.Children || b.before == nil || b.continues == nil || b.continues[t.Cell] < 0:
		return nil, 0
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
		var v int64
		if t.From == form.Children {
			if b.below == nil || !b.below.Sums[t.Cell].Known() && !(least && t.Minus == minus) {
				return 0, false
			}
			v = b.below.Sums[t.Cell].N
		} else {
			s, cell := b.at(t)
			if s == nil || !s.r.Facts[cell].Known() {
				return 0, false
			}
			var replaced bool
			if v, replaced = instead[place{s, cell}]; !replaced {
				v = s.r.Facts[cell].Value
			}
		}
		if t.Minus {
			v = -v
		}
		next := total + v
		if (v > 0) != (next > total) && v != 0 {
			return 0, false
		}
		total = next
	}
	return total, true
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
			s, cell := b.at(t)
			if s == nil || s == b.now && cell == eq.Derived {
				continue
			}
			for _, v := range s.supposed[cell] {
				cells, values = append(cells, place{s, cell}), append(values, v)
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
			if s, cell := b.at(t); s != in.sheet || cell != in.cell {
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
