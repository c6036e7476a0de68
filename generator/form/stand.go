package form

import (
	"slices"
	"strings"

	"annals/generator/source"
	"annals/generator/yamlpos"
)

// stand finds what each cell of a variant stands for in its parent: the cell of
// the same row and column, or several whose sum it is. No cell of the parent
// is part of two.
func (r *reader) stand() {
	f, p := r.form, r.parent.form
	f.parts, f.partOf = make([][]int, len(f.Cells)), make([]int, len(p.Cells))
	for i := range f.partOf {
		f.partOf[i] = -1
	}
	for _, row := range f.Rows {
		at := r.rows[row.Path]
		rows := r.standsFor(row)
		for i, c := range row.Columns {
			parts, ok := r.partsIn(rows, c, at)
			if !ok {
				break
			}
			if !r.claim(row.First+i, parts, at) {
				break
			}
		}
	}
	f.shared = slices.Clone(f.partOf)
	for base, own := range f.shared {
		if own >= 0 && len(f.parts[own]) > 1 {
			f.shared[base] = -1
		}
	}
}

// standsFor returns the parent's rows whose sum a row is: those that it names,
// the one of its path, or all of the group of its path.
func (r *reader) standsFor(row *Row) []*Row {
	p := r.parent.form
	if n := r.merges[row]; n != nil {
		var rows []*Row
		for _, item := range r.list(n) {
			ref, ok := r.line(item)
			if !ok {
				continue
			}
			path, all := strings.CutSuffix(ref, ".*")
			path = row.Table.ID + "." + path
			if x, ok := p.rows[path]; ok && !all {
				rows = append(rows, x)
			} else if all && p.Group(path) {
				rows = append(rows, p.Below(path)...)
			} else if !all && p.Group(path) {
				r.report("operand-group", item.Span, "word", ref)
			} else {
				r.unknownMerge(row.Table.ID, ref, item)
			}
		}
		return rows
	}
	return p.Below(row.Path)
}

// unknownMerge reports a row to merge that the parent does not have.
func (r *reader) unknownMerge(table, ref string, at *yamlpos.Node) {
	if r.full() {
		return
	}
	var known []string
	for _, x := range r.parent.form.Below(table) {
		known = append(known, strings.TrimPrefix(x.Path, table+"."))
	}
	r.suggest("merges", at.Span, ref, known)
}

// partsIn lists the cells of the parent's rows in the columns that c stands
// for: none where one of the rows has another column. ok is false, and
// reported, where the numbers are of different kinds.
func (r *reader) partsIn(rows []*Row, c *Column, at source.Span) (parts []int, ok bool) {
	p := r.parent.form
	ids := r.mergedCols[c]
	if len(ids) == 0 {
		ids = []string{c.ID}
	}
	for _, row := range rows {
		for _, id := range ids {
			cell, found := p.cells[row.Path+"."+id]
			if !found {
				return nil, true
			}
			if theirs := p.Cells[cell].Column.Type; theirs != c.Type {
				r.report("variant-type", at, "row", row.Full, "column", c.Label, "type", c.Type.Name(), "theirs", theirs.Name())
				return nil, false
			}
			parts = append(parts, cell)
		}
	}
	return parts, true
}

// claim makes a cell stand for parts that no other one stands for.
func (r *reader) claim(cell int, parts []int, at source.Span) bool {
	f := r.form
	for _, b := range parts {
		if other := f.partOf[b]; other >= 0 {
			r.report("merges-twice", at, "cell", r.parent.form.Cells[b].Label, "first", f.Cells[other].Row.Path, "second", f.Cells[cell].Row.Path)
			return false
		}
	}
	for _, b := range parts {
		f.partOf[b] = cell
	}
	f.parts[cell] = parts
	return true
}

// pictures takes over the parent's figures, ratios and charts, as far as the
// variant has their cells or the sums of them.
func (f *Form) pictures(p *Form) {
	for _, c := range p.Figures {
		if own := f.covering([]int{c}); len(own) == 1 {
			f.Figures = append(f.Figures, own[0])
		}
	}
	for _, q := range p.Ratios {
		x := *q
		if x.Over, x.Under = f.covering(q.Over), f.covering(q.Under); x.Over != nil && x.Under != nil {
			f.Ratios = append(f.Ratios, &x)
		}
	}
	for _, c := range p.Charts {
		x := Chart{ID: c.ID, Label: c.Label}
		for _, part := range c.Parts {
			if cells := f.covering(part.Cells); cells != nil {
				x.Parts = append(x.Parts, Part{part.Label, cells})
			}
		}
		if len(x.Parts) == len(c.Parts) {
			f.Charts = append(f.Charts, &x)
		}
	}
}
