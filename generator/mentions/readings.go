package mentions

import (
	"strings"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
)

// hold compares a number with the readings of its phrases.
func (j *judge) hold(m *Mention, phrases []*form.Phrase) {
	readings := phrases[0].Readings
	if len(phrases) > 1 {
		readings = together(phrases)
	}
	for _, r := range readings {
		if r.If != nil {
			if sum, ok := sumOf(j.r, r.If); ok && sum == 0 {
				continue
			}
		}
		v := Reading{Reading: r}
		if r.Previous {
			if v.Value, v.Known = j.previous(r.Cells); !v.Known {
				continue
			}
		} else {
			v.Value, v.Known = sumOf(j.r, r.Cells)
		}
		if m.Agrees < 0 && v.Known && m.equals(v.Value) {
			m.Agrees = len(m.Readings)
		}
		m.Readings = append(m.Readings, v)
	}
	switch {
	case m.Reason != Judged:
	case len(m.Readings) == 0 || m.Agrees < 0 && !m.Readings[0].Known:
		m.Reason = NoNumber
	case m.Agrees < 0 && j.accepted(m.Readings[0].Cells):
		m.Reason = Accepted
	}
}

// together lists the readings of phrases that share a number: the sum of what each
// means, or, of phrases that are no parts of a whole, any of what they mean.
func together(phrases []*form.Phrase) (list []form.Reading) {
	sum := form.Reading{}
	for _, p := range phrases {
		if p.List == "" || p.List != phrases[0].List {
			for _, q := range phrases {
				list = append(list, q.Readings...)
			}
			return list
		}
		sum.Cells = append(sum.Cells, p.Readings[0].Cells...)
	}
	return []form.Reading{sum}
}

// equals reports whether a cell's value is the number, or what it was rounded or
// cut to.
func (m *Mention) equals(v int64) bool {
	if v == m.Value {
		return true
	}
	if m.step <= 1 || m.step == form.Scale && !m.money {
		return false
	}
	d := v - m.Value
	return 0 < d && d < m.step || d < 0 && -d <= m.step/2
}

// sumOf adds up cells of a report, in millionths.
func sumOf(r *archive.Report, cells []int) (sum int64, known bool) {
	for _, c := range cells {
		f := r.Facts[c]
		if !f.Known() {
			return 0, false
		}
		v := f.Value
		if r.Form.Cells[c].Column.Type != form.Amount {
			if v > most || v < -most {
				return 0, false
			}
			v *= form.Scale
		}
		if sum += v; sum > most*form.Scale || sum < -most*form.Scale {
			return 0, false
		}
	}
	return sum, true
}

// most is the largest number of things that is held against a text.
const most = 1e12

// previous adds up cells in last year's report.
func (j *judge) previous(cells []int) (int64, bool) {
	if j.last == nil || j.last.Year != j.r.Year-1 || len(j.last.Facts) == 0 {
		return 0, false
	}
	same := j.form.Continues(j.last.Form)
	var theirs []int
	for _, c := range cells {
		if same == nil || same[c] == nil {
			return 0, false
		}
		theirs = append(theirs, same[c]...)
	}
	return sumOf(j.last, theirs)
}

// accepted reports whether the report accepts one of the cells as it is: then the
// number stands in doubt already.
func (j *judge) accepted(cells []int) bool {
	for _, a := range j.r.Accepts {
		if rule, ok := diag.Lookup(a.Rule); a.Cell == "" || ok && rule.About == diag.AboutText {
			continue
		}
		for _, c := range cells {
			if id := j.form.Cells[c].ID; id == a.Cell || strings.HasPrefix(id, a.Cell+".") {
				return true
			}
		}
	}
	return false
}
