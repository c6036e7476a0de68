package changes

import (
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/form"
)

// reportPair names a report whose file was changed, added or deleted.
type reportPair struct{ agency, year string }

// compareReports compares those of the reports that were published before the
// change with what they are now.
func (f *finder) compareReports(pairs map[string]reportPair) {
	if len(pairs) == 0 {
		return
	}
	base, head := f.archive(f.base.Files), f.archive(f.head.Files)
	before, _ := form.Load(base)
	now, _ := form.Load(head)
	for _, id := range slices.Sorted(maps.Keys(pairs)) {
		p := pairs[id]
		was, file := f.report(f.base, base, p, before)
		if was == nil || was.Draft {
			if file != "" && was == nil { // the old report cannot be read, so nothing can be compared
				f.add("unread", file)
			}
			continue
		}
		is, _ := f.report(f.head, head, p, now)
		switch {
		case is == nil:
			f.add("deleted", file)
		case is.Draft:
			f.add("draft", f.prefix+is.File)
		default:
			f.figures(was, is)
		}
	}
}

// archive returns the folder that holds content/.
func (f *finder) archive(fsys fs.FS) fs.FS {
	if f.prefix == "" {
		return fsys
	}
	sub, err := fs.Sub(fsys, strings.TrimSuffix(f.prefix, "/"))
	if err != nil {
		return fsys // cannot happen: a prefix is a valid path
	}
	return sub
}

// report reads a report of a side from either file that it may have, and returns
// the file's name too. r is nil if there is no such file or it cannot be read;
// file is "" only in the first case.
func (f *finder) report(s Side, fsys fs.FS, p reportPair, forms *form.Set) (r *archive.Report, file string) {
	for _, name := range []string{"/" + p.year + ".md", "/" + p.year + "/index.md"} {
		name = "content/agencies/" + p.agency + name
		if e, ok := s.Entries[f.prefix+name]; !ok || e.Mode == link {
			continue
		}
		year, _ := strconv.Atoi(p.year)
		file = f.prefix + name
		doc, _ := content.ReadDocument(fsys, name)
		if doc == nil {
			continue
		}
		r, _ = archive.ReadReport(&archive.Agency{Path: p.agency, Name: p.agency}, year, doc, nil, forms, f.tag)
		if r != nil {
			return r, file
		}
	}
	return nil, file
}

// figures reports every cell whose value is not that of the published report.
func (f *finder) figures(was, is *archive.Report) {
	now := make(map[string]int, len(is.Form.Cells))
	for i, c := range is.Form.Cells {
		now[c.ID] = i
	}
	for i := range was.Facts {
		cell := &was.Form.Cells[i]
		var after archive.Fact
		if j, ok := now[cell.ID]; ok && j < len(is.Facts) {
			after = is.Facts[j]
		}
		before, text := printed(was.Facts[i], cell), printed(after, cell)
		if before == text && was.Facts[i].Status == after.Status {
			continue
		}
		at := after.Span
		if at.Line == 0 {
			at = is.Key
		}
		f.found = append(f.found, diag.New("untrusted/figure", at.In(is.File), "cell", cell.ID, "was", before, "is", text).OnCell(cell.ID))
	}
}

// printed returns the value of a cell for a message, with a sign for an empty one.
func printed(fact archive.Fact, cell *form.Cell) string {
	switch {
	case fact.Status == archive.Number:
		return string(fact.AppendNumber(nil, cell.Column.Type))
	case fact.Text == "":
		return "∅"
	}
	return fact.Text
}
