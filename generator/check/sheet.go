package check

import (
	"annals/generator/archive"
	"annals/generator/form"
)

// sheet is a report while its equations are judged: the printed values, and
// beside them the values that some cells would have to have for the equations
// that fail.
type sheet struct {
	r    *archive.Report
	f    *form.Form
	alts map[int][]int64 // by cell: recomputed values that differ from the printed one
}

func newSheet(r *archive.Report) *sheet {
	return &sheet{r: r, f: r.Form, alts: map[int][]int64{}}
}

// suppose notes a value that the cell would have to have.
func (l *sheet) suppose(cell int, v int64) {
	for _, x := range l.alts[cell] {
		if x == v {
			return
		}
	}
	l.alts[cell] = append(l.alts[cell], v)
}

// pair is a report and the one of the year before. It finds the sheet and cell
// that a term is about. The report before
// before may be in another form: its cell is the one that the forms'
// concordance gives, or none.
type pair struct {
	now, before *sheet
	continues   []int // cell of now's form → cell of before's form
}

func (b *pair) at(t form.Term) (*sheet, int) {
	if t.From != form.Previous {
		return b.now, t.Cell
	}
	if b.before == nil || b.continues == nil || b.continues[t.Cell] < 0 {
		return nil, 0
	}
	return b.before, b.continues[t.Cell]
}

// verdict is what became of an equation.
type verdict struct {
	eq          *form.Equation
	known       bool // every term is a number
	holds       bool
	left, right int64
}

// judge reckons an equation with the printed values.
func (b *pair) judge(eq *form.Equation) verdict {
	v := verdict{eq: eq}
	var ok bool
	if v.left, ok = b.sum(eq.Left, nil); !ok {
		return v
	}
	if v.right, ok = b.sum(eq.Right, nil); !ok {
		return v
	}
	v.known = true
	v.holds = holds(eq, v.left, v.right)
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
	l    *sheet
	cell int
}

// sum adds the terms; values in instead stand for printed ones. It fails where
// a term is no number or the sum leaves 64 bits.
func (b *pair) sum(terms []form.Term, instead map[place]int64) (int64, bool) {
	var total int64
	for _, t := range terms {
		l, cell := b.at(t)
		if l == nil || !l.r.Facts[cell].Known() {
			return 0, false
		}
		v, replaced := instead[place{l, cell}]
		if !replaced {
			v = l.r.Facts[cell].Value
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

// explained reports whether a failing equation holds once some of its other
// cells have the values that they would have to have by other equations. It
// returns the cells it took.
func (b *pair) explained(eq *form.Equation) ([]place, bool) {
	var cells []place
	var values []int64
	for _, terms := range [][]form.Term{eq.Left, eq.Right} {
		for _, t := range terms {
			l, cell := b.at(t)
			if l == nil || l == b.now && cell == eq.Derived {
				continue
			}
			for _, v := range l.alts[cell] {
				cells, values = append(cells, place{l, cell}), append(values, v)
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
		left, ok1 := b.sum(eq.Left, instead)
		right, ok2 := b.sum(eq.Right, instead)
		return ok1 && ok2 && holds(eq, left, right)
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

// needed returns the value that the cell would have to have for the equation
// to hold, given all the others as printed. It is defined for equalities in
// which the cell stands once.
func (b *pair) needed(v verdict, in place) (int64, bool) {
	if v.eq.AtLeast {
		return 0, false
	}
	sign := int64(0)
	for side, terms := range [][]form.Term{v.eq.Left, v.eq.Right} {
		for _, t := range terms {
			if l, cell := b.at(t); l != in.l || cell != in.cell {
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
	// left − right has to become zero.
	want := in.l.r.Facts[in.cell].Value - sign*(v.left-v.right)
	return want, want >= 0 || in.l.f.Cells[in.cell].Column.Type == form.Change
}
