package importer

import (
	"slices"
	"strings"
	"unicode"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/importer/bind"
	"annals/generator/importer/draft"
	"annals/generator/lang"
)

// drafted makes a variant of the form for tables that no form and no known variant
// has: tables of other editions, groups of rows in one row, further rows. It is
// only made if the document then fits, so that whatever is merely odd in a
// document does not become a form.
func (c choice) drafted(d *draft.Draft, forms *form.Set) choice {
	own := c.Total()
	if own.Amiss == 0 || own.Amiss > len(c.Form.Cells) {
		return c
	}
	best := c
	for _, editions := range []bool{false, true} {
		x := form.Draft{Of: c.Form, Title: draftTitle, Explain: diag.Say("edition/explain"),
			Message: diag.Say("edition/message", "where", "{where}", "left", "{left}", "right", "{right}")}
		for _, t := range c.Form.Tables {
			rows, ok := c.rows(t)
			if from := c.mixed[t.ID]; from != nil && (editions || !ok) {
				rows, ok = form.DraftTable{ID: t.ID, From: from}, true
			} else if t, foreign := c.blocks[t.ID]; foreign {
				rows, ok = t, true
			}
			if ok {
				x.Tables = append(x.Tables, rows)
			}
		}
		if len(x.Tables) == 0 {
			return c
		}
		with, f, text := forms.Variant(x)
		if f == nil {
			continue
		}
		if b := bind.Bind(d, f); better(b, c.Bound) && b.Total().Score() > best.Total().Score() {
			best = choice{Bound: b, draft: text, forms: with}
		}
	}
	return best
}

func draftTitle(f *form.Form) lang.Text {
	if f.Parent == nil {
		return f.Title
	}
	return diag.Say("edition/title", "parent", f.Parent.Title, "difference", archive.Difference(f))
}

// rows lists how the rows of a table in the document differ from the form's. A
// label of a group none of whose rows is there stands for all of them.
func (c choice) rows(t *form.Table) (x form.DraftTable, ok bool) {
	strange := c.Strange[t.ID]
	if t.Layout == form.Blocks || len(strange) == 0 {
		return x, false
	}
	x = form.DraftTable{ID: t.ID, Absent: map[*form.Row]bool{}, Merged: map[string]bool{}}
	for _, row := range t.Rows {
		x.Absent[row] = !c.Cells[row.First].Found
	}
	var last *form.Row // of a merged group, below which further rows stand
	for _, s := range strange {
		after := s.After
		if last != nil && (after == nil || after.Ordinal < last.Ordinal) {
			after = last
		}
		path, below := c.group(t.ID, t.Body, s.Label, x.Absent)
		if path != "" && !x.Merged[path] {
			x.Merged[path], last = true, below
			continue
		}
		x.Added = append(x.Added, form.DraftRow{After: after, In: c.level(t, after, s.Label), Label: s.Label})
	}
	return x, true
}

// level returns the path of the group to which a further row belongs: the one in
// which the rows, or groups, are numbered as the row is.
func (c choice) level(t *form.Table, after *form.Row, label string) string {
	if after == nil {
		return t.ID
	}
	want := c.numbering(label)
	path := after.Path
	for here := path; here != t.ID; here = here[:strings.LastIndexByte(here, '.')] {
		if c.numbering(c.Form.Own(c.label(here))) == want {
			path = here
			break
		}
	}
	return path[:strings.LastIndexByte(path, '.')]
}

// label returns the label of a row or a group, without those of the groups above.
func (c choice) label(path string) lang.Text {
	if row, ok := c.Form.Row(path); ok {
		return row.Label
	}
	return c.Form.Label(path)
}

// numbering returns how a label is numbered: the marks before its first word, with
// any number in the place of each.
func (c choice) numbering(label string) string {
	var b strings.Builder
	for _, r := range label {
		switch {
		case unicode.IsDigit(r) || strings.ContainsRune(c.Form.Language.Numerals, r):
			b.WriteByte('0')
		case unicode.IsLetter(r):
			return b.String()
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// group finds the group with the label, of whose rows none is in the document,
// and the last of them.
func (c choice) group(path string, list []*form.Group, label string, absent map[*form.Row]bool) (found string, last *form.Row) {
	for _, g := range list {
		if g.Row != nil {
			continue
		}
		here := path
		if g.ID != "" {
			here += "." + g.ID
		}
		rows := c.Form.Below(here)
		if g.ID != "" && same(label, c.Form.Own(g.Label)) && !slices.ContainsFunc(rows, func(r *form.Row) bool { return !absent[r] }) {
			return here, rows[len(rows)-1]
		}
		if found, last := c.group(here, g.Under, label, absent); found != "" {
			return found, last
		}
	}
	return "", nil
}
