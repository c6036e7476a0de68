package release

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"annals/generator/archive"
)

// State is a report as a release states it.
type State struct {
	Agency      string            `json:"agency"` // path
	Year        int               `json:"year"`
	Revision    int               `json:"revision"` // 1 for the first line of a report
	Withdrawn   *Withdrawal       `json:"withdrawn"`
	Name        string            `json:"name"` // of the agency
	Kind        string            `json:"kind"`
	Title       string            `json:"title"`
	Published   string            `json:"published"` // 2025-01-10, or ""
	Form        string            `json:"form"`
	Data        string            `json:"data"`  // SHA-256 of Values as the line writes them
	Text        string            `json:"text"`  // SHA-256 of the prose, with line ends of Unix
	Files       map[string]string `json:"files"` // by name: SHA-256 of the attachments
	Notes       []Note            `json:"notes"`
	Corrections []Correction      `json:"corrections"`
	Values      Values            `json:"values"`

	report *archive.Report // whose values Append writes, if Values are nil
}

// Withdrawal says that a report is no longer published.
type Withdrawal struct {
	Date   string `json:"date"`
	Reason string `json:"reason"`
}

// Note is a footnote to a cell.
type Note struct {
	Cell string `json:"cell"`
	Note string `json:"note"`
}

// Correction is an entry of a report's corrections.
type Correction struct {
	Date string `json:"date"`
	Cell string `json:"cell,omitempty"` // or published, form or title
	Was  string `json:"was,omitempty"`
	By   string `json:"by"` // agency or archive
	Note string `json:"note,omitempty"`
	URL  string `json:"url,omitempty"`
}

// same reports whether two entries say the same of the same change; their notes
// may differ.
func (c Correction) same(d Correction) bool {
	return c.Date == d.Date && c.Cell == d.Cell && c.Was == d.Was && c.By == d.By
}

// Of returns the state of a report, as the line of a number would have it.
func Of(r *archive.Report, revision int) *State {
	s := &State{
		Agency: r.Agency.Path, Year: r.Year, Revision: revision, Name: r.Agency.Name, Kind: string(r.Agency.Kind),
		Title: r.Title, Published: day(r.Published), Form: r.Form.ID, Text: hexSum(Prose(r)),
		report: r,
	}
	if w := r.Withdrawn; w != nil {
		s.Withdrawn = &Withdrawal{day(w.Date), w.Reason}
	}
	if len(r.Attachments) > 0 {
		s.Files = make(map[string]string, len(r.Attachments))
		for _, a := range r.Attachments {
			s.Files[a.Name] = a.SHA256
		}
	}
	for _, n := range r.Notes {
		s.Notes = append(s.Notes, Note{r.Form.Cells[n.Cell].ID, n.Text})
	}
	for _, c := range r.Corrections {
		s.Corrections = append(s.Corrections, correctionOf(c))
	}
	return s
}

func correctionOf(c archive.Correction) Correction {
	return Correction{Date: day(c.Date), Cell: c.Cell, Was: c.Was, By: c.By, Note: c.Note, URL: c.URL}
}

func day(d archive.Date) string {
	if d == (archive.Date{}) {
		return ""
	}
	return d.String()
}

// Prose is what stands below the front matter of a report, of which a line has the
// hash. Line ends are those of Unix, since git may change them.
func Prose(r *archive.Report) []byte {
	if r.Body == nil {
		return nil
	}
	text := r.Body.Source[r.Body.Start:]
	if slices.Contains(text, '\r') {
		text = []byte(strings.ReplaceAll(string(text), "\r\n", "\n"))
	}
	return text
}

func hexSum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Append appends the line of the state, with its line end. A withdrawn report's
// line has hashes and no values.
func (s *State) Append(b []byte) []byte {
	b = appendText(b, `{"agency":`, s.Agency)
	b = strconv.AppendInt(append(b, `,"year":`...), int64(s.Year), 10)
	b = strconv.AppendInt(append(b, `,"revision":`...), int64(s.Revision), 10)
	if w := s.Withdrawn; w != nil {
		b = appendText(b, `,"withdrawn":{"date":`, w.Date)
		b = append(appendText(b, `,"reason":`, w.Reason), '}')
	}
	b = appendText(b, `,"name":`, s.Name)
	b = appendText(b, `,"kind":`, s.Kind)
	if s.Withdrawn == nil {
		b = appendText(b, `,"title":`, s.Title)
		b = appendText(b, `,"published":`, s.Published)
		b = appendText(b, `,"form":`, s.Form)
	}
	head := len(b)
	b = appendText(b, `,"data":`, strings.Repeat("0", 2*sha256.Size))
	b = appendText(b, `,"text":`, s.Text)
	if len(s.Files) > 0 {
		b = appendJSON(b, `,"files":`, s.Files)
	}
	if s.Withdrawn != nil {
		copy(b[head+len(`,"data":"`):], s.Data)
		return append(b, "}\n"...)
	}
	if len(s.Notes) > 0 {
		b = appendJSON(b, `,"notes":`, s.Notes)
	}
	if len(s.Corrections) > 0 {
		b = appendJSON(b, `,"corrections":`, s.Corrections)
	}
	b = append(b, `,"values":`...)
	start := len(b)
	if s.Values == nil && s.report != nil {
		b = appendValues(b, s.report)
	} else {
		b = s.Values.append(b)
	}
	sum := sha256.Sum256(b[start:])
	hex.Encode(b[head+len(`,"data":"`):], sum[:])
	return append(b, "}\n"...)
}

func appendText(b []byte, key, text string) []byte { return quote(append(b, key...), text) }

// quote appends a string of JSON. Most have nothing to escape.
func quote(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < 0x20 || c == '"' || c == '\\' || c == 0x7f {
			return appendJSON(b, "", text)
		}
	}
	return append(append(append(b, '"'), text...), '"')
}

// appendJSON appends a value that cannot fail to be written.
func appendJSON(b []byte, key string, v any) []byte {
	var w strings.Builder
	enc := json.NewEncoder(&w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("release: " + err.Error())
	}
	return append(append(b, key...), strings.TrimSuffix(w.String(), "\n")...)
}

// Parse reads the line of a report.
func Parse(line []byte) (*State, error) {
	s := new(State)
	if err := json.Unmarshal(line, s); err != nil {
		return nil, err
	}
	return s, nil
}
