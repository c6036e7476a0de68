package generator

import (
	"slices"
	"strconv"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/diag"
)

// afterToday adds an error for each report that says it was published after the
// day on which the program runs, in place of the warning about its date. It does
// nothing where that day is not given: a build looks at no clock.
func (b *Built) afterToday(list []diag.Diagnostic) []diag.Diagnostic {
	if b.opt.Today == (archive.Date{}) {
		return list
	}
	for i, s := range b.sources {
		if b.outcomes[i] == nil {
			continue
		}
		for _, e := range b.outcomes[i].Entries {
			f := s.report(e.Year)
			if e.Published.Compare(b.opt.Today) <= 0 || f == nil {
				continue
			}
			doc, _ := content.ReadDocument(b.files, f.Path)
			if doc == nil || doc.Front.Get("published") == nil {
				continue
			}
			list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Rule == "published-far" && d.Place.File == f.Path })
			d := diag.New("published-far/today", doc.Front.Get("published").Span.In(f.Path),
				"text", e.Published.String(), "year", strconv.Itoa(e.Year), "today", b.opt.Today.String())
			d.Severity = diag.Error
			list = append(list, d)
		}
	}
	return list
}
