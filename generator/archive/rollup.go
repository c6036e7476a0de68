package archive

import (
	"slices"

	"annals/generator/form"
)

// Reporting returns the agencies nearest below a that file reports: its
// children, and through regions theirs. A government's own children stand for
// what lies below them.
func (a *Agency) Reporting() []*Agency {
	var list []*Agency
	for _, c := range a.Children {
		if c.Reports() {
			list = append(list, c)
		} else {
			list = append(list, c.Reporting()...)
		}
	}
	return list
}

// RollUp adds up the entries of a government's children for one year. Entries
// in another form count as not reported, those in a variant as ones of its
// parent with cells that are not there. A cell that only f has, which is a
// variant, has no sum. Of the others, a sum is not Known if the form says that
// the cell cannot be added, if the value of one child is not Known or negative, or
// if the sum does not fit 64 bits; its N is then the sum of the other values.
func RollUp(f *form.Form, year int, children []*Agency, entries []*Entry) *Rollup {
	r := &Rollup{Year: year, Form: f, Sums: make([]Value, len(f.Cells))}
	shared := f.Shared()
	for i := range r.Sums {
		if shared == nil || slices.Contains(shared, i) {
			r.Sums[i].Status = Number
		} else {
			r.Sums[i].Status = Blank
		}
	}
	for _, c := range children {
		if c.Expected(year) {
			r.Expected++
		}
	}
	var values []Value
	for _, e := range entries {
		if e.Year != year || e.Form.Base() != f.Base() {
			continue
		}
		r.Reported++
		r.Faulty = r.Faulty || e.Errors > 0
		values = e.Values(values)
		for i, v := range values {
			if shared != nil {
				if i = shared[i]; i < 0 {
					continue
				}
			}
			switch sum := r.Sums[i].N + v.N; {
			case !f.Cells[i].Additive || !v.Known() || v.N < 0 || sum < r.Sums[i].N:
				r.Sums[i].Status = Blank
			default:
				r.Sums[i].N = sum
			}
		}
	}
	return r
}
