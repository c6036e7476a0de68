package importer

import (
	"strings"

	"annals/generator/form"
	"annals/generator/format"
	"annals/generator/importer/bind"
)

// writer writes the file of a report.
type writer struct {
	result *Result
	bound  *bind.Bound
	url    string
	strings.Builder
}

// report returns the file: front matter with the tables, then the prose below
// the form's headings.
func (w *writer) report() []byte {
	r := w.result
	w.WriteString("---\n")
	w.line(0, "form", r.Form.ID)
	if r.Title != "" && r.Title != r.Form.NameReport(r.Agency.Name, r.Year, r.Form.Language.Language) {
		w.line(0, "title", format.Quote(r.Title))
	}
	if r.Published != "" {
		w.line(0, "published", r.Published)
		w.line(0, "published_from", r.PublishedFrom)
	}
	if r.FormFile != "" {
		w.line(0, "draft", "true")
	}
	w.WriteString("source:\n")
	if w.url != "" {
		w.line(1, "url", format.Quote(w.url))
	}
	w.line(1, "file", r.Attachment)
	w.line(1, "sha256", format.Quote(r.SHA256))
	for _, t := range r.Form.Tables {
		w.table(t)
	}
	w.notes()
	w.WriteString("---\n")
	w.body()
	return []byte(w.String())
}

// line writes a key and its value, if it has one on the same line.
func (w *writer) line(depth int, key, value string) {
	w.WriteString(strings.Repeat("  ", depth) + key + ":")
	if value != "" {
		w.WriteString(" " + value)
	}
	w.WriteString("\n")
}

// table writes the rows that were found, in the form's order and indented below
// the keys of their groups.
func (w *writer) table(t *form.Table) {
	var open []string // keys of the groups that the row before is in
	for _, row := range t.Rows {
		values, ok := w.values(row)
		if !ok {
			continue
		}
		keys := strings.Split(row.Path, ".")
		groups := keys[:len(keys)-1]
		same := 0
		for same < len(open) && same < len(groups) && open[same] == groups[same] {
			same++
		}
		for i := same; i < len(groups); i++ {
			w.line(i, groups[i], "")
		}
		open = groups
		w.line(len(groups), keys[len(keys)-1], values)
	}
}

// values returns the value of a row's key: its cells. It returns false if none was
// found.
func (w *writer) values(row *form.Row) (string, bool) {
	var list []string
	for i := range row.Columns {
		c := w.bound.Cells[row.First+i]
		switch {
		case !c.Found:
		case c.Plain:
			list = append(list, c.Text)
		default:
			list = append(list, format.Quote(c.Text))
		}
	}
	switch {
	case len(list) == 0:
		return "", false
	case len(row.Columns) == 1:
		return list[0], true
	}
	return "[" + strings.Join(list, ", ") + "]", true
}

// notes writes the remarks beside numbers.
func (w *writer) notes() {
	first := true
	for i, c := range w.bound.Cells {
		if c.Note == "" {
			continue
		}
		if first {
			w.WriteString("notes:\n")
			first = false
		}
		w.WriteString("  - cell: " + w.bound.Form.Cells[i].ID + "\n")
		w.WriteString("    note: " + format.Quote(strings.Replace(w.bound.Form.Language.Document.Original, "{text}", c.Note, 1)) + "\n")
	}
}

// body writes the prose: the preface, then the parts below their headings.
func (w *writer) body() {
	for _, s := range w.bound.Prose {
		if s.Section != nil {
			if len(s.Blocks) == 0 && s.Section.Table != nil {
				continue
			}
			w.WriteString("\n## " + w.bound.Form.Own(s.Section.Label) + "\n")
		}
		for _, k := range s.Blocks {
			w.WriteString("\n")
			if k.Piece != nil {
				w.WriteString(Markdown(k.Text()) + "\n")
				continue
			}
			w.pipes(k.Rows)
		}
	}
}

// pipes writes a table that is none of the form's as a Markdown table.
func (w *writer) pipes(rows [][]*bind.Piece) {
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	for i, row := range rows {
		w.WriteString("|")
		for j := range width {
			text := ""
			if j < len(row) {
				text = Markdown(strings.ReplaceAll(row[j].Text, "\n", " "))
			}
			w.WriteString(" " + text + " |")
		}
		w.WriteString("\n")
		if i == 0 {
			w.WriteString("|" + strings.Repeat(" --- |", width) + "\n")
		}
	}
}
