package generator

import (
	"context"
	"io/fs"
	"slices"

	"annals/generator/archive"
	"annals/generator/baseline"
	"annals/generator/config"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/export"
	"annals/generator/form"
	"annals/generator/mentions"
	"annals/generator/release"
	"annals/generator/render"
	"annals/generator/site"
	"annals/generator/snapshot"
	"annals/generator/wording"
)

// Library is an open archive: its settings, forms and layouts, its agencies and
// the paths of their files. No report has been read yet. A Library is not
// changed after Open.
type Library struct {
	Forms       *form.Set
	Agencies    []*archive.Agency // in the order of their folders
	Sources     []string          // all files that fmt can format, relative to the archive's folder
	Diagnostics []diag.Diagnostic // about settings, forms, layouts, folders and agencies, sorted

	opt      Options
	files    fs.FS // the folder that holds content/
	tree     *content.Tree
	site     *config.Site
	free     []*site.Free
	found    []diag.Diagnostic // diagnostics that are not about an agency
	sources  []*source         // in the order of their paths
	record   *release.Record
	words    *wording.Words
	baseline *baseline.Baseline
	indexOf  map[*archive.Agency]int
	indexAt  map[string]int // by path
	years    func() []int   // findYears, once

	mentions *mentions.Engines

	renderer *render.Renderer // nil where a layout has a mistake; then there is no exporter either
	exporter *export.Exporter
	settings [32]byte // hash of the archive's settings, forms and layouts, and of the program
}

// source is an agency before its reports are read.
type source struct {
	index  int // in Library.sources
	agency *archive.Agency
	folder *content.Folder
	found  []diag.Diagnostic // about the agency itself
	files  snapshot.Files    // of the folder, with the hashes that are known so far
	last   *snapshot.Agency  // the snapshot of the last build, or nil

	boilerplate boilerplate
}

// Publish lists the kinds of files beside reports that the site publishes.
func (l *Library) Publish() []string { return l.site.Publish }

// Open reads an archive's settings, forms and agencies.
func Open(ctx context.Context, opt Options) (*Library, error) { return load(ctx, opt, nil) }

// Agency returns the agency at a path below content/agencies, or nil.
func (l *Library) Agency(path string) *archive.Agency {
	if s := l.at(path); s != nil {
		return s.agency
	}
	return nil
}

// Report reads an agency's report of a year; nil if there is none that can be read.
func (l *Library) Report(a *archive.Agency, year int) *archive.Report {
	if f := l.of(a).report(year); f != nil {
		return (&reader{Library: l}).report(l.of(a), f).report
	}
	return nil
}

// of returns the source of one of the archive's agencies.
func (l *Library) of(a *archive.Agency) *source { return l.sources[l.indexOf[a]] }

// at returns the source at a path, or nil.
func (l *Library) at(path string) *source {
	if i, ok := l.indexAt[path]; ok {
		return l.sources[i]
	}
	return nil
}

// report finds the file of a year, or nil.
func (s *source) report(year int) *content.Report {
	i := slices.IndexFunc(s.folder.Reports, func(r content.Report) bool { return r.Year == year })
	if i < 0 {
		return nil
	}
	return &s.folder.Reports[i]
}

// list sets the exported lists.
func (l *Library) list() {
	l.Diagnostics = slices.Clone(l.found)
	l.Sources = append(l.Sources, config.File)
	for _, f := range l.tree.Pages {
		l.Sources = append(l.Sources, f.Path)
	}
	for _, s := range l.sources {
		l.Agencies = append(l.Agencies, s.agency)
		l.Diagnostics = append(l.Diagnostics, s.found...)
		if s.folder.Index != nil {
			l.Sources = append(l.Sources, s.folder.Index.Path)
		}
		for _, r := range s.folder.Reports {
			l.Sources = append(l.Sources, r.Path)
		}
	}
	diag.Sort(l.Diagnostics)
}
