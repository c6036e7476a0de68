// Package importer turns an office's document into a report of the archive.
//
//	draft.Read   the file → paragraphs and grids, with their places
//	bind.Bind    the draft → cells and sections of a form
//	recognise    the draft → title, agency, year and date
//	report       all of these → the file that the archive keeps
//
// An agency and a year that the caller gives win over those in the document; if
// they differ, a diagnostic says so. Numbers are never guessed: one that cannot be
// placed with certainty is reported with its place in the document. Every piece of
// text of the document is in the report, or is a label of the form, or is reported
// by a diagnostic; Result.Account lists which.
package importer

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strconv"

	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/format"
	"annals/generator/importer/bind"
	"annals/generator/importer/draft"
	"annals/generator/lang"
	"annals/generator/source"
)

// Agency is an agency that the archive knows.
type Agency struct {
	Path   string // folders below content/agencies
	Name   string
	Short  string
	Former []string // former names
	Region string   // name of the region that it belongs to, or ""
}

// Options are a document and what the caller knows about it.
type Options struct {
	File     string // the document's name, for diagnostics
	Data     []byte
	Agency   string // path of the agency, "" to recognise it
	Year     int    // 0 to recognise it
	Agencies []Agency
	Forms    *form.Set

	headings map[string]bind.Headings // by the form's id
}

// Result is an imported document.
type Result struct {
	Agency    Agency
	Year      int
	Form      *form.Form
	Title     string // as the document prints it
	Published string // 2025-01-10, or ""
	// PublishedFrom is "page" if the date is metadata of a web page, "document" if
	// it is from the text.
	PublishedFrom string
	Cells         int    // cells of the form that were found
	Report        []byte // the report's file
	Attachment    string // the name under which the original is kept beside the report
	SHA256        string
	Account       Account
}

// Import reads one document. If no report can be made of it, the result is nil
// and a diagnostic says why.
func Import(o Options) (*Result, []diag.Diagnostic) {
	d, diags := draft.Read(o.File, o.Data)
	if d == nil {
		return nil, diags
	}
	o.headings = map[string]bind.Headings{}
	for _, f := range o.Forms.Forms() {
		o.headings[f.ID] = bind.NewHeadings(f)
	}
	names := recognise(d, o)
	b := choose(d, o.Forms, names.year(o))
	if b.Placed == 0 && len(b.Form.Tables) > 0 && (d.Pictures == 0 || !b.HasOutline()) {
		return nil, append(diags, diag.New("import-unplaced/no-report", source.Place{File: o.File}, "title", names.title))
	}
	names.locate(b, o)
	names.take(b)
	b.Unwrap()
	res := &Result{Form: b.Form, Title: names.title, Published: names.published, PublishedFrom: "document", Cells: b.Placed}
	if names.fromPage {
		res.PublishedFrom = "page"
	}
	more, ok := names.settle(res, o)
	diags = append(diags, more...)
	b.Close(o.File)
	diags = append(diags, b.Diags...)
	diags = append(diags, incomplete(b, o.File)...)
	if b.Scattered() {
		diags = append(diags, diag.New("import-unread/scattered", source.Place{File: o.File}))
	}
	if !ok {
		return nil, diags
	}
	res.Account = account(b, names, res, o)
	diags = append(diags, edition(b, res, o)...)
	sum := sha256.Sum256(o.Data)
	res.SHA256 = hex.EncodeToString(sum[:])
	kind := d.Ext
	if kind == "csv" && !content.Genuine(kind, o.Data) { // of an encoding in which spreadsheets write none
		kind = "txt"
	}
	res.Attachment = content.Original + "." + kind
	w := writer{result: res, bound: b, url: d.URL}
	file := path.Join("content/agencies", res.Agency.Path, strconv.Itoa(res.Year)+".md")
	out, more := format.Source(file, w.report(), o.Forms, format.Options{Year: res.Year})
	res.Report = out
	return res, append(diags, more...)
}

// choose binds the draft to every form and returns the result with most cells; if
// no form has any, that of the year's form. The tables decide and not the year,
// because some agencies go on using an old form.
func choose(d *draft.Draft, forms *form.Set, year int) *bind.Bound {
	var best *bind.Bound
	var fallback *form.Form
	if f, ok := forms.ForYear(year); ok {
		fallback = f
	}
	for _, f := range forms.Forms() {
		if f.Free || len(f.Tables) == 0 {
			continue
		}
		b := bind.Bind(d, f)
		if best == nil || b.Placed > best.Placed || b.Placed == best.Placed && f == fallback {
			best = b
		}
	}
	if best == nil || best.Placed == 0 && fallback != nil && best.Form != fallback {
		if fallback == nil {
			fallback = forms.Forms()[len(forms.Forms())-1]
		}
		return bind.Bind(d, fallback)
	}
	return best
}

// edition reports a document whose tables are those of another form than the
// one of its year.
func edition(b *bind.Bound, res *Result, o Options) []diag.Diagnostic {
	want, ok := o.Forms.ForYear(res.Year)
	if !ok || want == b.Form || b.Form.Covers(res.Year) {
		return nil
	}
	return []diag.Diagnostic{diag.New("import-contradiction/edition", source.Place{File: o.File},
		"found", b.Form.Title, "want", want.Title, "year", strconv.Itoa(res.Year))}
}

// incomplete reports the tables and rows of the form that were not found.
func incomplete(b *bind.Bound, file string) []diag.Diagnostic {
	var diags []diag.Diagnostic
	for _, t := range b.Form.Tables {
		var missing []lang.Text
		for _, r := range t.Rows {
			if !b.Cells[r.First].Found {
				missing = append(missing, r.Full)
			}
		}
		switch name := t.Label; {
		case len(missing) == 0 || t.Optional && len(missing) == len(t.Rows):
		case len(missing) == len(t.Rows):
			diags = append(diags, diag.New("import-unplaced/table", source.Place{File: file}, "table", name))
		default:
			diags = append(diags, diag.New("import-unplaced/rows", source.Place{File: file},
				"table", name, "rows", lang.Join(missing, diag.Say("relation/separator"))))
		}
	}
	return diags
}
