package cli

import (
	"slices"
	"strconv"
	"strings"

	"annals/generator"
	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/importer"
	"annals/generator/importer/account"
	"annals/generator/importer/draft"
)

// desk makes the pages on which the one who edits compares reports with their
// originals, from what lies on the disk now.
func (e *editing) desk(name string) (data []byte, ok bool) {
	lib := e.library.Load()
	switch {
	case name == account.StyleFile:
		return account.Style, true
	case lib == nil:
		return nil, false
	}
	below, slash := strings.CutSuffix(name, "/")
	if number, err := strconv.Atoi(below); name == "" || slash && err == nil && number > 1 {
		return e.imports(lib, max(number-1, 0))
	}
	for _, x := range lib.Originals() {
		if account.Address(x.Agency.Path, x.Year) != account.Folder+name {
			continue
		}
		o := e.again(lib, x)
		if o.Result == nil {
			return nil, false
		}
		diag.Sort(o.Diags)
		r := lib.Report(x.Agency, x.Year)
		var facts []archive.Fact
		if r != nil && r.Form == o.Result.Form {
			facts = r.Facts
		}
		data, err := account.Page(o, facts, e.app.tag)
		return data, err == nil
	}
	return nil, false
}

// imports is a page of the list of originals, the newest first.
func (e *editing) imports(lib *generator.Library, page int) ([]byte, bool) {
	list := lib.Originals()
	slices.SortStableFunc(list, func(a, b generator.Original) int { return b.Modified.Compare(a.Modified) })
	data, ok, err := account.Index(page, len(list), func(i int) account.Line {
		x := list[i]
		return account.Line{Agency: x.Agency.Name, Path: x.Agency.Path, Year: x.Year, Outcome: e.again(lib, x)}
	}, e.app.tag)
	return data, ok && err == nil
}

// again imports an original once more, and writes nothing.
func (e *editing) again(lib *generator.Library, x generator.Original) importer.Outcome {
	o := importer.Outcome{Document: x.File, File: x.Report}
	data, found := files.Read(e.app.folder(), x.File, draft.MaxFile)
	if data == nil {
		o.Diags = found
		return o
	}
	o = importer.Again(x.File, data, x.Agency.Path, x.Year, importer.Known(lib.Agencies), lib.Forms)
	o.File = x.Report
	return o
}
