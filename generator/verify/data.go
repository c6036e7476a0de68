package verify

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"

	"annals/generator/sitemap"
)

// formOf is what the site says of a form: its cells, row by row.
type formOf struct {
	cells   map[string]bool
	columns map[string][]string // by row: ids of its cells
	order   []string            // of the cells
}

// formOf reads a form, once.
func (r *run) formOf(id string) (*formOf, error) {
	r.mu.Lock()
	f := r.forms[id]
	r.mu.Unlock()
	if f != nil {
		return f, nil
	}
	f = &formOf{map[string]bool{}, map[string][]string{}, nil}
	name := sitemap.FormsFolder + id + ".json"
	data, err := r.site.Read(r.ctx, name, maxNote*4)
	var x struct {
		Cells []struct{ ID, Row string }
	}
	if err == nil && json.Unmarshal(data, &x) != nil {
		r.found(Finding{What: Malformed, File: name})
	}
	for _, c := range x.Cells {
		f.cells[c.ID] = true
		f.columns[c.Row] = append(f.columns[c.Row], c.ID)
		f.order = append(f.order, c.ID)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forms[id] = f
	return f, nil
}

// figures are what report.json has in the rows of a form.
type figures struct {
	Form   string
	Cells  map[string][]json.RawMessage
	Status map[string]struct{ Text string }
}

// reportData is what of report.json is held against the record.
type reportData struct {
	Year             int
	Title, Published string
	Agency           struct{ Path string }
	figures
	Variant     *figures
	Corrections []struct{ Cell string }
}

// data holds report.json against the record. It reports whether nothing differs.
func (b *beside) data(s *statement, file string, data []byte, announced map[string]bool) bool {
	var x reportData
	if json.Unmarshal(data, &x) != nil {
		b.found(Finding{What: Malformed, File: file})
		return false
	}
	return b.reported(s, file, &x, announced)
}

// dataOfAll does the same for a site with the reports of an agency in one file.
func (b *beside) dataOfAll(s *statement, file string, data []byte, announced map[string]bool) bool {
	var list []reportData
	if json.Unmarshal(data, &list) != nil {
		b.found(Finding{What: Malformed, File: file})
		return false
	}
	for i := range list {
		if list[i].Year == s.Year {
			return b.reported(s, file, &list[i], announced)
		}
	}
	b.found(Finding{What: Missing, File: file})
	return false
}

func (b *beside) reported(s *statement, file string, x *reportData, announced map[string]bool) bool {
	for _, c := range x.Corrections {
		announced[c.Cell] = true
	}
	fine := true
	tell := func(what What, cell, was, is string) {
		fine = false
		b.differs(s, what, file, cell, was, is, announced)
	}
	if x.Title != s.Title {
		tell(Title, "", s.Title, x.Title)
	}
	if x.Published != s.Published {
		tell(Published, "", s.Published, x.Published)
	}
	if x.Year != s.Year || sitemap.Of(sitemap.Agency).Path.File(sitemap.At{Agency: x.Agency.Path}) != b.folder+"/"+sitemap.IndexFile {
		tell(Malformed, "", "", "")
	}
	for _, f := range [...]*figures{&x.figures, x.Variant} {
		if f == nil {
			continue
		}
		form, err := b.formOf(f.Form)
		if err != nil {
			return false
		}
		for row, cells := range form.columns {
			got, ok := f.Cells[row]
			if f == x.Variant && !ok || f != x.Variant && x.Variant != nil && !s.form.cells[cells[0]] {
				continue // a variant has only the rows that its parent has not
			}
			for i, cell := range cells {
				is := ""
				if i < len(got) {
					if is = string(got[i]); is == "null" {
						is = f.Status[cell].Text
					}
				}
				if was := s.value(cell); was != is {
					tell(Cell, cell, was, is)
				}
			}
		}
	}
	return fine
}

// tables holds tables.csv against the record.
func (b *beside) tables(s *statement, file string, data []byte, announced map[string]bool) bool {
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	in.FieldsPerRecord = -1
	records, err := in.ReadAll()
	if err != nil {
		b.found(Finding{What: Malformed, File: file})
		return false
	}
	rows := map[string][]string{}
	for _, fields := range records {
		if len(fields) > 2 && s.form.columns[fields[0]] != nil {
			rows[fields[0]] = fields[2:]
		}
	}
	fine := true
	for row, cells := range s.form.columns {
		fields := rows[row]
		for i, cell := range cells {
			is := ""
			if i < len(fields) {
				is = fields[i]
			}
			was := s.value(cell)
			if is != was && strings.TrimPrefix(is, "'") != printable(was) {
				fine = false
				b.differs(s, Cell, file, cell, was, is, announced)
			}
		}
	}
	return fine
}

// printable is a token as CSV has it: without characters that print nothing.
func printable(text string) string {
	return strings.Map(func(r rune) rune { return max(r, ' ') }, text)
}
