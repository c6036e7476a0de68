package diag

import (
	"encoding/json"
	"io"

	"annals/generator/lang"
)

// WriteJSON prints one object a line, with the fields file, line, column, end_line,
// end_column, severity, rule, cell, message and related. An object that only counts
// findings has "omitted" with their rule ("" for any) and number. Lines and columns
// count from 1, columns in Unicode code points; the end is exclusive.
func WriteJSON(w io.Writer, list []Diagnostic, tag lang.Tag) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, d := range list {
		if err := enc.Encode(toJSON(d, tag)); err != nil {
			return err
		}
	}
	return nil
}

type jsonPlace struct {
	File      string `json:"file"`
	Line      int32  `json:"line"`
	Column    int32  `json:"column"`
	EndLine   int32  `json:"end_line"`
	EndColumn int32  `json:"end_column"`
}

type jsonRelated struct {
	jsonPlace
	Message string `json:"message"`
}

type jsonFix struct {
	jsonPlace
	Replace string `json:"replace"`
}

type jsonDiagnostic struct {
	jsonPlace
	Severity string        `json:"severity"`
	Rule     string        `json:"rule"`
	Lowered  bool          `json:"lowered,omitempty"`
	Raised   bool          `json:"raised,omitempty"`
	Cell     string        `json:"cell"`
	Message  string        `json:"message"`
	Related  []jsonRelated `json:"related"`
	Fix      *jsonFix      `json:"fix,omitempty"`
	Omitted  *jsonOmitted  `json:"omitted,omitempty"`
}

type jsonOmitted struct {
	Rule  string `json:"rule"`
	Count int    `json:"count"`
}

func toJSON(d Diagnostic, tag lang.Tag) jsonDiagnostic {
	j := jsonDiagnostic{
		jsonPlace: jsonPlace{d.Place.File, d.Place.Line, d.Place.Column, d.Place.EndLine, d.Place.EndColumn},
		Severity:  d.Severity.String(), Rule: d.Rule, Lowered: d.Lowered, Raised: d.Raised, Cell: d.Cell, Message: d.Line().In(tag),
		Related: []jsonRelated{},
	}
	for _, r := range d.Related {
		j.Related = append(j.Related, jsonRelated{
			jsonPlace{r.Place.File, r.Place.Line, r.Place.Column, r.Place.EndLine, r.Place.EndColumn}, r.Message.In(tag)})
	}
	if d.Fix != nil {
		p := d.Fix.Place
		j.Fix = &jsonFix{jsonPlace{p.File, p.Line, p.Column, p.EndLine, p.EndColumn}, d.Fix.Replace}
	}
	if o := d.Omitted; o != nil {
		j.Omitted = &jsonOmitted{o.Rule, o.Count}
	}
	return j
}
