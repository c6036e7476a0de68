package check

import (
	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
)

// Rollup compares a government's report with the sums over its children. It
// returns one diagnostic a row. child reads a child's report of the year
// again, for the places of its cells; it is called for failing rows only and
// may return nil. While a child's report has errors nothing is compared: its
// mistake would be told a second time.
func Rollup(r *archive.Report, sums *archive.Rollup, children []*archive.Entry, child func(*archive.Entry) *archive.Report) []diag.Diagnostic {
	if sums == nil || sums.Reported == 0 || sums.Faulty {
		return nil
	}
	var found []diag.Diagnostic
	var again []*archive.Report
	for _, rel := range r.Form.Relations {
		if rel.Scope != form.InAgencies {
			continue
		}
		rows := failingRows(r, rel, sums)
		if len(rows) > 0 && again == nil {
			for _, e := range children {
				if c := child(e); c != nil {
					again = append(again, c)
				}
			}
		}
		for _, failures := range rows {
			found = append(found, tellRollup(r, rel, sums, failures, again))
		}
	}
	return found
}

// failingRows returns the equations of a roll-up that fail, grouped by row.
func failingRows(r *archive.Report, rel *form.Relation, sums *archive.Rollup) [][]*form.Equation {
	var rows [][]*form.Equation
	failed := map[int]bool{}
	var last *form.Row
	for i := range rel.Equations {
		eq := &rel.Equations[i]
		own := r.Facts[eq.At]
		sum := sums.Sums[eq.At]
		if !own.Known() || failed[eq.At] {
			continue
		}
		switch {
		case eq.WhenFull && (sums.Reported < sums.Expected || !sum.Known()):
			continue
		case holds(eq, own.Value, sum.N):
			continue
		}
		failed[eq.At] = true
		row := r.Form.Cells[eq.At].Row
		if row != last {
			rows = append(rows, nil)
			last = row
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], eq)
	}
	return rows
}

func tellRollup(r *archive.Report, rel *form.Relation, sums *archive.Rollup, failures []*form.Equation, children []*archive.Report) diag.Diagnostic {
	first := &r.Form.Cells[failures[0].At]
	d := diag.Diagnostic{
		Rule: rel.ID, Severity: rel.Severity,
		Place: r.Facts[failures[0].At].Span.In(r.File), Cell: first.ID,
	}
	if len(failures) > 1 {
		d.Cell = first.Row.Path
	}
	var parts []lang.Text
	for i, eq := range failures {
		cell := &r.Form.Cells[eq.At]
		typ := cell.Column.Type
		parts = append(parts, diag.Fill(rel.Message,
			"left", typ.Format(r.Facts[eq.At].Value), "right", typ.Format(sums.Sums[eq.At].N),
			"row", cell.Row.Full, "where", cell.Column.Label, "year", r.Year, "previous", r.Year-1))
		if i > 0 {
			d.Related = append(d.Related, operand(r, eq.At))
		}
		for _, c := range children {
			if f := c.Facts[eq.At]; f.Known() && f.Value != 0 {
				d.Related = append(d.Related, diag.Related{
					Place: f.Span.In(c.File),
					Message: diag.Say("relation/child", "agency", c.Agency.Name,
						"cell", cell.Label, "value", f.Text),
				})
			}
		}
	}
	d.Message = both(join(parts), howMany(sums))
	return d
}

func operand(r *archive.Report, cell int) diag.Related {
	return diag.Related{
		Place: r.Facts[cell].Span.In(r.File),
		Message: diag.Say("relation/operand",
			"cell", r.Form.Cells[cell].Label, "value", r.Facts[cell].Text),
	}
}

func howMany(sums *archive.Rollup) lang.Text {
	if sums.Reported == sums.Expected {
		return diag.Say("relation/full", "n", sums.Reported)
	}
	return diag.Say("relation/part", "n", sums.Reported, "expected", sums.Expected)
}
