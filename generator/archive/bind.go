package archive

import (
	"cmp"
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/form"
	"annals/generator/keys"
	"annals/generator/lang"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// binder places the values of a report's tables on the cells of its form.
type binder struct {
	*keys.Fields
	report *Report
	seen   map[string]source.Span // groups that are there, by path
	cut    map[string]bool        // tables of which rows may be in a part that could not be read
	meant  map[string]bool        // paths that a misspelt key most likely meant
	odd    int                    // number of keys that the form does not have
}

func (b *binder) tables() {
	f := b.report.Form
	b.report.Facts = make([]Fact, len(f.Cells))
	b.report.Rows = make([]source.Span, len(f.Rows))
	b.seen, b.meant, b.cut = map[string]source.Span{}, map[string]bool{}, map[string]bool{}
	for i := range b.Node.Items {
		item := &b.Node.Items[i]
		path, ok := f.Key("", item.Key)
		if !ok { // a key of the report itself, or an unknown one, which Close reports
			if b.Taken(i) {
				continue
			}
			b.like("", item.Key)
			continue
		}
		b.Take(i)
		b.cut[path] = item.Cut
		b.item(item, path)
	}
	b.missing("", b.Node.Span)
}

// takeTables takes the tables of a withdrawn report, which nobody reads.
func (b *binder) takeTables() {
	for i := range b.Node.Items {
		if _, ok := b.report.Form.Key("", b.Node.Items[i].Key); ok {
			b.Take(i)
		}
	}
}

// fitting is called if the report names a form that does not cover its year. If
// the report's tables fit the form of its year without a fault, fitting uses that
// form: then the wrong name is reported as the only mistake, instead of every row.
func (b *binder) fitting(forms *form.Set) {
	f, ok := forms.ForYear(b.report.Year)
	if !ok || f.Free {
		return
	}
	var found diag.Collector
	trial := binder{Fields: keys.Into(&found, b.File).Fields(b.Node), report: &Report{Year: b.report.Year, Form: f}}
	trial.tables()
	if len(found.List()) == 0 {
		b.report.Form = f
	}
}

// item binds one key and everything below it.
func (b *binder) item(item *yamlpos.Node, path string) {
	f := b.report.Form
	if row, ok := f.Row(path); ok {
		if first := b.report.Rows[row.Ordinal]; first.Line != 0 {
			b.twice(item, first)
			return
		}
		b.report.Rows[row.Ordinal] = item.KeySpan
		b.row(item, row)
		return
	}
	if first, ok := b.seen[path]; ok {
		b.twice(item, first)
		return
	}
	b.seen[path] = item.KeySpan
	if item.Kind != yamlpos.Map && !(item.Cut && item.Null()) {
		b.Report(diag.New("row-length/group", item.Span.In(b.File)).OnCell(path))
		return
	}
	for i := range item.Items {
		sub := &item.Items[i]
		below, ok := f.Key(path, sub.Key)
		if !ok {
			b.unknown(sub, path, item.Key)
			continue
		}
		b.item(sub, below)
	}
}

func (b *binder) twice(item *yamlpos.Node, first source.Span) {
	b.Add("duplicate-key", func() diag.Diagnostic {
		return diag.New("duplicate-key", item.KeySpan.In(b.File), "key", item.Key, "line", int(first.Line)).
			With(first.In(b.File), diag.Say("duplicate-key/first"))
	})
}

// like returns the key of the form that a misspelt key most likely meant. It
// searches only as often as diagnostics of one kind are listed (diag.MaxOfKind).
func (b *binder) like(path, key string) (like string, ok bool) {
	if b.odd++; b.odd > diag.MaxOfKind {
		return "", false
	}
	below, like, ok := b.report.Form.Like(path, key)
	if ok {
		b.meant[below] = true
	}
	return like, ok
}

func (b *binder) unknown(item *yamlpos.Node, path, group string) {
	form := b.report.Form.ID
	like, ok := b.like(path, item.Key)
	b.Add("unknown-row", func() diag.Diagnostic {
		if ok {
			d := diag.New("unknown-row/suggest", item.KeySpan.In(b.File), "form", form, "group", group, "key", item.Key, "like", like)
			if yamlpos.Same(item.Key, like) {
				d.Fix = &diag.Fix{Place: d.Place, Replace: like}
			}
			return d
		}
		return diag.New("unknown-row", item.KeySpan.In(b.File), "form", form, "group", group, "key", item.Key)
	})
}

// row reads the numbers of a row.
func (b *binder) row(item *yamlpos.Node, row *form.Row) {
	facts := b.report.Facts[row.First : row.First+len(row.Columns)]
	values := item.Items
	switch {
	case item.Kind == yamlpos.Map:
		b.wrongLength(item, row, facts)
		return
	case item.Kind == yamlpos.Scalar && len(row.Columns) == 1:
		values = []yamlpos.Node{*item}
	case item.Kind == yamlpos.Scalar || len(values) != len(row.Columns):
		b.wrongLength(item, row, facts)
		return
	}
	for i := range values {
		n := &values[i]
		cell := &b.report.Form.Cells[row.First+i]
		if n.Kind != yamlpos.Scalar {
			facts[i] = Fact{Status: Invalid, Span: n.Span}
			b.Report(diag.New("value/scalar", n.Span.In(b.File)).OnCell(cell.ID))
			continue
		}
		fact, problem := readCell(n, cell.Column.Type, b.report.Form)
		facts[i] = fact
		if problem != "" && !strings.ContainsFunc(n.Text, files.Invisible) { // which is reported for the whole file
			b.Report(b.misspelt(n, cell, problem))
		}
	}
}

func (b *binder) wrongLength(item *yamlpos.Node, row *form.Row, facts []Fact) {
	for i := range facts {
		facts[i] = Fact{Status: Invalid, Span: item.Span}
	}
	p := split(item)
	oneLine := item.Kind != yamlpos.Map && item.Span.Line == item.Span.EndLine
	report := func(d diag.Diagnostic, right string) {
		if right != "" && oneLine {
			d.Fix = &diag.Fix{Place: item.Span.In(b.File), Replace: right}
		}
		b.Report(d.OnCell(row.Path))
	}
	if len(row.Columns) == 1 {
		right := b.remade(p.list, row)
		report(diag.New("row-length/single", item.Span.In(b.File)), strings.Trim(right, "[]"))
		return
	}
	if list, at := ungroup(item, len(row.Columns)); list != nil {
		report(diag.New("row-length/thousands", at.In(b.File)), b.remade(list, row))
		return
	}
	if right := b.remade(p.list, row); right != "" {
		switch {
		case p.marks == nil, strings.ContainsAny(p.marks[0], brackets):
			report(diag.New("row-length/brackets", item.Span.In(b.File), "right", right), right)
		case p.marks[0] == " ":
			report(diag.New("row-length/comma", p.at.In(b.File)), right)
		default:
			report(diag.New("row-length/separator", p.at.In(b.File), "mark", p.marks[0]), right)
		}
		return
	}
	columns := make([]lang.Text, len(row.Columns))
	for i, c := range row.Columns {
		columns[i] = c.Label
	}
	report(diag.New("row-length", item.Span.In(b.File), "want", len(columns), "have", len(p.list), "columns", columns), "")
}

// missing reports what the form has at and below the path but the report lacks:
// one diagnostic for each row, or one for a whole missing group or table. The
// place of the diagnostic is the row before which the missing one belongs, or the
// group's key. A row that a misspelt key most likely meant is not reported again;
// nor is a table that may be in a part of the front matter that could not be read.
func (b *binder) missing(path string, group source.Span) {
	f := b.report.Form
	ids := f.Keys(path)
	at := group
	for i := len(ids) - 1; i >= 0; i-- {
		below, _ := f.Key(path, ids[i])
		if row, ok := f.Row(below); ok {
			if span := b.report.Rows[row.Ordinal]; span.Line != 0 {
				at = span
				continue
			}
			if b.meant[below] {
				continue
			}
			b.Report(diag.New("missing-row", at.In(b.File), "key", below).OnCell(below))
			continue
		}
		if span, ok := b.seen[below]; ok {
			at = span
			if !b.cut[below] {
				b.missing(below, span)
			}
			continue
		}
		if f.Optional(below) || b.meant[below] || path == "" && b.Node.Cut {
			continue
		}
		rows := f.Below(below)
		b.Report(diag.New("missing-row/group", at.In(b.File), "key", below, "n", len(rows)).OnCell(below))
	}
}

func (b *binder) notes(v *keys.Values) (list []Note) {
	for _, x := range v.Maps("notes") {
		n := Note{Cell: b.cell(x), Text: x.Text("note"), Span: x.Node.Span}
		if n.Cell >= 0 && n.Text != "" {
			list = append(list, n)
		}
	}
	return list
}

func (b *binder) corrections(v *keys.Values) (list []Correction) {
	for _, x := range v.Maps("corrections") {
		c := Correction{Date: dateOf(x.Date("date")), Note: x.Text("note"), By: cmp.Or(x.Text("by"), ByAgency), Span: x.Node.Span}
		if name := x.Text("cell"); slices.Contains(NoCells, name) {
			c.Cell = name
		} else if i := b.cell(x); i >= 0 {
			c.Cell = b.report.Form.Cells[i].ID
		}
		c.URL = readURL(x)
		if c.By == ByArchive && c.Note == "" {
			b.Report(yamlpos.MissingKey(b.File, x.Node, "note"))
		}
		if was := x.Value("was"); was != nil {
			c.Was = was.Text
		}
		list = append(list, c)
	}
	return list
}

// cell reads a cell's id; -1 where there is none or the form has no such cell.
func (b *binder) cell(v *keys.Values) int {
	n := v.Value("cell")
	if n == nil {
		return -1
	}
	f := b.report.Form
	i, ok := f.Cell(v.Text("cell"))
	if !ok {
		v.Add("unknown-row", func() diag.Diagnostic {
			return diag.New("unknown-row/cell", n.Span.In(v.File), "form", f.ID, "key", v.Text("cell"))
		})
		return -1
	}
	return i
}
