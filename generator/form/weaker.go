package form

import (
	"slices"

	"annals/generator/diag"
	"annals/generator/lang"
)

// weaker warns of a form of the archive that lacks some of an official form's
// relations though it replaces it, by its id or for the same years, or is a
// variant of it: a wrong total would then pass unnoticed.
func weaker(own *reader, official []*Form) []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, o := range official {
		key := "form-weaker"
		switch {
		case o.Parent != nil || own.form.Parent != nil && own.form.Parent != o:
			continue
		case own.form.Parent == o:
			key = "form-weaker/variant"
		case o.ID == own.form.ID:
		case o.Free || !overlap(o, own.form) || !standsIn(own.form, o):
			continue
		default:
			key = "form-weaker/years"
		}
		if lost := lostRelations(o, own.form); len(lost) > 0 {
			found = append(found, diag.New(key, own.idSpan.In(own.File), "id", own.form.ID, "official", o.ID, "lost", lost))
		}
	}
	return found
}

func overlap(a, b *Form) bool {
	return (a.To == 0 || b.From <= a.To) && (b.To == 0 || a.From <= b.To)
}

// standsIn reports whether a form with another id is used for the same reports
// as an official one: it is in the same language, and shares cells with the
// official form or is free.
func standsIn(own, official *Form) bool {
	if own.Language != official.Language {
		return false
	}
	return own.Free || slices.ContainsFunc(official.Cells, func(c Cell) bool {
		_, same := own.cells[c.ID]
		return same
	})
}

// lostRelations names the relations of the official form of which own lacks an
// equation, or has it with a lower severity.
func lostRelations(official, own *Form) []lang.Text {
	var lost []lang.Text
	for _, r := range official.Relations {
		if slices.ContainsFunc(r.Equations, func(e Equation) bool { return !own.holds(official, r.Severity, &e) }) {
			lost = append(lost, diag.Say("form-weaker/relation", "id", r.ID, "label", r.Label))
		}
	}
	return lost
}

// holds reports whether a form has an equation for the same cell that is as strict,
// and has all cells of the other equation that are in both forms.
func (f *Form) holds(other *Form, severity diag.Severity, e *Equation) bool {
	at, ok := f.cells[other.Cells[e.At].ID]
	if !ok {
		return f.Parent != nil // the document has no such cell
	}
	return slices.ContainsFunc(f.Relations, func(r *Relation) bool {
		return r.Severity <= severity && slices.ContainsFunc(r.Equations, func(mine Equation) bool {
			return mine.At == at && mine.AtLeast == e.AtLeast && (!mine.WhenFull || e.WhenFull) &&
				f.covers(mine.Left, other, e.Left) && f.covers(mine.Right, other, e.Right)
		})
	})
}

// covers reports whether terms of this form include those of another form, except
// for cells that this form does not have.
func (f *Form) covers(mine []Term, other *Form, theirs []Term) bool {
	for _, t := range theirs {
		cell, ok := f.cells[other.Cells[t.Cell].ID]
		if ok && !slices.Contains(mine, Term{cell, t.Minus, t.From}) {
			return false
		}
	}
	return len(mine) > 0
}
