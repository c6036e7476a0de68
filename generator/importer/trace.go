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

// words are what the trace and the findings of this package say.
var words = lang.Embedded("importer/words.json", wordsJSON)

// WriteTrace prints what became of every piece of the document, one a line:
// where it stands, what it says, where it went. A person can hold it beside
// the original and compare.
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

// uses are the words for what became of a piece; all others were left out.
var uses = map[bind.Use]string{bind.Label: "label", bind.Heading: "heading", bind.Text: "text", bind.Metadata: "metadata"}

// went says in words what became of a piece.
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
