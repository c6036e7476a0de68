package verify

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"annals/generator/proof"
	"annals/generator/release"
	"annals/generator/sitemap"
)

// beside is what lies in the folder of an agency.
type beside struct {
	*run
	folder string // agencies/x
	record *proof.Record
}

func (b *beside) page(year int) string { return b.file(year, sitemap.IndexFile) }

func (b *beside) file(year int, name string) string {
	return b.folder + "/" + strconv.Itoa(year) + "/" + name
}

// year is that of the report whose page a file is.
func (b *beside) year(name string) (int, bool) {
	rest, ok := strings.CutPrefix(name, b.folder+"/")
	year, rest, ok2 := strings.Cut(rest, "/")
	n, err := strconv.Atoi(year)
	return n, ok && ok2 && rest == sitemap.IndexFile && err == nil
}

// statement is what the record states of a report.
type statement struct {
	*release.State
	form   *formOf
	values map[string]string // by cell: as the document prints it
	text   string            // Markdown; "" if it is not that of the line
	whole  bool              // text is that of the line
}

// value is what the record has in a cell; a plain 0 is left out there.
func (s *statement) value(cell string) string {
	if v, ok := s.values[cell]; ok {
		return v
	}
	if len(s.form.columns) > 0 && !s.form.cells[cell] {
		return ""
	}
	return "0"
}

// report holds the page and the data of a report against its last line. It returns
// the files that it read.
func (b *beside) report(year int, s *release.State) (read []string, err error) {
	if s.Withdrawn != nil {
		return b.withdrawn(year, s)
	}
	x := &statement{State: s, values: map[string]string{}}
	if x.form, err = b.formOf(s.Form); err != nil {
		return nil, err
	}
	for _, v := range s.Values {
		x.values[v.Cell] = release.Written(v.JSON)
	}
	text, ok := b.record.Text[year]
	sum := sha256.Sum256([]byte(text))
	if x.text, x.whole = text, ok && hex.EncodeToString(sum[:]) == s.Text; !x.whole {
		b.found(Finding{What: Rewritten, File: b.page(year), Was: s.Text, Is: hex.EncodeToString(sum[:])})
	}
	announced := map[string]bool{}
	for _, f := range [...]struct {
		name  string
		every bool // every report has it
		check func(*statement, string, []byte, map[string]bool) bool
	}{
		{b.file(year, sitemap.ReportData), false, b.data},
		{b.folder + "/" + sitemap.AgencyData, false, b.dataOfAll},
		{b.file(year, sitemap.ReportTables), false, b.tables},
		{b.page(year), true, b.shown},
	} {
		sum, listed := b.record.Files[f.name]
		if !listed && !f.every {
			continue
		}
		data, err := b.read(f.name, maxFile)
		if err != nil {
			return nil, err
		}
		read = append(read, f.name)
		if data == nil {
			continue
		}
		if fine := f.check(x, f.name, data, announced); fine && !sumOf(data, sum) {
			b.found(Finding{What: Bytes, File: f.name})
		}
	}
	b.attached(year, s)
	b.mu.Lock()
	b.res.Reports++
	b.mu.Unlock()
	return read, nil
}

// withdrawn holds the page in place of a report against the line that says that it
// was withdrawn.
func (b *beside) withdrawn(year int, s *release.State) (read []string, err error) {
	page := b.page(year)
	for _, name := range []string{b.file(year, sitemap.ReportData), b.file(year, sitemap.ReportTables)} {
		if _, ok := b.record.Files[name]; ok {
			b.found(Finding{What: Withdrawn, File: name})
		}
	}
	data, err := b.read(page, maxFile)
	if err != nil {
		return nil, err
	}
	if data != nil {
		text := ""
		if p, err := parsePage(data); err == nil {
			text = p.text
		}
		switch {
		case !strings.Contains(text, bare(s.Withdrawn.Date)), !strings.Contains(text, bare(s.Withdrawn.Reason)):
			b.found(Finding{What: Withdrawn, File: page, Was: s.Withdrawn.Date + " " + s.Withdrawn.Reason})
		case !sumOf(data, b.record.Files[page]):
			b.found(Finding{What: Bytes, File: page})
		}
	}
	b.mu.Lock()
	b.res.Withdrawn++
	b.mu.Unlock()
	return []string{page}, nil
}

// differs tells of a value that is not that of the record. announced are the cells
// of which the site says that they were corrected since.
func (b *beside) differs(s *statement, what What, file, cell, was, is string, announced map[string]bool) {
	name := cell
	if name == "" {
		name = string(what)
	}
	released := slices.ContainsFunc(s.Corrections, func(c release.Correction) bool { return c.Cell == name })
	if announced[name] && !released {
		what = Announced
	}
	b.found(Finding{What: what, File: file, Cell: cell, Was: was, Is: is})
}
