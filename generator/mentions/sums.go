package mentions

import "annals/generator/form"

// sums compares the parts behind a word such as 其中 with the number before it.
// Only more than the whole is wrong: a list of parts need not be complete. Parts
// are phrases of one list, such as outcomes, none of which is part of another;
// what stands in brackets is.
func (j *judge) sums(list []Mention) {
	x := j.scan
	for i := range x.list {
		if !x.list[i].has(parts) {
			continue
		}
		x.look()
		at := int(x.symbols[x.list[i].from].from)
		w := -1
		for k := range list {
			if list[k].Number.To <= at && !list[k].Zero && !list[k].inner {
				w = k
			}
		}
		if w < 0 || list[w].Readings == nil && list[w].Reason != Channel || list[w].Reason == Inexact || list[w].money {
			continue
		}
		j.parts(&list[w], list[w+1:])
		return
	}
}

// parts adds up the parts of a whole, up to the next number that is none.
func (j *judge) parts(whole *Mention, list []Mention) {
	var sum int64
	var parts []*Mention
	cells := map[int]bool{}
	for k := range list {
		m := &list[k]
		if m.inner {
			continue
		}
		if m.list == "" || m.list == whole.list || len(parts) > 0 && m.list != parts[0].list || m.Reason != Judged || m.Zero {
			break
		}
		for _, c := range m.Readings[0].Cells {
			if cells[c] {
				return // one is part of another
			}
			cells[c] = true
		}
		sum += m.Value
		parts = append(parts, m)
	}
	if len(parts) < 2 || sum <= whole.Value {
		return
	}
	for _, m := range append(parts, whole) {
		if m.Agrees < 0 && m.Reason == Judged {
			return // the number itself is told to be wrong
		}
	}
	j.Findings = append(j.Findings, j.exceeds(whole, parts, form.Count.Format(sum/form.Scale)))
}
