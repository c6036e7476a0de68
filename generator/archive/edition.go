package archive

import (
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/source"
)

// edition reports how the tables of a report in a variant differ from those of
// the official form.
func edition(f *form.Form, at source.Place) diag.Diagnostic {
	return diag.New("edition", at, "form", f.ID, "parent", f.Parent.ID, "difference", Difference(f))
}

// Difference says how the rows of a variant differ from its parent's.
func Difference(f *form.Form) lang.Text {
	d := f.Difference()
	merged := "edition/merged"
	if len(d.Merged) > 1 {
		merged = "edition/merged-several"
	}
	var parts []lang.Text
	for _, x := range []struct {
		key  string
		rows []*form.Row
	}{{merged, d.Merged}, {"edition/added", d.Added}, {"edition/other", d.Other}, {"edition/absent", d.Absent}} {
		if len(x.rows) > 0 {
			parts = append(parts, diag.Say(x.key, "rows", names(x.rows)))
		}
	}
	if len(parts) == 0 {
		return diag.Say("edition/none")
	}
	return lang.Join(parts, diag.Say("edition/and"))
}

// maxRows is how many rows a message names.
const maxRows = 4

func names(rows []*form.Row) (list []lang.Text) {
	for _, row := range rows[:min(len(rows), maxRows)] {
		list = append(list, row.Full)
	}
	if len(rows) > maxRows {
		list = append(list, diag.Say("edition/more", "n", len(rows)))
	}
	return list
}
