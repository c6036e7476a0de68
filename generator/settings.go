package generator

import (
	"crypto/rand"
	"crypto/sha256"

	"annals/generator/cache"
	"annals/generator/config"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/render"
	"annals/generator/site"
)

// layouts reads the free pages and compiles the layouts, and hashes all that
// every page depends on.
func (p *project) layouts() error {
	h := sha256.New()
	program := cache.Program()
	h.Write(program[:])
	if data, _ := files.Read(p.files, config.File, files.MaxText); data != nil {
		h.Write(data)
	}
	h.Write([]byte("\x00" + p.opt.BaseURL + "\x00"))
	for _, f := range p.tree.Forms {
		if data, _ := files.Read(p.files, f.Path, files.MaxText); data != nil {
			h.Write([]byte(f.Path + "\x00"))
			h.Write(data)
		}
	}
	for _, doc := range p.freePages() {
		f := &site.Free{Name: pageName(doc.File), File: doc.File, Title: pageTitle(doc), Body: doc.Body}
		p.free = append(p.free, f)
		h.Write([]byte(f.Name + "\x00" + f.Title + "\x00"))
	}
	o := render.Options{
		Site: p.site, Forms: p.forms.Forms(), Free: p.free, Header: p.site.Header.HTML, Footer: p.site.Footer.HTML,
		Nonce: rand.Text(),
	}
	var found []diag.Diagnostic
	var err error
	if o.Overrides, found, err = render.Overrides(p.files); err != nil {
		return err
	}
	p.found = append(p.found, found...)
	if p.renderer, found, err = render.New(o); err != nil {
		return err
	}
	p.found = append(p.found, found...)
	if p.renderer != nil {
		sum := p.renderer.Fingerprint()
		h.Write(sum[:])
	}
	h.Sum(p.settings[:0])
	return nil
}

// pageTitle is the title in a free page's front matter.
func pageTitle(doc *content.Document) string {
	if n := doc.Front.Get("title"); n != nil && n.Text != "" {
		return n.Text
	}
	return pageName(doc.File)
}
