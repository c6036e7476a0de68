package generator

import (
	"maps"
	"slices"

	"annals/generator/content"
)

// findYears are the years of the archive, as archive finds them when all
// agencies are judged: the page of an agency says of which of them it has no
// report. One published report is enough, so the first file of a year
// mostly decides; more are read only if it is a draft or withdrawn.
func (l *Library) findYears() []int {
	r := &reader{Library: l}
	years := map[int]bool{}
	for _, s := range l.sources {
		for i := range s.folder.Reports {
			f := &s.folder.Reports[i]
			second := i > 0 && f.Year == s.folder.Reports[i-1].Year // the walk has reported it
			if !second && !years[f.Year] && r.published(s, f) {
				years[f.Year] = true
			}
		}
	}
	return l.expectedYears(years)
}

// published reports whether a file is a report that is not a draft: as the last
// build found, if its bytes are the same.
func (r *reader) published(s *source, f *content.Report) bool {
	if s.last != nil && sameFile(s.files, s.last.Files, f.Path) {
		for i := range s.last.Outcome.Entries {
			if s.last.Outcome.Entries[i].Year == f.Year {
				return true
			}
		}
		return false
	}
	report := r.bind(s, f, attached{}).report
	return report != nil && !report.Draft && report.Withdrawn == nil
}

// expectedYears are the years with a report, and those between them in which
// an agency was to report by its own settings (since) and nobody did.
func (l *Library) expectedYears(years map[int]bool) []int {
	list := slices.Sorted(maps.Keys(years))
	if len(list) == 0 {
		return nil
	}
	for _, s := range l.sources {
		if s.agency.Since == 0 {
			continue
		}
		for y := max(list[0], s.agency.Since); y <= list[len(list)-1]; y++ {
			if s.agency.Expected(y) {
				years[y] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(years))
}

// due are the years of the archive in which an agency is to report. Agencies
// with others below them have none: what their pages show of years is no work of
// their own (site.Plan.Walk).
func (l *Library) due(s *source) (years []int) {
	if len(s.agency.Children) > 0 {
		return nil
	}
	for _, y := range l.years() {
		if s.agency.Expected(y) {
			years = append(years, y)
		}
	}
	return years
}
