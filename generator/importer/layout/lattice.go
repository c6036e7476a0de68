package layout

import (
	"math"
	"slices"
	"sort"
)

// Lengths that the lines of a table may miss each other by, in points.
const (
	near  = 3.0 // lines that are meant to be one, or to meet
	short = 4.0 // a line shorter than this is none
)

// maxRules is the largest number of lines on a page with tables: what has more is
// a drawing.
const maxRules = 1_000

// lattice is the lines of a table: cells lie between neighbouring columns and rows.
type lattice struct {
	xs    []float64 // ascending
	ys    []float64 // descending, as rows are read
	level []Rule
	plumb []Rule
	cells []region
	at    [][]int // by row and column of the lattice: the index in cells
}

// region is a cell of a table: the rows and columns of the lattice that it covers.
type region struct{ row, column, rows, columns int }

// lattices finds the tables that the rules of a page draw, from top to bottom.
func lattices(rules []Rule) (list []*lattice) {
	all := append(joined(rules, false), joined(rules, true)...)
	if len(all) > maxRules {
		return nil
	}
	for _, group := range touching(all) {
		l := &lattice{}
		for _, i := range group {
			if all[i].Upright {
				l.plumb = append(l.plumb, all[i])
			} else {
				l.level = append(l.level, all[i])
			}
		}
		if l.measure() {
			l.enclose()
			list = append(list, l)
		}
	}
	slices.SortStableFunc(list, func(a, b *lattice) int {
		switch {
		case a.ys[0] > b.ys[0]:
			return -1
		case a.ys[0] < b.ys[0]:
			return 1
		}
		return 0
	})
	return list
}

// joined returns the rules of one direction with those that continue each other
// as one: a border is drawn cell by cell, or in dashes.
func joined(rules []Rule, upright bool) (list []Rule) {
	for _, r := range rules {
		if r.Upright == upright && !math.IsNaN(r.At+r.From+r.To) {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b Rule) int {
		switch {
		case a.At != b.At:
			return sign(a.At - b.At)
		case a.From != b.From:
			return sign(a.From - b.From)
		}
		return sign(a.To - b.To)
	})
	var out []Rule
	for start := 0; start < len(list); {
		end := start + 1
		for end < len(list) && list[end].At-list[end-1].At < 1 && list[end].At-list[start].At < near {
			end++
		}
		line := slices.Clone(list[start:end])
		slices.SortFunc(line, func(a, b Rule) int { return sign(a.From - b.From) })
		one := line[0]
		for _, r := range line[1:] {
			if r.From <= one.To+near {
				one.To = max(one.To, r.To)
				continue
			}
			out = append(out, one)
			one = r
		}
		out = append(out, one)
		start = end
	}
	return slices.DeleteFunc(out, func(r Rule) bool { return r.To-r.From < short })
}

func sign(f float64) int {
	switch {
	case f < 0:
		return -1
	case f > 0:
		return 1
	}
	return 0
}

// touching groups rules that meet, by their indices.
func touching(rules []Rule) (groups [][]int) {
	parent := make([]int, len(rules))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i, a := range rules {
		for j := range i {
			if b := rules[j]; a.Upright != b.Upright && meet(a, b) || a.Upright && b.Upright && beside(a, b) {
				parent[find(i)] = find(j)
			}
		}
	}
	byRoot := map[int][]int{}
	var order []int
	for i := range rules {
		root := find(i)
		if byRoot[root] == nil {
			order = append(order, root)
		}
		byRoot[root] = append(byRoot[root], i)
	}
	for _, root := range order {
		groups = append(groups, byRoot[root])
	}
	return groups
}

func meet(a, b Rule) bool {
	return a.From-near <= b.At && b.At <= a.To+near && b.From-near <= a.At && a.At <= b.To+near
}

// beside reports whether two upright rules are as long, as those are between the
// columns of a row that fills a page.
func beside(a, b Rule) bool {
	return math.Abs(a.From-b.From) <= near && math.Abs(a.To-b.To) <= near
}

// measure finds the columns and rows of the lattice. It reports whether it is a
// table: a frame alone is none. Where the outer lines are left out, as some
// offices do, or where a row breaks over pages, the ends of the others are the edge.
func (l *lattice) measure() bool {
	if len(l.plumb) == 0 || len(l.level) < 2 && len(l.plumb) < 4 {
		return false
	}
	var xs, ys []float64
	for _, r := range l.plumb {
		xs = append(xs, r.At)
		ys = append(ys, r.From, r.To)
	}
	for _, r := range l.level {
		ys = append(ys, r.At)
		xs = append(xs, r.From, r.To)
	}
	lines := func(all []float64, drawn []Rule) (out []float64) {
		slices.Sort(all)
		for _, v := range all {
			if len(out) == 0 || v-out[len(out)-1] > near {
				out = append(out, v)
			}
		}
		// The ends of lines count only at the edges: between them they are where a
		// line is left out.
		return slices.DeleteFunc(out, func(v float64) bool {
			return v != out[0] && v != out[len(out)-1] &&
				!slices.ContainsFunc(drawn, func(r Rule) bool { return math.Abs(r.At-v) <= near })
		})
	}
	l.xs, l.ys = lines(xs, l.plumb), lines(ys, l.level)
	slices.Reverse(l.ys)
	return len(l.xs) >= 2 && len(l.ys) >= 2 && len(l.xs)+len(l.ys) > 4
}

// enclose finds the cells: neighbours that no rule parts are one.
func (l *lattice) enclose() {
	rows, columns := len(l.ys)-1, len(l.xs)-1
	l.at = make([][]int, rows)
	for i := range l.at {
		l.at[i] = slices.Repeat([]int{-1}, columns)
	}
	right := l.parted(l.plumb, l.xs, l.ys)
	below := l.parted(l.level, l.ys, l.xs)
	for i := range rows {
		for j := range columns {
			if l.at[i][j] >= 0 {
				continue
			}
			w, h := 1, 1
			for j+w < columns && l.at[i][j+w] < 0 && !right[j+w][i] {
				w++
			}
			for i+h < rows && l.open(below[i+h], l.at[i+h], j, w) {
				h++
			}
			for a := range h {
				for b := range w {
					l.at[i+a][j+b] = len(l.cells)
				}
			}
			l.cells = append(l.cells, region{i, j, h, w})
		}
	}
}

// open reports whether none of the columns is parted from the row above.
func (l *lattice) open(parted []bool, taken []int, column, columns int) bool {
	for j := range columns {
		if parted[column+j] || taken[column+j] >= 0 {
			return false
		}
	}
	return true
}

// parted tells for each line, and each stretch across it, whether a rule is drawn
// along most of the stretch.
func (l *lattice) parted(rules []Rule, lines, across []float64) [][]bool {
	out := make([][]bool, len(lines))
	for i, at := range lines {
		out[i] = make([]bool, len(across)-1)
		for _, r := range rules {
			if math.Abs(r.At-at) > near {
				continue
			}
			for k := range out[i] {
				from, to := min(across[k], across[k+1]), max(across[k], across[k+1])
				if min(r.To, to)-max(r.From, from) > (to-from)/2 {
					out[i][k] = true
				}
			}
		}
	}
	return out
}

// isOpen reports whether no line is drawn along most of the table's upper edge, or
// of its lower one.
func (l *lattice) isOpen(lower bool) bool {
	at, drawn := l.ys[0], 0.0
	if lower {
		at = l.ys[len(l.ys)-1]
	}
	for _, r := range l.level {
		if math.Abs(r.At-at) <= near {
			drawn += r.To - r.From
		}
	}
	return drawn < (l.xs[len(l.xs)-1]-l.xs[0])/2
}

// holds reports whether the glyph stands in the table.
func (l *lattice) holds(g Glyph) bool {
	return l.xs[0] <= g.center() && g.center() <= l.xs[len(l.xs)-1] &&
		l.ys[len(l.ys)-1] <= g.middle() && g.middle() <= l.ys[0]
}

// cell returns the index of the cell in which the glyph stands.
func (l *lattice) cell(g Glyph) int {
	column := sort.Search(len(l.xs)-2, func(i int) bool { return g.center() < l.xs[i+1] })
	row := sort.Search(len(l.ys)-2, func(i int) bool { return g.middle() >= l.ys[i+1] })
	return l.at[row][column]
}
