package check

import (
	"strings"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
)

// power reports a row that only some bodies may fill, such as rules, of an agency
// that is none of them: for certain where its _index.md says so, else likely.
func power(r *archive.Report) []diag.Diagnostic {
	v := r.Form.Review
	if v == nil || r.Agency.Rulemaking == archive.Has ||
		r.Agency.Rulemaking == archive.Unsaid && empowered(&v.Rulemaking, r.Agency, r.Form) {
		return nil
	}
	var found []diag.Diagnostic
	for _, row := range v.Rulemaking.Rows {
		for i := range row.Columns {
			fact := &r.Facts[row.First+i]
			if !fact.Known() || fact.Value == 0 {
				continue
			}
			key, severity := "no-power", diag.Warning
			if r.Agency.Rulemaking == archive.HasNot {
				key, severity = "no-power/certain", diag.Error
			}
			cell := &r.Form.Cells[row.First+i]
			d := diag.New(key, fact.Span.In(r.File), "value", fact.Text).OnCell(cell.ID)
			d.Severity = severity
			found = append(found, d)
			break // the other columns follow from it
		}
	}
	return found
}

// empowered reports whether an agency has the power by its name.
func empowered(p *form.Rulemaking, a *archive.Agency, f *form.Form) bool {
	name := a.Name
	for _, office := range f.Language.Document.Offices {
		name = strings.TrimSuffix(name, office)
	}
	if form.Like(p.Bodies, name) {
		return true
	}
	if !form.Like(p.Cities, name) {
		return false
	}
	for above := a.Parent; above != nil; above = above.Parent {
		rest, own := strings.CutPrefix(name, above.Name)
		if form.Like(p.Within, above.Name) && (!own || form.Like(p.Cities, rest)) {
			return false
		}
	}
	return true
}
