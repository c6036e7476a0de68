package export

import (
	"encoding/json"
	"fmt"
	"strconv"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/site"
	"annals/generator/sitemap"
)

// head is the beginning of report.json; the cells follow it.
type head struct {
	Schema    string  `json:"schema"`
	Form      string  `json:"form"`
	Language  string  `json:"language"` // of its words, BCP 47
	Agency    agency  `json:"agency"`
	Year      int     `json:"year"`
	Title     string  `json:"title"`
	Published string  `json:"published,omitempty"`
	FromPage  bool    `json:"published_from_page,omitempty"`
	Source    *source `json:"source,omitempty"`
}

type agency struct {
	Path string       `json:"path"`
	Name string       `json:"name"`
	Kind archive.Kind `json:"kind"`
}

type source struct {
	URL    string `json:"url,omitempty"`
	File   string `json:"file,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
	Kept   bool   `json:"kept,omitempty"`
}

// tail is the end of report.json, after the figures.
type tail struct {
	Notes       []note              `json:"notes,omitempty"`
	Corrections []correction        `json:"corrections,omitempty"`
	Findings    []archive.Departure `json:"findings,omitempty"`
}

type note struct {
	Cell string `json:"cell"`
	Note string `json:"note"`
}

type correction struct {
	Date string `json:"date"`
	Cell string `json:"cell,omitempty"`
	Was  string `json:"was,omitempty"`
	Note string `json:"note,omitempty"`
	By   string `json:"by,omitempty"` // "archive" where our transcription differed; the agency otherwise
	URL  string `json:"url,omitempty"`
}

// appendReport appends report.json; root leads from its file to the site's root.
// A report in a variant is one of the parent, in which cells are missing; what
// the document has in their place follows by itself.
// The cells of a row stand in one line, in the order of the form's columns.
func (x *encoding) appendReport(b []byte, root string, r *archive.Report, checked archive.Checked, findings []archive.Finding, tag lang.Tag) ([]byte, error) {
	h := head{Schema: root + sitemap.ReportSchema, Form: r.Form.Base().ID, Language: r.Form.Language.Code, Agency: agency{r.Agency.Path, r.Agency.Name, r.Agency.Kind},
		Year: r.Year, Title: r.Title, Published: site.Day(r.Published), FromPage: r.FromPage}
	if r.Source != (archive.Origin{}) {
		h.Source = &source{r.Source.URL, r.Source.File, r.Source.SHA256, r.Source.Kept}
	}
	data, err := json.Marshal(h)
	if err != nil {
		return b, err
	}
	b = append(b, data[:len(data)-1]...)
	b = append(b, ',')
	b = x.appendFigures(b, r.BaseFacts())
	if x.own != nil {
		b = append(b, ",\n\"variant\":{\"form\":"...)
		b = append(appendString(b, r.Form.ID), ',')
		b = append(x.own.appendFigures(b, r.Facts), '}')
	}
	if len(checked.Tally) > 0 {
		b = appendChecked(append(b, ",\n\"checked\":"...), r.Form, checked.Tally)
	}
	if n := checked.Text; n != (archive.Mentioned{}) {
		b = fmt.Appendf(b, ",\n\"checked_text\":{\"agree\":%d,\"open\":%d}", n.Agree, n.Open)
	}
	if len(r.Notes)+len(r.Corrections)+len(findings) > 0 {
		data, err := json.Marshal(newTail(r, findings, tag))
		if err != nil {
			return b, err
		}
		if len(data) > 2 {
			b = append(b, ",\n"...)
			b = append(b, data[1:len(data)-1]...)
		}
	}
	return append(b, "}\n"...), nil
}

// appendFigures appends the cells of the rows, and what is known of those that
// are no numbers.
func (x *encoding) appendFigures(b []byte, facts []archive.Fact) []byte {
	b = append(b, "\n\"cells\":{"...)
	odd := 0
	if len(facts) > 0 {
		for i, row := range x.rows {
			b = append(b, x.keys[i]...)
			for k, c := range row.Columns {
				if k > 0 {
					b = append(b, ',')
				}
				f := facts[row.First+k]
				if !f.Known() {
					odd++
					b = append(b, "null"...)
					continue
				}
				b = appendNumber(b, f, c.Type)
			}
		}
		b = append(b, ']')
	}
	b = append(b, "},\n\"status\":{"...)
	if odd > 0 {
		b = x.appendStatus(b, facts)
	}
	return append(b, '}')
}

// appendNumber appends a JSON number. It has the digits of the document, which
// may have zeros at the end but none at the start.
func appendNumber(b []byte, f archive.Fact, t form.Type) []byte {
	return f.AppendNumber(b, t)
}

// appendStatus lists the cells that are not numbers, with what the document
// prints in their place.
func (x *encoding) appendStatus(b []byte, facts []archive.Fact) []byte {
	first := true
	for _, row := range x.rows {
		for i := row.First; i < row.First+len(row.Columns); i++ {
			f := facts[i]
			if f.Known() {
				continue
			}
			if !first {
				b = append(b, ",\n"...)
			}
			first = false
			b = append(b, x.names[i]...)
			b = append(b, `:{"status":"`...)
			b = append(b, statusName(f.Status)...)
			b = append(b, '"')
			if f.Text != "" {
				b = append(b, `,"text":`...)
				b = appendString(b, f.Text)
			}
			b = append(b, '}')
		}
	}
	return b
}

func statusName(s archive.Status) string {
	return [...]string{"missing", "number", "blank", "not-applicable", "invalid"}[s]
}

func newTail(r *archive.Report, findings []archive.Finding, tag lang.Tag) tail {
	var t tail
	for _, n := range r.Notes {
		if n.Cell >= 0 && n.Cell < len(r.Form.Cells) {
			t.Notes = append(t.Notes, note{r.Form.Cells[n.Cell].ID, n.Text})
		}
	}
	for _, c := range r.Corrections {
		x := correction{Date: site.Day(c.Date), Cell: c.Cell, Was: c.Was, Note: c.Note, URL: c.URL}
		if c.By != archive.ByAgency {
			x.By = c.By
		}
		t.Corrections = append(t.Corrections, x)
	}
	for i := range findings {
		if !findings[i].Private {
			t.Findings = append(t.Findings, findings[i].Departure(tag))
		}
	}
	return t
}

// appendString appends a JSON string.
func appendString(b []byte, s string) []byte {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			plain = false
			break
		}
	}
	if plain {
		b = append(b, '"')
		b = append(b, s...)
		return append(b, '"')
	}
	data, err := json.Marshal(s)
	if err != nil { // a string can always be encoded
		return strconv.AppendQuote(b, "")
	}
	return append(b, data...)
}
