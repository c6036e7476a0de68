package archive

import (
	"annals/generator/diag"
	"annals/generator/lang"
)

// Where says where in the official document a finding about the report stands:
// agency and year, and then the part, the row and the column of its cell, or
// the part in whose prose it is.
func (r *Report) Where(d *diag.Diagnostic) []lang.Text {
	where := []lang.Text{diag.OfReport(r.Agency.Name, r.Year)}
	if d.Text == "" && d.Cell != "" {
		for _, name := range r.Form.Location(d.Cell) {
			where = append(where, lang.Text{ZH: diag.Visible(name.ZH), EN: diag.Visible(name.EN)})
		}
	} else if part := r.part(d); part != (lang.Text{}) {
		where = append(where, part)
	}
	return where
}

// part names the part of the report in whose prose a finding is.
func (r *Report) part(d *diag.Diagnostic) (name lang.Text) {
	if r.Body == nil || d.Place.File != r.File {
		return name
	}
	for _, s := range r.Body.Sections {
		if d.Place.Line < s.Span.Line {
			break
		}
		name = lang.Text{}
		if s.Heading == "" {
			if r.Form.Preface != nil {
				name = r.Form.Preface.Label
			}
		} else if part, _, ok := r.Form.Section(s.Heading); ok {
			name = r.Form.PartName(part)
		} else if d.Place.Line > s.Span.Line { // of the heading itself the message says it
			name = lang.Same(diag.Visible(s.Heading))
		}
	}
	return name
}
