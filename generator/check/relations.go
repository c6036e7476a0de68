package check

import (
	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
)

// failure is an equation that does not hold and is not explained by another one.
type failure struct {
	rel      *form.Relation
	relation int // its index in the form
	verdict
	merged  bool    // reported together with another failure
	told    told    // the finding that reports it
	because []place // cells with other values of which it holds; then it has no finding of its own
}

// report judges the equations that use cells of this report only.
func (s *sheet) report() []diag.Diagnostic {
	b := newPair(s, nil, nil)
	failures := b.failing(form.InReport)
	if d, ok := b.exchanged(form.InReport, failures); ok {
		return []diag.Diagnostic{d}
	}
	// A derived cell's recomputed value may explain other failures, so all of
	// them are noted before any is judged.
	for _, f := range failures {
		if f.eq.Derived >= 0 {
			if want, ok := b.needed(f.verdict, place{s, f.eq.Derived}); ok {
				s.suppose(f.eq.Derived, want, f)
			}
		}
	}
	failures, confirmed := b.unexplained(failures)
	crossings := b.crossings(failures)
	for _, c := range crossings {
		s.suppose(c.cell, c.want, c.row)
	}
	failures, more := b.unexplained(failures)
	for p := range more {
		confirmed[p] = true
	}
	var found []diag.Diagnostic
	for _, c := range crossings {
		found = append(found, b.diagnoseCrossing(c))
	}
	return append(found, b.diagnose(failures, confirmed)...)
}

// years judges the equations that use the report of the year before.
func (s *sheet) years(before *sheet) []diag.Diagnostic {
	b := newPair(s, before, nil)
	failures, _ := b.unexplained(b.failing(form.InYears))
	if d, ok := b.exchanged(form.InYears, failures); ok {
		return []diag.Diagnostic{d}
	}
	return b.diagnose(failures, nil)
}

// failing judges all equations of a scope, records what became of each, and
// returns those that fail, in the form's order.
func (b *pair) failing(scope form.Scope) []*failure {
	record := b.now.record
	first := len(record.failed)
	for r, rel := range b.now.f.Relations {
		if rel.Scope != scope {
			continue
		}
		n := &record.tally[r]
		for i := range rel.Equations {
			switch v := b.judge(&rel.Equations[i]); {
			case !v.known:
				n[b.why(v.eq)]++
			case v.holds:
				n[archive.Agrees]++
			default:
				n[archive.Differs]++
				record.failed = append(record.failed, &failure{rel: rel, relation: r, verdict: v})
			}
		}
	}
	return record.failed[first:len(record.failed):len(record.failed)]
}

// unexplained removes the failures that the recomputed values of derived cells
// explain. The second result holds the cells that alone explain a failure: their
// value is confirmed, because two equations agree on it.
func (b *pair) unexplained(failures []*failure) ([]*failure, map[place]bool) {
	var left []*failure
	confirmed := map[place]bool{}
	for _, f := range failures {
		if f.merged {
			continue
		}
		used, ok := b.explained(f.eq)
		if !ok {
			left = append(left, f)
			continue
		}
		f.because = used
		if len(used) == 1 {
			confirmed[used[0]] = true
		}
	}
	return left, confirmed
}

// crossing is a cell that explains a failure along its row and one along its column.
type crossing struct {
	row, column *failure
	cell        int
	want        int64
}

// crossings returns the pairs of a failure along a row and one along a column
// that the same new value of one cell would resolve. A failure with more than one
// partner is in no pair, because then it is unclear which cell is wrong.
func (b *pair) crossings(failures []*failure) []crossing {
	var list []crossing
	rows, columns := map[*failure]int{}, map[*failure]int{}
	for _, r := range failures {
		if !r.rel.ByRow {
			continue
		}
		for _, c := range failures {
			if c.rel.ByRow {
				continue
			}
			cell, want, ok := b.cross(r, c)
			if ok {
				list = append(list, crossing{r, c, cell, want})
				rows[r]++
				columns[c]++
			}
		}
	}
	var sure []crossing
	for _, x := range list {
		if rows[x.row] == 1 && columns[x.column] == 1 {
			x.row.merged, x.column.merged = true, true
			sure = append(sure, x)
		}
	}
	return sure
}

// cross finds the cell that is in both equations and would resolve both with the
// same value.
func (b *pair) cross(row, column *failure) (cell int, want int64, ok bool) {
	for _, x := range terms(row.eq) {
		for _, y := range terms(column.eq) {
			if x.Cell != y.Cell || x.From != form.This || y.From != form.This {
				continue
			}
			one, ok1 := b.needed(row.verdict, place{b.now, x.Cell})
			two, ok2 := b.needed(column.verdict, place{b.now, x.Cell})
			if ok1 && ok2 && one == two {
				return x.Cell, one, true
			}
		}
	}
	return 0, 0, false
}

func terms(eq *form.Equation) []form.Term {
	list := make([]form.Term, 0, len(eq.Left)+len(eq.Right))
	return append(append(list, eq.Left...), eq.Right...)
}
