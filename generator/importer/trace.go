package importer

import (
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

// went says in words what became of a piece.
func (r *Result) went(p *bind.Piece) lang.Text {
	switch p.Use {
	case bind.Value:
		var label lang.Text
		if n, ok := r.Form.Cell(p.To); ok {
			label = r.Form.Cells[n].Label
		}
		return diag.Fill(words()["cell"], "id", p.To, "label", label)
	case bind.Label:
		return words()["label"]
	case bind.Heading:
		return words()["heading"]
	case bind.Text:
		return words()["text"]
	case bind.Metadata:
		return words()["metadata"]
	}
	return words()["left-out"]
}
