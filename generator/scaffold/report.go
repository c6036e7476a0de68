package scaffold

import (
	"path"
	"strconv"
	"strings"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/format"
	"annals/generator/source"
)

// Report describes a new report.
type Report struct {
	Agency   string // path of the agency
	Year     int
	Forms    *form.Set
	Previous *archive.Report // the agency's report of the year before, or nil
}

// NewReport returns the file of a new report: every row of the year's form,
// each beside its official label, and the headings of the parts that are
// prose. filled counts the cells that last year's report gave.
func NewReport(r Report) (f File, filled int, diags []diag.Diagnostic) {
	file := path.Join("content/agencies", r.Agency, strconv.Itoa(r.Year)+".md")
	fm, ok := r.Forms.ForYear(r.Year)
	if !ok {
		return File{}, 0, []diag.Diagnostic{diag.New("form-year/none", source.At(1, 1).In(file))}
	}
	w := reportWriter{form: fm, cells: carried(fm, r.Year, r.Previous)}
	w.write()
	out, diags := format.Source(file, []byte(w.String()), r.Forms, format.Options{Year: r.Year})
	return File{Path: file, Data: out}, len(w.cells), diags
}

// carried returns the cells whose number equals a cell of the previous year by a
// relation of the form, with the numbers taken from that year's report.
func carried(f *form.Form, year int, previous *archive.Report) map[int]string {
	cells := map[int]string{}
	if previous == nil || previous.Form == nil || previous.Year != year-1 {
		return cells
	}
	earlier := f.Continues(previous.Form)
	for _, rel := range f.Relations {
		if rel.Scope != form.InYears {
			continue
		}
		for _, e := range rel.Equations {
			if e.AtLeast || len(e.Left) != 1 || len(e.Right) != 1 {
				continue
			}
			this, last := e.Left[0], e.Right[0]
			if this.From == form.Previous {
				this, last = last, this
			}
			if this.From != form.This || last.From != form.Previous || this.Minus || last.Minus || last.Cell >= len(earlier) {
				continue
			}
			if sum := archive.Sum(previous.Facts, earlier[last.Cell], f.Cells[this.Cell].Column.Type); sum.Known() {
				cells[this.Cell] = sum.Text
			}
		}
	}
	return cells
}

// reportWriter writes the text of a new report.
type reportWriter struct {
	strings.Builder
	form  *form.Form
	cells map[int]string
}

func (w *reportWriter) write() {
	w.WriteString("---\nform: " + w.form.ID + "\n")
	w.WriteString(w.form.Language.Draft.Published + "\n")
	w.WriteString("draft: true  # " + w.form.Language.Draft.Remove + "\n")
	for _, s := range w.form.Sections {
		if s.Table != nil {
			w.table(s, s.Table)
		}
	}
	w.WriteString("---\n")
	for _, s := range w.form.Sections {
		if s.Table == nil {
			w.WriteString("\n## " + w.form.Own(s.Label) + "\n")
		}
	}
}

// table writes the rows of a table, with the section's heading above it.
func (w *reportWriter) table(s *form.Section, t *form.Table) {
	w.WriteString("\n# " + w.form.Own(s.Heading) + "\n")
	if t.Layout != form.Blocks && len(t.Rows) > 0 {
		w.WriteString("# " + strings.Replace(w.form.Language.Draft.Columns, "{columns}", w.columns(t.Rows[0]), 1) + "\n")
	}
	w.WriteString(t.ID + ":\n")
	if t.Layout == form.Blocks {
		for _, b := range t.Blocks {
			for _, r := range b.Rows {
				w.row(r, 1, strings.NewReplacer("{row}", w.form.Own(r.Label), "{columns}", w.columns(r)).Replace(w.form.Language.Draft.Row))
			}
		}
		return
	}
	w.groups(t.Body, 1)
}

func (w *reportWriter) columns(r *form.Row) string {
	var names []string
	for _, c := range r.Columns {
		names = append(names, w.form.Own(c.Label))
	}
	return strings.Join(names, w.form.Language.List)
}

func (w *reportWriter) groups(list []*form.Group, depth int) {
	for _, g := range list {
		switch {
		case g.Row != nil:
			w.row(g.Row, depth, w.form.Own(g.Label))
		case g.ID == "":
			w.groups(g.Under, depth)
		default:
			w.WriteString(strings.Repeat("  ", depth) + g.ID + ":  # " + w.form.Own(g.Label) + "\n")
			w.groups(g.Under, depth+1)
		}
	}
}

func (w *reportWriter) row(r *form.Row, depth int, label string) {
	var values []string
	for i := range r.Columns {
		if v, ok := w.cells[r.First+i]; ok {
			values = append(values, v)
		} else {
			values = append(values, `""`)
		}
	}
	text := values[0]
	if len(values) > 1 {
		text = "[" + strings.Join(values, ", ") + "]"
	}
	key := r.Path[strings.LastIndexByte(r.Path, '.')+1:]
	w.WriteString(strings.Repeat("  ", depth) + key + ": " + text + "  # " + label + "\n")
}

// scalar writes a text as a YAML scalar, in quotes where it might be taken for
// something else.
func scalar(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return r < 0x4e00 || r > 0x9fff }) {
		return format.Quote(s)
	}
	return s
}
