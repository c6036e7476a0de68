package generator

import (
	"fmt"
	"slices"
	"strconv"
	"sync"

	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/snapshot"
)

// Checker judges text that is not saved yet. What it reads of the archive it
// reads once and keeps, so that a check takes a few milliseconds after the
// first, which reads the agency, the government above it and those beside it.
// It may be used by several goroutines.
type Checker struct {
	mu    sync.Mutex
	saved *Built // the archive as it lies on the disk; agencies are judged when they are needed
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

// Check tells what `annals check` would tell, sorted, if the text were saved as
// the agency's report of the year: about the files of the agency, and about
// those of the governments above it whose figures it is part of. A report that
// is not there yet is judged as its file YEAR.md.
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
	_, done := b.again([]*source{s}, c.saved)
	list := b.deadLinks(done, false)
	for _, s := range done {
		list = append(append(list, s.found...), b.outcomes[s.index].Diagnostics...)
		for _, d := range l.found { // by the walk
			if s.owns(d.Place.File) {
				list = append(list, d)
			}
		}
	}
	diag.Sort(list)
	return diag.Cap(list), nil
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
