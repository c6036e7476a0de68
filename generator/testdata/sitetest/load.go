// Package sitetest reads an archive for tests of the stages that follow
// site, without the checks of a build: sources are bound and planned as they
// are.
package sitetest

import (
	"io/fs"
	"slices"
	"testing"

	"annals/generator/archive"
	"annals/generator/config"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/site"
)

// Loaded is an archive read for a test.
type Loaded struct {
	Config   *config.Site
	Forms    *form.Set
	Agencies []*site.Agency // in the order of the tree
	Archive  *site.Archive
	Free     []*site.Free
}

// Load reads the content of a folder. Findings are not checked here; the test
// gives those that a page is to show.
func Load(t testing.TB, fsys fs.FS) *Loaded {
	t.Helper()
	x := &Loaded{Archive: &site.Archive{}}
	x.Config, _ = config.Load(fsys)
	x.Forms, _ = form.Load(fsys)
	tree, _ := content.Walk(fsys)
	entries := map[*archive.Agency][]archive.Entry{}
	var visit func(f *content.Folder, parent *archive.Agency)
	visit = func(f *content.Folder, parent *archive.Agency) {
		doc, _ := content.ReadDocument(fsys, f.Index.Path)
		a, _ := archive.ReadAgency(f.Path, doc)
		a.Parent = parent
		if parent == nil {
			x.Archive.Roots = append(x.Archive.Roots, a)
		} else {
			parent.Children = append(parent.Children, a)
		}
		in := &site.Agency{Agency: a, Forms: x.Forms.Forms(), Findings: map[int][]archive.Finding{}, Checked: map[int]archive.Checked{}}
		x.Agencies = append(x.Agencies, in)
		for _, y := range f.Reports {
			doc, _ := content.ReadDocument(fsys, y.Path)
			var files []content.Attachment
			for _, file := range y.Attachments {
				files = append(files, content.Attachment{Name: file.Name(), File: file.Path, Kind: "pdf", Size: 1234567, SHA256: "00"})
			}
			r, _ := archive.ReadReport(a, y.Year, doc, files, x.Forms, lang.ZH)
			if r == nil {
				t.Fatalf("%s: no report", y.Path)
			}
			for _, acc := range r.Accepts {
				d := diag.Diagnostic{Rule: acc.Rule, Cell: acc.Cell}
				d.Message.ZH = "与关系不符"
				in.Findings[r.Year] = append(in.Findings[r.Year], archive.Finding{Diagnostic: d, Accepted: true, Reason: acc.Reason})
			}
			in.Reports = append(in.Reports, r)
			tally := make(archive.Tally, len(r.Form.Relations)) // as if all agreed, but for what a page can say besides
			for i, rel := range r.Form.Relations {
				tally[i][archive.Agrees] = len(rel.Equations)
				tally[i][archive.Explained] = len(r.Accepts) * (1 - min(i, 1))
			}
			in.Checked[r.Year] = archive.Checked{Tally: tally}
			entries[a] = append(entries[a], archive.Entry{Agency: a, Year: r.Year, Form: r.Form, Title: r.Title,
				Published: r.Published, FromPage: r.FromPage, Updated: r.Updated(), Corrections: len(r.Corrections), Packed: archive.Pack(r.BaseFacts()), Checked: tally.Pack()})
			if !slices.Contains(x.Archive.Years, r.Year) {
				x.Archive.Years = append(x.Archive.Years, r.Year)
			}
		}
		for _, c := range f.Children {
			visit(c, a)
		}
	}
	for _, f := range tree.Agencies {
		visit(f, nil)
	}
	slices.Sort(x.Archive.Years)
	for _, a := range x.Agencies {
		a.Years = x.Archive.Years
	}
	x.Archive.Forms = x.Forms.Forms()
	x.Archive.Reports = func(a *archive.Agency) []archive.Entry { return entries[a] }
	for _, p := range tree.Pages {
		doc, _ := content.ReadDocument(fsys, p.Path)
		name := p.Name()[:len(p.Name())-len(".md")]
		title := name
		if n := doc.Front.Get("title"); n != nil {
			title = n.Text
		}
		x.Free = append(x.Free, &site.Free{Name: name, File: p.Path, Title: title, Body: doc.Body})
	}
	return x
}
