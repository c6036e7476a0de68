package form

import (
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// continued is an item of a form's continues key: which of its cells continue
// cells of an earlier form.
type continued struct {
	form string
	at   source.Span
	same []*yamlpos.Node // rows, cells or group.*, named alike in both forms
	// Cells or rows of this form (the key) that the earlier form names otherwise.
	renamed []yamlpos.Node
}

// continues reads the concordances of a form. They are resolved by link,
// because a form may be read before the one that it continues.
func (r *reader) continues(n *yamlpos.Node) {
	if n == nil {
		return
	}
	if n.Kind != yamlpos.Map {
		r.report("map", n.Span)
		return
	}
	for i := range n.Items {
		m := r.Fields(&n.Items[i])
		if m == nil {
			continue
		}
		c := continued{form: n.Items[i].Key, at: n.Items[i].KeySpan, same: r.list(m.Get("same"))}
		if renamed := m.Get("renamed"); renamed != nil {
			if renamed.Kind == yamlpos.Map {
				c.renamed = renamed.Items
			} else {
				r.report("map", renamed.Span)
			}
		}
		m.Close()
		r.continued = append(r.continued, c)
	}
}

// link resolves what a form says of the other forms of a set: its concordances,
// and whose words its mentions take over.
func (r *reader) link(s *Set) []diag.Diagnostic {
	r.diags = nil
	f := r.form
	f.continues[f.ID] = identity(len(f.Cells))
	for _, c := range r.continued {
		earlier, ok := s.byID[c.form]
		if !ok || earlier == f {
			r.suggest("continues", c.at, c.form, slices.DeleteFunc(s.ids(), func(id string) bool { return id == f.ID }))
			continue
		}
		m := make(Concordance, len(f.Cells))
		for _, n := range c.same {
			if ref, ok := r.line(n); ok {
				r.continueCells(m, earlier, ref, ref, n.Span)
			}
		}
		for i := range c.renamed {
			n := &c.renamed[i]
			if ref, ok := r.line(n); ok {
				r.continueCells(m, earlier, n.Key, ref, n.KeySpan.To(n.Span))
			}
		}
		f.continues[c.form] = m
	}
	r.takeMentions(s)
	return r.diags
}

// identity is the concordance of a form with itself.
func identity(cells int) Concordance {
	m, numbers := make(Concordance, cells), make([]int, cells)
	for i := range m {
		numbers[i] = i
		m[i] = numbers[i : i+1 : i+1]
	}
	return m
}

// extend makes the concordances that follow from those between the forms that
// two are variants of: what a cell stands for in its parent continues there,
// and is looked for in the earlier form. A row that stands for several is their
// sum; it is never split again.
func (f *Form) extend(earlier *Form) {
	own := f.continues[earlier.ID]
	if f == earlier || f.Parent == nil && earlier.Parent == nil {
		return
	}
	between := f.Base().continues[earlier.Base().ID]
	direct := f.continues[earlier.Base().ID] // what the variant itself says of the older edition
	m, found := make(Concordance, len(f.Cells)), false
	for i := range m {
		switch {
		case own != nil && own[i] != nil:
			m[i] = own[i]
		case direct != nil && direct[i] != nil:
			m[i] = earlier.covering(direct[i])
		case between != nil:
			m[i] = earlier.covering(between.sum(f.partsOf(i)))
		}
		found = found || m[i] != nil
	}
	if found {
		f.continues[earlier.ID] = m
	}
}

// sum lists what several cells continue; nothing where one of them breaks.
func (m Concordance) sum(cells []int) []int {
	var all []int
	for _, c := range cells {
		if m[c] == nil {
			return nil
		}
		all = append(all, m[c]...)
	}
	return all
}

// continueCells sets in m that the cells which ours names continue those
// which theirs names in the earlier form. Rows continue column by column.
func (r *reader) continueCells(m Concordance, earlier *Form, ours, theirs string, at source.Span) {
	here := r.named(ours, at)
	if len(here) == 0 {
		return
	}
	found := false
	for _, cell := range here {
		c := r.form.Cells[cell]
		name := theirs
		if group, star := strings.CutSuffix(ours, ".*"); star {
			name = strings.TrimSuffix(theirs, ".*") + strings.TrimPrefix(c.Row.Path, group) + "." + c.Column.ID
		} else if c.Row.Path == ours && earlier.rows[theirs] != nil {
			name = theirs + "." + c.Column.ID
		}
		if there, ok := earlier.cells[name]; ok {
			m[cell], found = []int{there}, true
		}
	}
	if !found {
		r.report("continues-cell", at, "word", theirs, "form", earlier.ID)
	}
}

// named lists the cells of a row, of every row below group.*, or one cell.
func (r *reader) named(ref string, at source.Span) []int {
	var rows []*Row
	if group, star := strings.CutSuffix(ref, ".*"); star {
		rows = r.groupRows(group)
	} else if row, ok := r.form.rows[ref]; ok {
		rows = []*Row{row}
	} else if cell, ok := r.form.cells[ref]; ok {
		return []int{cell}
	}
	if rows == nil {
		r.unknownCell(ref, at)
		return nil
	}
	var list []int
	for _, row := range rows {
		if !r.room(len(row.Columns), at) {
			break
		}
		for i := range row.Columns {
			list = append(list, row.First+i)
		}
	}
	return list
}
