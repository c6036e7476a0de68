package diag

import (
	_ "embed"

	"annals/generator/lang"
)

//go:embed words.json
var wordsJSON []byte

var words = lang.Embedded("diag/words.json", wordsJSON)

// OfReport names a report, for the beginning of Where.
func OfReport(agency string, year int) lang.Text {
	return Fill(words()["report"], "agency", agency, "year", year)
}

// Line returns the whole message: where in the official document, and what.
func (d Diagnostic) Line() lang.Text {
	if len(d.Where) == 0 {
		return d.Message
	}
	return lang.Join([]lang.Text{lang.Join(d.Where, words()["step"]), d.Message}, words()["says"])
}
