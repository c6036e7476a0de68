package mentions

import (
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
)

// findings makes the diagnostics of the mentions that agree with no reading.
func (j *judge) findings() {
	for i := range j.Mentions {
		if m := &j.Mentions[i]; m.Judged() && m.Agrees < 0 {
			j.Findings = append(j.Findings, j.finding(m))
		}
	}
	diag.Sort(j.Findings)
}

func (j *judge) finding(m *Mention) diag.Diagnostic {
	first := &m.Readings[0]
	key := "text-table"
	if m.Zero {
		key = "text-zero"
	}
	args := []any{
		"words", j.text.Raw(m.Phrase), "number", j.text.Raw(m.Number), "cell", j.label(first.Cells), "value", j.value(first),
	}
	if other, ok := j.meant(m); ok && !m.Zero {
		key += "/other"
		args = append(args, "other", j.label(other.Cells))
		if other.Previous {
			key = "text-table/last"
			args = append(args, "year", j.r.Year-1)
		}
	}
	if j.form.Cells[first.Cells[0]].Column.Type == form.Amount && form.UnitSlip(m.Value, first.Value) {
		key = "unit-slip/text"
	}
	d := diag.New(key, j.text.Place(m.Number), args...)
	d.Cell, d.Also = j.ids(first.Cells)
	d.Text = j.text.Raw(m.Sentence)
	for _, c := range first.Cells {
		if f := &j.r.Facts[c]; len(first.Cells) <= mostRelated && f.Span.Line > 0 {
			d = d.With(f.Span.In(j.r.File), diag.Say("text-table/cell", "cell", j.form.Cells[c].Label, "value", f.Text))
		}
	}
	return d
}

// mostRelated is how many cells of a sum are shown each by itself.
const mostRelated = 8

// meant returns the likeliest mistake: what the number is the value of. That is the
// same cell in last year's report, or another cell of the topic.
func (j *judge) meant(m *Mention) (Reading, bool) {
	if m.Value == 0 {
		return Reading{}, false
	}
	first := m.Readings[0].Cells
	if v, ok := j.previous(first); ok && m.equals(v) {
		return Reading{Reading: form.Reading{Cells: first, Previous: true}}, true
	}
	if m.Value < telling*form.Scale {
		return Reading{}, false
	}
	topic := -1
	for i := range j.m.Phrases {
		if r := j.m.Phrases[i].Readings[0]; slices.Equal(r.Cells, first) {
			topic = j.m.Phrases[i].Topic
			break
		}
	}
	for i := range j.m.Phrases {
		p := &j.m.Phrases[i]
		if r := p.Readings[0]; p.Topic == topic && !r.Previous && !slices.Equal(r.Cells, first) {
			if v, ok := sumOf(j.r, r.Cells); ok && m.equals(v) {
				return Reading{Reading: r}, true
			}
		}
	}
	return Reading{}, false
}

// telling is the least number that is not often the same as another by chance.
const telling = 5

// exceeds makes the diagnostic of parts that are more than their whole.
func (j *judge) exceeds(whole *Mention, parts []*Mention, sum string) diag.Diagnostic {
	last := parts[len(parts)-1]
	d := diag.New("text-sums", j.text.Place(whole.Number),
		"whole", j.text.Raw(whole.Number), "sum", sum, "last", j.text.Raw(last.Number))
	if whole.Readings != nil {
		d.Cell, d.Also = j.ids(whole.Readings[0].Cells)
	}
	d.Text = j.text.Raw(whole.Sentence)
	for _, m := range parts {
		d = d.With(j.text.Place(m.Number), diag.Say("text-sums/part", "words", j.text.Raw(m.Phrase), "number", j.text.Raw(m.Number)))
	}
	return d
}

// ids returns the id of the first cell, and those of the others.
func (j *judge) ids(cells []int) (first string, others []string) {
	for _, c := range cells[1:] {
		others = append(others, j.form.Cells[c].ID)
	}
	return j.form.Cells[cells[0]].ID, others
}

// label names cells as the official table does.
func (j *judge) label(cells []int) lang.Text {
	if group, ok := j.form.Whole(cells); ok {
		return group
	}
	var list []lang.Text
	for _, c := range cells {
		list = append(list, j.form.Cells[c].Label)
	}
	return lang.Join(list, lang.Same(" + "))
}

// value writes what a reading amounts to: 3, or 3 + 4 = 7 where more than one cell
// of a sum is not zero.
func (j *judge) value(r *Reading) string {
	t := j.form.Cells[r.Cells[0]].Column.Type
	var terms []string
	for _, c := range r.Cells {
		if v := j.r.Facts[c].Value; v != 0 {
			terms = append(terms, t.Format(v))
		}
	}
	if len(terms) < 2 || len(terms) > mostRelated {
		return j.format(r)
	}
	return strings.Join(terms, " + ") + " = " + j.format(r)
}
