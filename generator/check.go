package generator

import (
	"context"
	"path"
	"slices"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/diag"
)

// Check reads and checks everything and writes nothing.
func Check(ctx context.Context, opt Options) (*Result, error) {
	p, err := load(ctx, opt, nil)
	if err != nil {
		return nil, err
	}
	err = p.eachUnit(ctx, func(u *unit) error {
		p.judge(u)
		return nil
	})
	p.found = append(p.found, p.deadLinks(p.units, true)...)
	return p.result(), err
}

// eachUnit runs work on all agencies, those below before those above.
func (p *project) eachUnit(ctx context.Context, work func(u *unit) error) error {
	agencies := make([]*archive.Agency, len(p.units))
	for i, u := range p.units {
		agencies[i] = u.agency
	}
	for _, wave := range waves(agencies) {
		err := each(ctx, p.opt.workers(), wave, func(_ int, a *archive.Agency) error { return work(p.byAgency[a]) })
		if err != nil {
			return err
		}
	}
	return nil
}

// freePages reads the Markdown files at the top of the content.
func (p *project) freePages() []*content.Document {
	var docs []*content.Document
	for _, page := range p.tree.Pages {
		doc, found := content.ReadDocument(p.files, page.Path)
		p.found = append(p.found, found...)
		if doc != nil {
			p.found = append(p.found, archive.CheckFree(doc)...)
			docs = append(docs, doc)
		}
	}
	return docs
}

// toldOf reports whether a list holds a finding already.
func toldOf(list []diag.Diagnostic, d diag.Diagnostic) bool {
	return slices.ContainsFunc(list, func(other diag.Diagnostic) bool {
		return other.Rule == d.Rule && other.Place == d.Place
	})
}

// result collects what all stages found.
func (p *project) result() *Result {
	res := &Result{Diagnostics: slices.Clone(p.found), Agencies: len(p.units)}
	for _, u := range p.units {
		res.Diagnostics = append(append(res.Diagnostics, u.found...), u.reports...)
		res.Reports += len(u.folder.Reports)
	}
	diag.Sort(res.Diagnostics)
	res.Diagnostics = diag.Cap(res.Diagnostics)
	return res
}

// pageName is a free page's name: content/about.md is about.
func pageName(file string) string {
	base := path.Base(file)
	return base[:len(base)-len(path.Ext(base))]
}
