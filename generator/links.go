package generator

import (
	"sync"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/site"
)

// deadLinks judges the links that stand in Markdown, once all pages are
// known: those of the units, and of the free pages where these are asked for.
func (p *project) deadLinks(units []*unit, free bool) []diag.Diagnostic {
	var refs []site.Ref
	for _, u := range units {
		refs = append(refs, u.refs...)
	}
	if free {
		for _, f := range p.free {
			refs = append(refs, site.Refs(f.Body)...)
		}
	}
	if len(refs) == 0 {
		return nil
	}
	attachments := sync.OnceValue(p.attachmentFiles)
	l := site.Links{
		Archive: p.archive(), Free: p.free,
		Has: func(file string) bool { return attachments()[file] },
		Read: func(file string) *content.Body {
			if doc, _ := content.ReadDocument(p.files, file); doc != nil {
				return doc.Body
			}
			return nil
		},
	}
	return l.Dead(refs)
}

func (p *project) attachmentFiles() map[string]bool {
	files := map[string]bool{}
	for _, u := range p.units {
		for _, r := range u.folder.Reports {
			for _, a := range r.Attachments {
				files[a.Path] = true
			}
		}
	}
	return files
}

// links gathers the unit's links for deadLinks.
func (u *unit) links(reports []*archive.Report) {
	u.refs = site.Refs(u.agency.Body)
	for _, r := range reports {
		u.refs = append(u.refs, site.Refs(r.Body)...)
	}
}
