package form

import "slices"

// A variant is a form for documents that mix editions: it has the parent's
// sections, tables, relations and figures, but for the tables that differ. It
// is a whole form, with cells of its own numbers. For all that compares reports
// with each other (roll-up, series, downloads) its report is one of the parent,
// in which the cells that the variant lacks are absent.
//
// A cell of the same row and column is the parent's. A row can stand for several
// of the parent's: it then continues their sum, and gives none of them.

// Base returns the form that f is a variant of, or f itself.
func (f *Form) Base() *Form {
	if f.Parent != nil {
		return f.Parent
	}
	return f
}

// Shared returns, by cell of the Base, the cell of f that is this one, or -1. It
// is nil for a form that is no variant, whose cells are the base's.
func (f *Form) Shared() []int { return f.shared }

// InBase returns the cell of the Base that a cell of f is, or -1.
func (f *Form) InBase(cell int) int {
	if parts := f.partsOf(cell); len(parts) == 1 {
		return parts[0]
	}
	return -1
}

// In returns the cell of another form with the same Base that a cell of f is,
// or -1.
func (f *Form) In(other *Form, cell int) int {
	base := f.InBase(cell)
	if base < 0 || other.shared == nil {
		return base
	}
	return other.shared[base]
}

// partsOf lists the cells of the Base whose sum a cell is: one in most cases, none for
// a cell that only the variant has.
func (f *Form) partsOf(cell int) []int {
	if f.Parent == nil {
		return f.continues[f.ID][cell]
	}
	return f.parts[cell]
}

// covering returns the cells of f whose sum is that of some cells of the Base:
// nil where f lacks one, or has it only together with others.
func (f *Form) covering(base []int) []int {
	if f.Parent == nil || base == nil {
		return base
	}
	var list []int
	n := 0
	for _, b := range base {
		own := f.partOf[b]
		if own < 0 {
			return nil
		}
		if !slices.Contains(list, own) {
			list = append(list, own)
			n += len(f.parts[own])
		}
	}
	if n != len(base) {
		return nil
	}
	return list
}

// OwnRows lists the rows of a variant that have a cell which is none of the parent's.
func (f *Form) OwnRows() (list []*Row) {
	for _, row := range f.Rows {
		for i := range row.Columns {
			if f.InBase(row.First+i) < 0 {
				list = append(list, row)
				break
			}
		}
	}
	return list
}

// NewestFirst orders forms for readers: the newest first, variants last.
func NewestFirst(forms []*Form) (list []*Form) {
	for _, variants := range []bool{false, true} {
		for _, f := range slices.Backward(forms) {
			if variants == (f.Parent != nil) {
				list = append(list, f)
			}
		}
	}
	return list
}

// Inherits reports whether a relation of a variant is stated by its parent.
func (f *Form) Inherits(r *Relation) bool { return f.Parent != nil && !r.restated }

// Difference is how a variant's rows differ from the parent's.
type Difference struct {
	Merged []*Row // of the variant: each stands for several of the parent's
	Added  []*Row // of the variant: the parent has none such
	Other  []*Row // of the variant: with other columns than the parent's
	Absent []*Row // of the parent: neither there nor part of another
}

// Difference compares a variant with its parent.
func (f *Form) Difference() (d Difference) {
	if f.Parent == nil {
		return d
	}
	held := map[*Row]bool{}
	for _, row := range f.Rows {
		_, known := f.Parent.rows[row.Path]
		most, same := 0, true
		for i := range row.Columns {
			parts := f.parts[row.First+i]
			most = max(most, len(parts))
			same = same && len(parts) == 1
			for _, p := range parts {
				held[f.Parent.Cells[p].Row] = true
			}
		}
		switch {
		case most > 1:
			d.Merged = append(d.Merged, row)
		case most == 0 && !known:
			d.Added = append(d.Added, row)
		case !same || len(row.Columns) != len(f.Parent.rows[row.Path].Columns):
			d.Other = append(d.Other, row)
		}
	}
	for _, row := range f.Parent.Rows {
		if _, here := f.rows[row.Path]; !here && !held[row] {
			d.Absent = append(d.Absent, row)
		}
	}
	return d
}
