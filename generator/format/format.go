// Package format brings a source file into its canonical form, and applies the
// fixes of diagnostics.
//
// The rules are:
//
//   - Formatting never changes the meaning: the result is parsed and compared
//     with the original, value by value and comment by comment, before it is
//     returned. If they differ, or if formatting the result would change it
//     once more, the file is left unchanged.
//   - Keys are in the order of the content format, a table's rows in the order of
//     the form. Unknown keys come last, in their own order.
//   - A row is written with the form's id, whatever label it had, and its
//     numbers on one line. Indentation is two spaces.
//   - Comments stay with the key that they are above or beside. Above a key
//     of the first level one empty line is kept.
//   - Quotes are double quotes; values without quotes get none.
//   - The text below the front matter is not changed, except for its line ends.
//   - A file with syntax errors is not touched at all.
package format

import (
	"bytes"
	"path"
	"strings"

	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/form"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// Options are what a caller can choose besides the file.
type Options struct {
	// Year is the report's year, from its path; it chooses the form of a
	// report that does not name one.
	Year int
	Fill bool // write totals that are missing
}

// Source returns the canonical form of a file below content/. The kind of file is
// taken from its name: site.yaml, an agency's _index.md, a page or a report. The
// diagnostics are the reasons for which it could not be formatted.
func Source(file string, data []byte, forms *form.Set, o Options) ([]byte, []diag.Diagnostic) {
	d := document{file: file, year: o.Year, forms: forms}
	if d.year == 0 {
		d.year = yearOf(file)
	}
	if diags := d.read(data); d.root == nil || diag.Errors(diags) > 0 {
		return data, diags
	}
	if !d.build() {
		return data, nil
	}
	if o.Fill {
		d.fill()
	}
	return d.proven(d.print(), data)
}

// proven returns the output if it has the same meaning as the file. Otherwise it
// returns the file unchanged, and a diagnostic: the difference is a mistake in
// this package.
func (d *document) proven(out, data []byte) ([]byte, []diag.Diagnostic) {
	if !d.same(out) {
		return data, []diag.Diagnostic{diag.New("format", source.At(1, 1).In(d.file))}
	}
	return out, nil
}

// document is a file that is being formatted.
type document struct {
	file  string
	year  int
	forms *form.Set

	front    string // the YAML
	line     int    // number of its first line
	lines    []string
	body     string // the text after the closing ---, or "" for a YAML file
	fenced   bool   // the YAML is between two lines ---
	root     *yamlpos.Node
	form     *form.Form // of a report
	top      *entry
	comments []comment
}

// read splits the file into front matter and body and parses the YAML.
func (d *document) read(data []byte) []diag.Diagnostic {
	if found, unmerged := files.Unmerged(d.file, data); unmerged {
		return []diag.Diagnostic{found}
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if path.Ext(d.file) == ".md" {
		parts, diags := content.Split(d.file, data)
		if len(diags) > 0 {
			return diags
		}
		d.fenced = true
		d.front, d.line = parts.Front, parts.FrontLine
		d.body = string(data[parts.Body:])
	} else {
		d.front, d.line = string(data), 1
	}
	d.front = lineEnds(d.front)
	d.body = lineEnds(d.body)
	if strings.ContainsRune(d.front, '\t') || strings.ContainsRune(d.front, '\u0085') {
		return nil // a tab, or U+0085, which YAML 1.1 took for a line end, can be read in several ways
	}
	root, diags := yamlpos.Parse(d.file, d.front, d.line)
	if len(diags) > 0 {
		return diags
	}
	d.lines = strings.Split(d.front, "\n")
	d.root = root
	d.findForm()
	return nil
}

func lineEnds(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// findForm finds the form of a report: the one that it names, or that of its year.
func (d *document) findForm() {
	if d.year == 0 || d.forms == nil {
		return
	}
	if n := d.root.Get("form"); n != nil {
		d.form, _ = d.forms.Form(n.Text)
		return
	}
	d.form, _ = d.forms.ForYear(d.year)
}

// yearOf returns the year in the path of a report, or 0.
func yearOf(file string) int {
	name := strings.TrimSuffix(path.Base(file), ".md")
	if name == "index" {
		name = path.Base(path.Dir(file))
	}
	if len(name) != 4 || path.Ext(file) != ".md" {
		return 0
	}
	year := 0
	for _, c := range []byte(name) {
		if c < '0' || c > '9' {
			return 0
		}
		year = year*10 + int(c-'0')
	}
	return year
}
