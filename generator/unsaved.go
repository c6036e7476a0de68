package generator

import (
	"fmt"
	"slices"
	"strconv"
	"sync"

	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/privacy"
	"annals/generator/snapshot"
)

// Checker checks text that is not saved yet. The first check of an agency reads
// its reports, the government above it and that government's other agencies.
// Reports are read once and kept, so that later checks take a few milliseconds.
// It may be used by several goroutines.
type Checker struct {
	mu    sync.Mutex
	saved *Built // the archive as it is on disk; agencies are judged when they are needed
	kept  *readings
}

// Checker returns a Checker of the archive as it was opened.
func (l *Library) Checker() *Checker { return newBuilt(l).Checker() }

// Checker returns a Checker of the archive as it was built.
func (b *Built) Checker() *Checker {
	kept := &readings{reports: map[string]filed{}, attachments: map[string]attached{}}
	return &Checker{kept: kept, saved: &Built{
		Library: b.Library, reader: &reader{Library: b.Library, kept: kept}, outcomes: slices.Clone(b.outcomes),
	}}
}

// Check returns the diagnostics, sorted, that `annals check` would print if the
// text were saved as the agency's report of the year: those about files of the
// agency, and those about files of the governments above that include its
// figures. If there is no report of the year yet, the text is checked as the
// file YEAR.md. It is an error if there is no agency at the path, or the year
// does not have four digits.
func (c *Checker) Check(agency string, year int, text []byte) ([]diag.Diagnostic, error) {
	s := c.saved.at(agency)
	if s == nil {
		return nil, fmt.Errorf("no agency %q", agency)
	}
	if year < 1000 || year > 9999 {
		return nil, fmt.Errorf("no year %d", year)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	s, file := s.with(year)
	l := *c.saved.Library
	l.sources = slices.Clone(l.sources)
	l.sources[s.index] = s
	b := &Built{
		Library: &l, outcomes: slices.Clone(c.saved.outcomes),
		reader: &reader{Library: &l, kept: c.kept, unsaved: map[string][]byte{file: text}},
	}
	_, done := b.rejudge([]*source{s}, c.saved)
	list := b.deadLinks(done, false)
	for _, s := range done {
		list = append(append(list, s.found...), b.outcomes[s.index].Diagnostics...)
		for _, d := range l.found { // by the walk
			if s.owns(d.Place.File) {
				list = append(list, d)
			}
		}
	}
	l.name(list)
	diag.Sort(list)
	return privacy.Said(diag.Cap(list)), nil
}

// with returns the source with a report of the year, and the report's file.
func (s *source) with(year int) (*source, string) {
	if f := s.report(year); f != nil {
		return s, f.Path
	}
	folder := *s.folder
	f := content.Report{Year: year, File: content.File{Path: "content/agencies/" + folder.Path + "/" + strconv.Itoa(year) + ".md"}}
	i, _ := slices.BinarySearchFunc(folder.Reports, year, func(r content.Report, year int) int { return r.Year - year })
	folder.Reports = slices.Insert(slices.Clone(folder.Reports), i, f)
	with := *s
	with.folder = &folder
	with.files = append(slices.Clone(s.files), snapshot.File{Path: f.Path})
	return &with, f.Path
}
