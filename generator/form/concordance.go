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

// link resolves the concordances of a form against the forms of a set.
func (r *reader) link(s *Set) []diag.Diagnostic {
	r.diags = nil
	f := r.form
	identity := make([]int, len(f.Cells))
	for i := range identity {
		identity[i] = i
	}
	f.continues[f.ID] = identity
	for _, c := range r.continued {
		earlier, ok := s.byID[c.form]
		if !ok || earlier == f {
			r.suggest("continues", c.at, c.form, slices.DeleteFunc(s.ids(), func(id string) bool { return id == f.ID }))
			continue
		}
		m := make([]int, len(f.Cells))
		for i := range m {
			m[i] = -1
		}
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
	return r.diags
}

// continueCells sets in m that the cells which ours names continue those
// which theirs names in the earlier form. Rows continue column by column.
func (r *reader) continueCells(m []int, earlier *Form, ours, theirs string, at source.Span) {
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
			m[cell], found = there, true
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
