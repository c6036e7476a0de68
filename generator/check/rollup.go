package check

import (
	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
)

// Rollup compares a government's report with the sums over its children, and
// completes the record of the report, which Years made. It
// returns a diagnostic for each row that fails. child reads a child's report of the
// year again, for the places of its cells; it is called only if a row fails, and
// may return nil. If a child's report has errors nothing is compared, because its
// mistake would be reported a second time.
func Rollup(x *Record, sums *archive.Rollup, children []*archive.Entry, child func(*archive.Entry) *archive.Report) []diag.Diagnostic {
	r := x.report
	switch {
	case sums == nil || sums.Reported+sums.Expected == 0:
		return nil
	case sums.Reported == 0:
		x.none(form.InAgencies, archive.Below)
		return nil
	case sums.Faulty:
		x.none(form.InAgencies, archive.FaultyBelow)
		return nil
	}
	b := newPair(newSheet(r), nil, sums)
	b.now.record = x
	var found []diag.Diagnostic
	var reread []*archive.Report
	for i, rel := range r.Form.Relations {
		if rel.Scope != form.InAgencies {
			continue
		}
		rows := b.failingRows(rel, i)
		if len(rows) > 0 && reread == nil {
			for _, e := range children {
				if c := child(e); c != nil {
					reread = append(reread, c)
				}
			}
		}
		for _, failures := range rows {
			found = append(found, b.diagnoseRollup(failures, reread))
		}
	}
	return found
}

// failingRows returns the equations of a roll-up that fail, grouped by the row
// at which they are reported. If two equations fail at the same cell, only the
// first is returned. A cell is recorded as what the surest of its equations says.
func (b *pair) failingRows(rel *form.Relation, relation int) [][]*failure {
	var rows [][]*failure
	stands := map[int]archive.Standing{}
	var last *form.Row
	for i := range rel.Equations {
		eq := &rel.Equations[i]
		v := b.judge(eq)
		was, again := stands[eq.At]
		switch {
		case v.known && !v.holds:
			stands[eq.At] = archive.Differs
		case v.known && was != archive.Differs:
			stands[eq.At] = archive.Agrees
		case !v.known && !again:
			stands[eq.At] = b.why(eq)
		}
		if was == archive.Differs || !v.known || v.holds {
			continue
		}
		row := b.now.f.Cells[eq.At].Row
		if row != last {
			rows = append(rows, nil)
			last = row
		}
		f := &failure{rel: rel, relation: relation, verdict: v}
		rows[len(rows)-1] = append(rows[len(rows)-1], f)
		b.now.record.failed = append(b.now.record.failed, f)
	}
	for _, s := range stands {
		b.now.record.tally[relation][s]++
	}
	return rows
}

// diagnoseRollup makes the diagnostic of the failures of one row.
func (b *pair) diagnoseRollup(failures []*failure, children []*archive.Report) diag.Diagnostic {
	rel, main := failures[0].rel, failures[0].eq.At
	first := &b.now.f.Cells[main]
	d := diag.Diagnostic{Rule: rel.ID, Severity: rel.Severity, Place: b.place(main), Cell: first.ID}
	if len(failures) > 1 {
		d.Cell = first.Row.Path
	}
	var parts []lang.Text
	for _, f := range failures {
		parts = append(parts, b.message(f, len(failures) == 1))
		d.Related = append(d.Related, b.related([]*failure{f}, place{b.now, main})...)
		for _, c := range children {
			for _, t := range terms(f.eq) {
				there := b.now.f.In(c.Form, t.Cell)
				if t.From != form.Children || there < 0 || !c.Facts[there].Known() || c.Facts[there].Value == 0 {
					continue
				}
				x := c.Facts[there]
				d.Related = append(d.Related, diag.Related{
					Place: x.Span.In(c.File),
					Message: diag.Say("relation/child", "agency", c.Agency.Name,
						"cell", c.Form.Cells[there].Label, "value", x.Text),
				})
			}
		}
	}
	d.Message = both(join(parts), howMany(b.below))
	for _, f := range failures {
		f.told = toldBy(&d)
	}
	return d
}

func howMany(sums *archive.Rollup) lang.Text {
	if sums.Reported == sums.Expected {
		return diag.Say("relation/full", "n", sums.Reported)
	}
	return diag.Say("relation/part", "n", sums.Reported, "expected", sums.Expected)
}
