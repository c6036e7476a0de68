package generator

import (
	"crypto/rand"
	"crypto/sha256"
	"path"
	"sync"

	"annals/generator/archive"
	"annals/generator/baseline"
	"annals/generator/cache"
	"annals/generator/config"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/export"
	"annals/generator/files"
	"annals/generator/render"
	"annals/generator/site"
)

// layouts reads the free pages and compiles the layouts, and computes the hash of
// everything that all pages depend on.
func (l *Library) layouts() error {
	h := sha256.New()
	program := cache.Program()
	h.Write(program[:])
	if data, _ := files.Read(l.files, config.File, files.MaxText); data != nil {
		h.Write(data)
	}
	h.Write([]byte("\x00" + l.opt.BaseURL + "\x00"))
	var faults []diag.Diagnostic
	l.baseline, faults = baseline.Read(l.files)
	l.found = append(l.found, faults...)
	if data, _ := files.Read(l.files, baseline.File, files.MaxText); data != nil {
		h.Write(data)
	}
	h.Write([]byte{0})
	for _, f := range l.tree.Forms {
		if data, _ := files.Read(l.files, f.Path, files.MaxText); data != nil {
			h.Write([]byte(f.Path + "\x00"))
			h.Write(data)
		}
	}
	for _, doc := range l.freePages() {
		f := &site.Free{Name: pageName(doc.File), File: doc.File, Title: pageTitle(doc), Body: doc.Body}
		l.free = append(l.free, f)
		h.Write([]byte(f.Name + "\x00" + f.Title + "\x00"))
	}
	o := render.Options{
		Site: l.site, Forms: l.Forms.Forms(), Free: l.free, Header: l.site.Header.HTML, Footer: l.site.Footer.HTML,
		Nonce: nonce(),
	}
	var found []diag.Diagnostic
	var err error
	if o.Overrides, found, err = render.Overrides(l.files); err != nil {
		return err
	}
	l.found = append(l.found, found...)
	if l.renderer, found, err = render.New(o); err != nil {
		return err
	}
	l.found = append(l.found, found...)
	if l.renderer != nil {
		sum := l.renderer.Fingerprint()
		h.Write(sum[:])
		l.exporter = export.New(l.site, l.Forms.Forms(), l.renderer.Plan.Words)
	}
	h.Sum(l.settings[:0])
	return nil
}

// nonce is a random text, different in every run of the program.
var nonce = sync.OnceValue(rand.Text)

// pageTitle returns the title in a free page's front matter.
func pageTitle(doc *content.Document) string {
	if n := doc.Front.Get("title"); n != nil && n.Text != "" {
		return n.Text
	}
	return pageName(doc.File)
}

// freePages reads the Markdown files at the top of the content.
func (l *Library) freePages() []*content.Document {
	var docs []*content.Document
	for _, page := range l.tree.Pages {
		doc, found := content.ReadDocument(l.files, page.Path)
		l.found = append(l.found, found...)
		if doc != nil {
			l.found = append(l.found, archive.CheckFree(doc)...)
			docs = append(docs, doc)
		}
	}
	return docs
}

// pageName returns a free page's name, which is about for content/about.md.
func pageName(file string) string {
	base := path.Base(file)
	return base[:len(base)-len(path.Ext(base))]
}
