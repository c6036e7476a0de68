package importer

import (
	"cmp"
	_ "embed"
	"fmt"
	"io"

	"annals/generator/diag"
	"annals/generator/importer/bind"
	"annals/generator/lang"
)

//go:embed words.json
var wordsJSON []byte

// words are the texts of the trace.
var words = lang.Embedded("importer/words.json", wordsJSON)

// WriteTrace prints a line for every piece of the document, with its place, its
// text and what it was used for, so that a person can compare the report with the
// original.
func (r *Result) WriteTrace(w io.Writer, tag lang.Tag) error {
	for _, x := range r.Trace {
		p := x.Piece
		_, err := fmt.Fprintf(w, "%s\t%s\t→ %s\n", p.At.Words().In(tag), diag.Visible(p.Text), r.went(p).In(tag))
		if err != nil {
			return err
		}
	}
	return nil
}

// uses are the keys of the words for a piece's use. Pieces of other uses were left
// out of the report.
var uses = map[bind.Use]string{bind.Label: "label", bind.Heading: "heading", bind.Text: "text", bind.Metadata: "metadata"}

// went returns in words what a piece was used for.
func (r *Result) went(p *bind.Piece) lang.Text {
	if p.Use != bind.Value {
		return words()[cmp.Or(uses[p.Use], "left-out")]
	}
	var label lang.Text
	if n, ok := r.Form.Cell(p.To); ok {
		label = r.Form.Cells[n].Label
	}
	return diag.Fill(words()["cell"], "id", p.To, "label", label)
}
