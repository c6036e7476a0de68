package check

import (
	"cmp"
	"fmt"
	"slices"

	"annals/generator/diag"
	"annals/generator/form"
)

// exchange is a guess that figures stand in each other's place.
type exchange struct {
	key   string // of the message
	cells [][2]int
}

// exchanged explains failures by two columns of a row, two rows or two
// neighbouring cells that were filled in for each other; between years also by
// two columns of a table. It does so only if exactly one exchange makes all
// equations hold.
func (b *pair) exchanged(scope form.Scope, failures []*failure) (diag.Diagnostic, bool) {
	if len(failures) == 0 {
		return diag.Diagnostic{}, false
	}
	var right []exchange
	seen := map[string]bool{}
	for _, x := range b.exchanges(scope, failures[0].eq) {
		if x = b.differing(x); len(x.cells) == 0 || !b.telling(x, failures) {
			continue
		}
		if same := fmt.Sprint(x.cells); !seen[same] {
			seen[same] = true
			if b.resolves(scope, x, failures) {
				right = append(right, x)
			}
		}
	}
	if len(right) != 1 {
		return diag.Diagnostic{}, false
	}
	if scope == form.InReport { // what the report of the next year says may agree
		for _, p := range right[0].cells {
			b.now.suppose(p[0], b.now.r.Facts[p[1]].Value, failures[0])
			b.now.suppose(p[1], b.now.r.Facts[p[0]].Value, failures[0])
		}
	}
	return b.diagnoseExchange(right[0], failures), true
}

// telling reports whether an exchange would be more than a coincidence: one
// failure alone proves none but that of its total with the figure beside it.
func (b *pair) telling(x exchange, failures []*failure) bool {
	p, cells := x.cells[0], b.now.f.Cells
	return len(failures) > 1 || p[1] == p[0]+1 && cells[p[0]].Row == cells[p[1]].Row && slices.Contains(p[:], failures[0].eq.Derived)
}

// exchanges lists those with a cell of a failing equation.
func (b *pair) exchanges(scope form.Scope, eq *form.Equation) (list []exchange) {
	f := b.now.f
	for _, t := range terms(eq) {
		if t.From != form.This {
			continue
		}
		_, cells := b.at(t)
		for _, c := range cells {
			row := f.Cells[c].Row
			column := c - row.First
			for other := range row.Columns {
				if scope == form.InReport {
					list = append(list, exchange{"relation/swapped-columns", [][2]int{{c, row.First + other}}})
					continue
				}
				x := exchange{key: "relation/swapped-table"}
				for _, r := range f.Rows {
					if r.Table == row.Table && len(r.Columns) == len(row.Columns) {
						x.cells = append(x.cells, [2]int{r.First + column, r.First + other})
					}
				}
				list = append(list, x)
			}
			if scope != form.InReport {
				continue
			}
			for _, r := range f.Rows {
				if r == row || r.Table != row.Table || len(r.Columns) != len(row.Columns) {
					continue
				}
				if r.Ordinal == row.Ordinal+1 || r.Ordinal == row.Ordinal-1 {
					list = append(list, exchange{"relation/swapped-cells", [][2]int{{c, r.First + column}}})
				}
				x := exchange{key: "relation/swapped-rows"}
				for i := range row.Columns {
					x.cells = append(x.cells, [2]int{row.First + i, r.First + i})
				}
				list = append(list, x)
			}
		}
	}
	return list
}

// differing leaves out of an exchange the pairs that are the same figure twice.
// It has no pairs if a figure is missing, or the cells are of different kinds.
func (b *pair) differing(x exchange) exchange {
	facts := b.now.r.Facts
	pairs := x.cells
	x.cells = nil
	for _, p := range pairs {
		if p[0] > p[1] {
			p[0], p[1] = p[1], p[0]
		}
		one, two := &facts[p[0]], &facts[p[1]]
		if !one.Known() || !two.Known() || b.now.f.Cells[p[0]].Column.Type != b.now.f.Cells[p[1]].Column.Type {
			return exchange{}
		}
		if one.Value != two.Value {
			x.cells = append(x.cells, p)
		}
	}
	slices.SortFunc(x.cells, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	return x
}

// resolves reports whether all equations hold with the figures exchanged.
func (b *pair) resolves(scope form.Scope, x exchange, failures []*failure) bool {
	instead := map[place]int64{}
	for _, p := range x.cells {
		instead[place{b.now, p[0]}] = b.now.r.Facts[p[1]].Value
		instead[place{b.now, p[1]}] = b.now.r.Facts[p[0]].Value
	}
	for _, f := range failures {
		if left, right, ok := b.sides(f.eq, instead); !ok || !holds(f.eq, left, right) {
			return false
		}
	}
	for _, rel := range b.now.f.Relations {
		if rel.Scope != scope {
			continue
		}
		for i := range rel.Equations {
			eq := &rel.Equations[i]
			if left, right, ok := b.sides(eq, instead); ok && !holds(eq, left, right) {
				return false
			}
		}
	}
	return true
}

func (b *pair) diagnoseExchange(x exchange, failures []*failure) diag.Diagnostic {
	cells := b.now.f.Cells
	one, two := &cells[x.cells[0][0]], &cells[x.cells[0][1]]
	labels := []any{"row", one.Row.Full, "one", one.Column.Label, "two", two.Column.Label}
	switch x.key {
	case "relation/swapped-rows":
		labels = []any{"one", one.Row.Full, "two", two.Row.Full}
	case "relation/swapped-cells":
		labels = []any{"one", one.Label, "two", two.Label}
	}
	d := diag.Diagnostic{
		Rule: failures[0].rel.ID, Severity: failures[0].rel.Severity,
		Place: b.place(x.cells[0][0]), Cell: one.ID,
	}
	evidence := b.message(failures[0], false)
	for _, f := range failures[1:] {
		d.Severity = min(d.Severity, f.rel.Severity)
		evidence = both(both(evidence, diag.Say("relation/separator")), b.message(f, false))
	}
	d.Message = both(diag.Say(x.key, labels...), evidence)
	for _, p := range x.cells {
		d.Also = append(d.Also, cells[p[1]].ID)
	}
	for _, f := range failures {
		d.Also = append(d.Also, cells[f.eq.At].ID)
	}
	d.Related = b.related(failures, place{b.now, x.cells[0][0]})
	for _, f := range failures {
		f.told = toldBy(&d)
	}
	return d
}
