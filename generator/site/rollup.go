package site

import (
	"annals/generator/archive"
	"annals/generator/form"
)

// RollupTable sets a government's figures of a year against its children's.
type RollupTable struct {
	Year               int
	Expected, Reported int
	Rows               []RollupRow
}

// RollupRow is a figure of the comparison.
type RollupRow struct {
	Label, Unit          string
	Own, Sum, Difference string // "" where there is no number

	// The child that makes the difference, where there is one, and why it is
	// that: a key among the words.
	Cause  string
	Child  *Link
	Figure string // the child's; "" for one whose report is not in
}

// The causes of a difference, from the surest to the least.
const (
	causeBlank   = "rollup-blank"   // its report has no number there, so that there is no sum
	causeEqual   = "rollup-equal"   // its figure is just the difference
	causeMissing = "rollup-missing" // its report is the only one that is not in
	causeLargest = "rollup-largest" // it has the largest part of the sum
)

// rollups compares an agency's reports with those nearest below it.
func (w *walker) rollups(root string, a *archive.Agency, own []archive.Entry) (tables []RollupTable) {
	if a.Kind != archive.Government {
		return nil
	}
	children := a.Reporting()
	for i := len(own) - 1; i >= 0; i-- {
		e := &own[i]
		base := e.Form.Base()
		var entries []*archive.Entry
		var absent []*archive.Agency
		for _, c := range children {
			list := w.in.Reports(c)
			k := 0
			for k < len(list) && (list[k].Year != e.Year || list[k].Form.Base() != base) {
				k++
			}
			if k < len(list) {
				entries = append(entries, &list[k])
			} else if c.Expected(e.Year) {
				absent = append(absent, c)
			}
		}
		if len(entries)+len(absent) == 0 {
			continue
		}
		roll := archive.RollUp(base, e.Year, children, entries)
		c := comparison{root: root, absent: absent}
		for _, x := range entries {
			c.children = append(c.children, sheet{x.Agency, x.Values(nil)})
		}
		t := RollupTable{Year: e.Year, Expected: roll.Expected, Reported: roll.Reported}
		values := e.Values(nil)
		for _, n := range base.Figures {
			cell := base.Cells[n]
			if !cell.Additive || n >= len(values) {
				continue
			}
			r := RollupRow{Label: cell.Short.In(w.plan.tag), Unit: cell.Column.Unit.In(w.plan.tag)}
			c.fill(&r, cell.Column.Type, n, values[n], roll.Sums[n])
			t.Rows = append(t.Rows, r)
		}
		tables = append(tables, t)
	}
	return tables
}

// A comparison is what a government's report of a year is set against.
type comparison struct {
	root     string
	children []sheet
	absent   []*archive.Agency // expected, and not in
}

// sheet is a child's report.
type sheet struct {
	agency *archive.Agency
	values []archive.Value
}

func (c *comparison) fill(r *RollupRow, typ form.Type, cell int, own, sum archive.Value) {
	if own.Known() {
		r.Own = typ.Grouped(own.N)
	}
	if len(c.children) == 0 {
		return
	}
	if !sum.Known() {
		for _, x := range c.children {
			if !x.at(cell).Known() {
				r.Cause, r.Child = causeBlank, c.link(x.agency)
				return
			}
		}
		return
	}
	r.Sum = typ.Grouped(sum.N)
	if !own.Known() {
		return
	}
	left := own.N - sum.N
	r.Difference = typ.Grouped(left)
	if left != 0 {
		c.explain(r, typ, cell, left)
	}
}

// explain names the child that makes a difference.
func (c *comparison) explain(r *RollupRow, typ form.Type, cell int, left int64) {
	var equal, largest *sheet
	same := 0
	for i := range c.children {
		x := &c.children[i]
		n := x.at(cell).N
		if n == max(left, -left) {
			equal, same = x, same+1
		}
		if n > 0 && (largest == nil || n > largest.at(cell).N) {
			largest = x
		}
	}
	switch {
	case same == 1:
		r.Cause, largest = causeEqual, equal
	case left > 0 && len(c.absent) == 1:
		r.Cause, r.Child = causeMissing, c.link(c.absent[0])
		return
	case largest == nil:
		return
	default:
		r.Cause = causeLargest
	}
	r.Child, r.Figure = c.link(largest.agency), typ.Grouped(largest.at(cell).N)
}

func (s *sheet) at(cell int) archive.Value {
	if cell >= len(s.values) {
		return archive.Value{}
	}
	return s.values[cell]
}

func (c *comparison) link(a *archive.Agency) *Link { return &Link{c.root + AgencyPath(a), a.Name} }
