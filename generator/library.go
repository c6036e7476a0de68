package generator

import (
	"context"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
)

// Library is an archive as commands see it that work on sources: who the
// agencies are, and where the files lie. No report has been read yet.
type Library struct {
	Forms       *form.Set
	Agencies    []*archive.Agency // in the order of their folders
	Sources     []string          // all files that fmt knows, relative to the archive's folder
	Diagnostics []diag.Diagnostic // about settings, forms, folders and agencies

	project *project
}

// Open reads an archive's settings, forms and agencies.
func Open(ctx context.Context, opt Options) (*Library, error) {
	p, err := load(ctx, opt, nil)
	if err != nil {
		return nil, err
	}
	l := &Library{Forms: p.forms, Diagnostics: p.found, project: p, Sources: []string{"content/site.yaml"}}
	for _, f := range p.tree.Pages {
		l.Sources = append(l.Sources, f.Path)
	}
	for _, u := range p.units {
		l.Agencies = append(l.Agencies, u.agency)
		l.Diagnostics = append(l.Diagnostics, u.found...)
		if u.folder.Index != nil {
			l.Sources = append(l.Sources, u.folder.Index.Path)
		}
		for _, r := range u.folder.Reports {
			l.Sources = append(l.Sources, r.Path)
		}
	}
	diag.Sort(l.Diagnostics)
	return l, nil
}

// Agency returns the agency at a path below content/agencies, or nil.
func (l *Library) Agency(path string) *archive.Agency {
	if u := l.project.byPath[path]; u != nil {
		return u.agency
	}
	return nil
}

// Report reads an agency's report of a year; nil if there is none that can be read.
func (l *Library) Report(a *archive.Agency, year int) *archive.Report {
	u := l.project.byAgency[a]
	if u == nil {
		return nil
	}
	u = &unit{agency: u.agency, folder: u.folder}
	for i := range u.folder.Reports {
		if u.folder.Reports[i].Year == year {
			r, _ := l.project.report(u, &u.folder.Reports[i])
			return r
		}
	}
	return nil
}
