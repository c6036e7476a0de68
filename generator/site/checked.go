package site

import (
	"strconv"
	"strings"

	"annals/generator/archive"
	"annals/generator/form"
)

// Checked is the record of what was checked in a report: a line, and what a
// script needs to write out each equation with its numbers.
type Checked struct {
	Line string   // what was held against numbers, and with what result
	Open []string // what could not be, and why

	Form      string // the form whose equations they are
	Explained string // the equations whose failure is accepted, as rule@cell, with spaces between
	Sums      string // by cell, with commas between: the sums over the agencies below, with > before one of which parts are missing; "" without any
	Reported  int    // how many of these have reported
	Expected  int    // and should have
}

// standings are the words for what became of equations.
var standings = [archive.Standings]string{
	archive.Agrees: "checked-some", archive.Differs: "checked-differ", archive.Explained: "checked-explained",
	archive.NoLastYear: "checked-no-last-year", archive.OtherForm: "checked-other-form", archive.Below: "checked-below",
	archive.FaultyBelow: "checked-faulty-below", archive.NoCell: "checked-missing", archive.NoNumber: "checked-invalid",
	archive.LeftBlank: "checked-blank", archive.HasToken: "checked-not-applicable",
}

// AddChecked puts the record on the page of the report.
func (p *Plan) AddChecked(x *ReportPage, c archive.Checked) {
	f := x.Source.Form
	y := &Checked{Form: f.ID, Explained: strings.Join(c.Explained, " ")}
	var all archive.Count
	var by [form.InAgencies + 1]int
	for i := range c.Tally {
		all.Add(&c.Tally[i])
		by[f.Relations[i].Scope] += c.Tally[i].Assessed()
	}
	y.Line = p.checkedLine(&all, by[:], c.Text.Agree)
	for s := archive.Explained + 1; s < archive.Standings; s++ {
		if all[s] > 0 {
			y.Open = append(y.Open, p.counted(standings[s], all[s]))
		}
	}
	if c.Text.Open > 0 {
		y.Open = append(y.Open, p.counted("checked-text-open", c.Text.Open))
	}
	if b := c.Below; b != nil && b.Reported > 0 && !b.Faulty {
		y.Reported, y.Expected, y.Sums = b.Reported, b.Expected, sums(b)
	}
	x.Checked = y
}

// checkedLine says how many equations were held against numbers, by scope, and
// how many of them agree, and how many numbers in the text do.
func (p *Plan) checkedLine(all *archive.Count, by []int, text int) string {
	var parts []string
	for scope, n := range by {
		if n > 0 {
			parts = append(parts, p.counted([...]string{"checked-report", "checked-years", "checked-agencies"}[scope], n))
		}
	}
	var line string
	switch what := strings.Join(parts, p.Words("list-mark")); {
	case len(parts) == 0:
		line = p.Words("checked-none")
	case all[archive.Agrees] == all.Assessed():
		line = strings.Replace(p.Words("checked-agree"), "{what}", what, 1)
	default:
		line = strings.Replace(p.counted(standings[archive.Agrees], all[archive.Agrees]), "{what}", what, 1)
		for _, s := range [...]archive.Standing{archive.Differs, archive.Explained} {
			if all[s] > 0 {
				line += p.counted(standings[s], all[s])
			}
		}
	}
	if text > 0 {
		line += p.counted("checked-text", text)
	}
	open := -all.Assessed()
	for _, n := range all {
		open += n
	}
	if open > 0 {
		line += p.counted("checked-open", open)
	}
	return line
}

// counted is a word with a number in it.
func (p *Plan) counted(key string, n int) string {
	return strings.Replace(p.Words(key), "{n}", strconv.Itoa(n), 1)
}

// sums writes what a report was held against. Only the cells of which there is a
// sum at all have one.
func sums(r *archive.Rollup) string {
	b := make([]byte, 0, 2*len(r.Sums))
	for i, v := range r.Sums {
		if i > 0 {
			b = append(b, ',')
		}
		if !v.Known() {
			b = append(b, '>')
		}
		b = r.Form.Cells[i].Column.Type.Append(b, v.N)
	}
	return string(b)
}
