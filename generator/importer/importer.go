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

	"annals/generator/archive"
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
	Cells         int // cells of the form that were found
	// FormFile and FormText are the file of Form if it is a variant that was
	// drafted for the document, which the archive does not have yet.
	FormFile, FormText string
	Report             []byte // the report's file
	Attachment         string // the name under which the original is kept beside the report
	SHA256             string
	Account            Account
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
		if f.Parent != nil {
			continue // it has its parent's
		}
		o.headings[f.ID] = bind.NewHeadings(f)
	}
	names := recognise(d, o)
	b := choose(d, o.Forms, names.year(o))
	if b.draft != "" {
		o.Forms = b.forms
	}
	if b.Placed == 0 && len(b.Form.Tables) > 0 && (d.Pictures == 0 || !b.HasOutline()) {
		return nil, append(diags, diag.New("import-unplaced/no-report", source.Place{File: o.File}, "title", names.title))
	}
	names.locate(b.Bound, o)
	names.take(b.Bound)
	b.Unwrap()
	res := &Result{Form: b.Form, Title: names.title, Published: names.published, PublishedFrom: "document", Cells: b.Placed}
	if b.draft != "" {
		res.FormFile, res.FormText = path.Join(form.Folder, b.Form.ID+".yaml"), b.draft
	}
	if names.fromPage {
		res.PublishedFrom = "page"
	}
	more, ok := names.settle(res, o)
	diags = append(diags, more...)
	b.Close(o.File)
	diags = append(diags, b.Diags...)
	diags = append(diags, incomplete(b.Bound, o.File)...)
	if b.Scattered() {
		diags = append(diags, diag.New("import-unread/scattered", source.Place{File: o.File}))
	}
	if !ok {
		return nil, diags
	}
	res.Account = account(b.Bound, names, res, o)
	diags = append(diags, edition(b, res, o)...)
	sum := sha256.Sum256(o.Data)
	res.SHA256 = hex.EncodeToString(sum[:])
	kind := d.Ext
	if kind == "csv" && !content.Genuine(kind, o.Data) { // of an encoding in which spreadsheets write none
		kind = "txt"
	}
	res.Attachment = content.Original + "." + kind
	w := writer{result: res, bound: b.Bound, url: d.URL}
	file := path.Join("content/agencies", res.Agency.Path, strconv.Itoa(res.Year)+".md")
	out, more := format.Source(file, w.report(), o.Forms, format.Options{Year: res.Year})
	res.Report = out
	return res, append(diags, more...)
}

// edition reports a document whose tables are those of another form than the
// one of its year, or of a variant.
func edition(b choice, res *Result, o Options) []diag.Diagnostic {
	want, ok := o.Forms.ForYear(res.Year)
	if b.draft != "" {
		return []diag.Diagnostic{diag.New("import-contradiction/drafted", source.Place{File: o.File},
			"file", res.FormFile, "want", b.Form.Parent.Title, "difference", archive.Difference(b.Form))}
	}
	if b.Form.Parent != nil && b.Form.Covers(res.Year) {
		return []diag.Diagnostic{diag.New("import-contradiction/variant", source.Place{File: o.File},
			"found", b.Form.ID, "want", b.Form.Parent.Title, "difference", archive.Difference(b.Form))}
	}
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
