package account

import (
	"bytes"
	"encoding/json"
	"io"

	"annals/generator/diag"
	"annals/generator/importer"
	"annals/generator/importer/bind"
	"annals/generator/importer/draft"
	"annals/generator/lang"
)

// uses are the words of the JSON for what became of a passage.
var uses = map[bind.Use]string{
	bind.Text: "text", bind.Heading: "heading", bind.Label: "label", bind.Metadata: "metadata", bind.Reported: "left-out",
}

type jsonOutcome struct {
	Document      string            `json:"document"`
	Report        string            `json:"report,omitempty"`   // the file that was written
	Original      string            `json:"original,omitempty"` // the name under which the document is kept beside it
	SHA256        string            `json:"sha256,omitempty"`
	Agency        string            `json:"agency,omitempty"` // its path
	Year          int               `json:"year,omitempty"`
	Form          string            `json:"form,omitempty"`
	Title         string            `json:"title,omitempty"`
	Published     string            `json:"published,omitempty"`
	PublishedFrom string            `json:"published_from,omitempty"`
	Cells         int               `json:"cells"` // that were found
	Decisions     []jsonDecision    `json:"decisions,omitempty"`
	Figures       []jsonFigure      `json:"figures,omitempty"`
	Passages      []jsonPassage     `json:"passages,omitempty"`
	Findings      []json.RawMessage `json:"findings"` // as annals check --format json has them
}

type jsonDecision struct {
	About string `json:"about"`
	Value string `json:"value"`
	Why   string `json:"why"`
}

type jsonFigure struct {
	Cell    string     `json:"cell"`
	Label   string     `json:"label"`
	Printed *string    `json:"printed"` // null if the document has no such cell
	Taken   *string    `json:"taken"`
	Note    string     `json:"note,omitempty"`
	Where   *jsonPlace `json:"where"`
}

type jsonPassage struct {
	Use   string     `json:"use"`
	Text  string     `json:"text"`
	Went  string     `json:"went"`
	Where *jsonPlace `json:"where"`
}

type jsonPlace struct {
	Words  string `json:"words"`
	Line   int32  `json:"line"` // as diagnostics have it: or a paragraph, or the row of a table
	Column int32  `json:"column"`
}

func placeOf(at draft.Origin, tag lang.Tag) *jsonPlace {
	p := at.Place()
	return &jsonPlace{where(at, tag), p.Line, p.Column}
}

// JSON prints what became of a document as one object on a line; whole adds its
// account.
func JSON(w io.Writer, o importer.Outcome, whole bool, tag lang.Tag) error {
	x := jsonOutcome{Document: o.Document, Report: o.File, Findings: []json.RawMessage{}}
	if r := o.Result; r != nil {
		x.SHA256, x.Agency, x.Year, x.Form = r.SHA256, r.Agency.Path, r.Year, r.Form.ID
		x.Title, x.Published, x.Cells = r.Title, r.Published, r.Cells
		if x.Published != "" {
			x.PublishedFrom = r.PublishedFrom
		}
		if o.File != "" {
			x.Original = r.Attachment
		}
		if whole {
			x.account(&r.Account, tag)
		}
	}
	var lines bytes.Buffer
	if err := diag.WriteJSON(&lines, o.Diags, tag); err != nil {
		return err
	}
	for line := range bytes.Lines(lines.Bytes()) {
		x.Findings = append(x.Findings, json.RawMessage(bytes.TrimSpace(line)))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(x)
}

func (x *jsonOutcome) account(a *importer.Account, tag lang.Tag) {
	for _, d := range a.Decisions {
		x.Decisions = append(x.Decisions, jsonDecision{d.Key, d.Value.In(tag), d.Why.In(tag)})
	}
	for i := range a.Figures {
		f := &a.Figures[i]
		y := jsonFigure{Cell: f.Cell.ID, Label: f.Cell.Label.In(tag), Note: f.Note}
		if f.Found {
			y.Printed, y.Taken, y.Where = &f.Printed, &f.Taken, placeOf(f.At, tag)
		}
		x.Figures = append(x.Figures, y)
	}
	for _, p := range a.Passages {
		x.Passages = append(x.Passages, jsonPassage{uses[p.Use], p.Text, p.Went.In(tag), placeOf(p.At, tag)})
	}
}
