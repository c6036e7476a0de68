package check

import (
	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/source"
)

// Record is what was checked in a report: what became of each of its form's
// equations, whether or not there is a finding about it.
type Record struct {
	report *archive.Report
	tally  archive.Tally
	failed []*failure
}

func newRecord(r *archive.Report) *Record {
	return &Record{report: r, tally: make(archive.Tally, len(r.Form.Relations))}
}

// told identifies a finding among those about an agency's reports.
type told struct {
	place      source.Place
	rule, cell string
}

func toldBy(d *diag.Diagnostic) told { return told{d.Place, d.Rule, d.Cell} }

// Accepted gathers the findings that an agency's reports accept, while these are
// settled in ascending years.
type Accepted map[told]bool

// Settle completes the record of a report: a failure counts as explained if the
// finding that tells it is accepted, by this report or by the one before, which
// accepted has already.
func (x *Record) Settle(accepted Accepted, own []archive.Finding) archive.Checked {
	for i := range own {
		accepted[toldBy(&own[i].Diagnostic)] = true
	}
	for i, rel := range x.report.Form.Relations {
		if rel.About.Private() { // what is likely is for the agency to judge
			x.tally[i] = archive.Count{}
		}
	}
	c := archive.Checked{Tally: x.tally}
	for _, f := range x.failed {
		if !f.rel.About.Private() && f.accepted(accepted, map[*failure]bool{}) {
			n := &x.tally[f.relation]
			n[archive.Differs]--
			n[archive.Explained]++
			c.Explained = append(c.Explained, f.rel.ID+"@"+x.report.Form.Cells[f.eq.At].ID)
		}
	}
	return c
}

// accepted reports whether the finding that tells of a failure is accepted, or all
// those of the failures by which this one came about.
func (f *failure) accepted(by Accepted, seen map[*failure]bool) bool {
	if f.told.rule != "" {
		return by[f.told]
	}
	if seen[f] || len(f.because) == 0 {
		return false
	}
	seen[f] = true
	for _, p := range f.because {
		for _, cause := range p.sheet.causes[p.cell] {
			if !cause.accepted(by, seen) {
				return false
			}
		}
	}
	return true
}

// none records that no equation of a scope could be checked, for one reason.
func (x *Record) none(scope form.Scope, why archive.Standing) {
	for i, rel := range x.report.Form.Relations {
		if rel.Scope == scope {
			x.tally[i] = archive.Count{}
			x.tally[i][why] = cells(rel)
		}
	}
	n := 0
	for _, f := range x.failed {
		if f.rel.Scope != scope {
			x.failed[n] = f
			n++
		}
	}
	x.failed = x.failed[:n]
}

// cells counts the cells that a relation is about, each of which has one equation, or
// in a relation with the agencies below one that holds in any case, and one
// that holds where all have reported.
func cells(rel *form.Relation) int {
	if rel.Scope != form.InAgencies {
		return len(rel.Equations)
	}
	at := map[int]bool{}
	for i := range rel.Equations {
		at[rel.Equations[i].At] = true
	}
	return len(at)
}

// why says why an equation cannot be judged: what the first of its terms that is
// no number lacks.
func (b *pair) why(eq *form.Equation) archive.Standing {
	if eq.WhenFull && b.below != nil && b.below.Reported < b.below.Expected {
		return archive.Below
	}
	for _, t := range terms(eq) {
		if t.From == form.Children {
			if b.below == nil || !b.below.Sums[t.Cell].Known() {
				return archive.Below
			}
			continue
		}
		s, cells := b.at(t)
		if len(cells) == 0 {
			return archive.OtherForm
		}
		for _, cell := range cells {
			if f := &s.r.Facts[cell]; !f.Known() {
				return archive.Without(f.Status)
			}
		}
	}
	return archive.NoNumber // the sum is larger than any number
}
