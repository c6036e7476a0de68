package generator

import (
	"slices"
	"sync"

	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/site"
)

// deadLinks checks the links in Markdown, once all pages are known: those in
// the files of the given agencies, and, if free is set, those in the free
// pages.
func (b *Built) deadLinks(sources []*source, free bool) []diag.Diagnostic {
	var refs []site.Ref
	for _, s := range sources {
		refs = append(refs, b.outcomes[s.index].Refs...)
	}
	if free {
		for _, f := range b.free {
			refs = append(refs, site.Refs(f.Body)...)
		}
	}
	if len(refs) == 0 || b.opt.AsOf != nil { // what was linked to then may not be in the past
		return nil
	}
	attachments := sync.OnceValue(b.attachmentFiles)
	l := site.Links{
		Archive: b.tree(), Free: b.free,
		Has: func(file string) bool { return attachments()[file] },
		Read: func(file string) *content.Body {
			if doc, _, _ := b.reader.document(file); doc != nil {
				return doc.Body
			}
			return nil
		},
	}
	return b.recognise(l.Dead(refs))
}

// attachmentFiles returns the attachments that are published.
func (l *Library) attachmentFiles() map[string]bool {
	files := map[string]bool{}
	for _, s := range l.sources {
		for _, r := range s.folder.Reports {
			for _, a := range r.Attachments {
				files[a.Path] = slices.Contains(l.site.Publish, content.KindOf(a.Path))
			}
		}
	}
	return files
}
