// Package export writes the archive's figures as files for programs and
// spreadsheets: the data beside each report, the downloads of the data page,
// the files from which the explore page draws, and the sitemap and feed.
//
// The rules are:
//
//   - A value that is not a number is never written as zero: it is null in
//     JSON and an empty cell in CSV.
//   - CSV is UTF-8 with a byte order mark and CRLF, every record of a file has
//     the same number of fields, and no text cell can be read as a formula.
//   - Files that grow with the archive are cut into shards along the tree of
//     agencies, so that each stays small and none needs all reports in memory.
//   - What is constant for a form is encoded once, numbers by strconv, texts
//     by encoding/json.
package export

import (
	"sync"

	"annals/generator/config"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/site"
	"annals/generator/sitemap"
)

// Emit takes a finished file. The data are valid until it returns.
type Emit = site.Emit

// Exporter writes the files. It is immutable and safe for use by several
// goroutines.
type Exporter struct {
	site    *config.Site
	tag     lang.Tag
	words   site.Words
	forms   []*form.Form
	byForm  map[*form.Form]*encoding
	buffers sync.Pool
}

// New makes an Exporter for the forms of an archive.
func New(cfg *config.Site, forms []*form.Form, words site.Words) *Exporter {
	e := &Exporter{site: cfg, tag: cfg.Language, words: words, forms: forms, byForm: map[*form.Form]*encoding{}}
	e.buffers.New = func() any { return new([]byte) }
	for _, f := range forms {
		e.byForm[f] = newEncoding(f, e.tag)
	}
	return e
}

// Agency writes the data of an agency's reports.
func (e *Exporter) Agency(in *site.Agency, emit Emit) error {
	buf := e.buffers.Get().(*[]byte)
	defer e.buffers.Put(buf)
	if e.site.FewFiles {
		return e.together(in, buf, emit)
	}
	for _, r := range in.Reports {
		x := e.byForm[r.Form]
		root := site.Root(site.ReportPath(r.Agency, r.Year))
		var err error
		if *buf, err = x.appendReport((*buf)[:0], root, r, in.Checked[r.Year], in.Findings[r.Year], e.tag); err != nil {
			return err
		}
		if err := emit(site.ReportFile(r.Agency, r.Year, sitemap.ReportData), *buf); err != nil {
			return err
		}
		if len(r.Facts) == 0 {
			continue
		}
		*buf = x.appendTables((*buf)[:0], r)
		if err := emit(site.ReportFile(r.Agency, r.Year, sitemap.ReportTables), *buf); err != nil {
			return err
		}
	}
	return nil
}

// together writes the data of all reports of an agency in one list.
func (e *Exporter) together(in *site.Agency, buf *[]byte, emit Emit) error {
	if len(in.Reports) == 0 {
		return nil
	}
	root := site.Root(site.AgencyPath(in.Agency))
	b := (*buf)[:0]
	for i, r := range in.Reports {
		if i > 0 {
			b = append(b, ',')
		} else {
			b = append(b, '[')
		}
		var err error
		if b, err = e.byForm[r.Form].appendReport(b, root, r, in.Checked[r.Year], in.Findings[r.Year], e.tag); err != nil {
			return err
		}
	}
	*buf = append(b, "]\n"...)
	return emit(site.AgencyFile(in.Agency, sitemap.AgencyData), *buf)
}

// encoding holds the parts of the files that are the same for all reports of a form.
type encoding struct {
	rows  []*form.Row
	keys  []string // by row: `"requests.new":[` with what is before it
	lines []line   // of tables.csv
	names []string // by cell: its id as a JSON string
	// own is, of a variant, what it has besides its parent's cells, and the
	// rest is the parent's but for the lines.
	own *encoding
}

func newEncoding(f *form.Form, tag lang.Tag) *encoding {
	x := encodingOf(f.Base(), f.Base().Rows)
	if f.Parent != nil {
		x.own = encodingOf(f, f.OwnRows())
	}
	x.lines = csvLines(f, tag)
	return x
}

func encodingOf(f *form.Form, rows []*form.Row) *encoding {
	x := &encoding{rows: rows}
	for i, r := range rows {
		key := string(appendString(nil, r.Path)) + ":["
		if i > 0 {
			key = "],\n" + key
		}
		x.keys = append(x.keys, key)
	}
	for _, c := range f.Cells {
		x.names = append(x.names, string(appendString(nil, c.ID)))
	}
	return x
}
