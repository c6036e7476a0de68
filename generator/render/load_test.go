package render

import (
	"io/fs"
	"os"
	"slices"
	"testing"

	"annals/generator/archive"
	"annals/generator/config"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/site"
)

// loaded is an archive read for a test.
type loaded struct {
	config   *config.Site
	forms    *form.Set
	agencies []*site.Agency // in the order of the tree
	archive  *site.Archive
	free     []*site.Free
}

// load reads the content of a folder. Findings are not checked here; the test
// gives those that a page is to show.
func load(t testing.TB, fsys fs.FS) *loaded {
	t.Helper()
	x := &loaded{archive: &site.Archive{}}
	x.config, _ = config.Load(fsys)
	x.forms, _ = form.Load(fsys)
	tree, _ := content.Walk(fsys)
	entries := map[*archive.Agency][]archive.Entry{}
	var visit func(f *content.Folder, parent *archive.Agency)
	visit = func(f *content.Folder, parent *archive.Agency) {
		doc, _ := content.ReadDocument(fsys, f.Index.Path)
		a, _ := archive.ReadAgency(f.Path, doc)
		a.Parent = parent
		if parent == nil {
			x.archive.Roots = append(x.archive.Roots, a)
		} else {
			parent.Children = append(parent.Children, a)
		}
		in := &site.Agency{Agency: a, Forms: x.forms.Forms(), Findings: map[int][]archive.Finding{}, Rollups: map[int]*archive.Rollup{}}
		x.agencies = append(x.agencies, in)
		for _, y := range f.Reports {
			doc, _ := content.ReadDocument(fsys, y.Path)
			var files []content.Attachment
			for _, file := range y.Attachments {
				files = append(files, content.Attachment{Name: file.Name(), File: file.Path, Kind: "pdf", Size: 1234567, SHA256: "00"})
			}
			r, _ := archive.ReadReport(a, y.Year, doc, files, x.forms)
			if r == nil {
				t.Fatalf("%s: no report", y.Path)
			}
			for _, acc := range r.Accepts {
				d := diag.Diagnostic{Rule: acc.Rule, Cell: acc.Cell}
				d.Message.ZH = "与关系不符"
				in.Findings[r.Year] = append(in.Findings[r.Year], archive.Finding{Diagnostic: d, Accepted: true, Reason: acc.Reason})
			}
			in.Reports = append(in.Reports, r)
			entries[a] = append(entries[a], archive.Entry{Agency: a, Year: r.Year, Form: r.Form, Title: r.Title,
				Published: r.Published, Corrections: len(r.Corrections), Packed: archive.Pack(r.Facts)})
			if !slices.Contains(x.archive.Years, r.Year) {
				x.archive.Years = append(x.archive.Years, r.Year)
			}
		}
		for _, c := range f.Children {
			visit(c, a)
		}
	}
	for _, f := range tree.Agencies {
		visit(f, nil)
	}
	slices.Sort(x.archive.Years)
	x.archive.Forms = x.forms.Forms()
	x.archive.Reports = func(a *archive.Agency) []archive.Entry { return entries[a] }
	for _, p := range tree.Pages {
		doc, _ := content.ReadDocument(fsys, p.Path)
		name := p.Name()[:len(p.Name())-len(".md")]
		title := name
		if n := doc.Front.Get("title"); n != nil {
			title = n.Text
		}
		x.free = append(x.free, &site.Free{Name: name, File: p.Path, Title: title, Body: doc.Body})
	}
	return x
}

// own is the archive of this repository.
func own(t testing.TB) *loaded { return load(t, os.DirFS("../..")) }

func newRenderer(t testing.TB, x *loaded, change func(*Options)) *Renderer {
	t.Helper()
	o := Options{Site: x.config, Forms: x.forms.Forms(), Free: x.free}
	if change != nil {
		change(&o)
	}
	r, diags, err := New(o)
	if err != nil || len(diags) > 0 {
		t.Fatalf("New: %v %v", err, diags)
	}
	return r
}

// all renders every page, with stand-ins for the files of other packages that
// pages link to.
func all(t testing.TB, x *loaded, r *Renderer) map[string]string {
	t.Helper()
	out := make(chan [2]string)
	done := make(chan map[string]string)
	go func() {
		files := map[string]string{}
		for f := range out {
			if _, twice := files[f[0]]; twice {
				t.Errorf("%s is written twice", f[0])
			}
			files[f[0]] = f[1]
		}
		done <- files
	}()
	emit := func(path string, data []byte) error {
		out <- [2]string{path, string(data)}
		return nil
	}
	for _, a := range x.agencies {
		if err := r.Agency(a, emit); err != nil {
			t.Error(err)
		}
	}
	if err := r.Global(x.archive, x.free, 2, emit); err != nil {
		t.Error(err)
	}
	if err := r.Data([]site.DataFile{{Href: "agencies.csv", Title: "机关", Rows: 8, Size: "1 KB"}},
		[]site.Link{{Href: "forms/f.json", Text: "f"}}, emit); err != nil {
		t.Error(err)
	}
	close(out)
	return <-done
}
