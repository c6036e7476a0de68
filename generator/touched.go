package generator

import (
	"bytes"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"annals/generator/archive"
	"annals/generator/beneath"
	"annals/generator/content"
	"annals/generator/site"
	"annals/generator/snapshot"
)

// Touched finds the agencies to which the named files belong; names are
// relative to the archive's folder. It returns false unless all are reports or
// attachments that the archive already has: a new or removed file, or an
// _index.md, may affect any page.
func (b *Built) Touched(names []string) ([]*archive.Agency, bool) {
	var list []*archive.Agency
	for _, name := range names {
		name = filepath.ToSlash(name)
		dir, ok := strings.CutPrefix(name, "content/agencies/")
		if !ok {
			return nil, false
		}
		s := b.owner(dir, name)
		info, err := fs.Lstat(b.files, name)
		if errors.Is(err, beneath.ErrHidden) || s == nil && errors.Is(err, fs.ErrNotExist) && !b.known(dir) {
			continue // an editor's temporary file, a hidden file, or one that was made and removed
		}
		if s == nil || err != nil || !info.Mode().IsRegular() {
			return nil, false
		}
		if !slices.Contains(list, s.agency) {
			list = append(list, s.agency)
		}
	}
	return list, true
}

// owner finds the agency of which the file is a report or an attachment.
func (l *Library) owner(below, file string) *source {
	for {
		cut := strings.LastIndexByte(below, '/')
		if cut < 0 {
			return nil
		}
		below = below[:cut]
		s := l.at(below)
		if s == nil {
			continue
		}
		if s.owns(file) && (s.folder.Index == nil || file != s.folder.Index.Path) {
			return s
		}
		return nil
	}
}

// owns reports whether a file is one of the agency's folder.
func (s *source) owns(file string) bool {
	return slices.ContainsFunc(snapshot.Folder(s.folder), func(f content.File) bool { return f.Path == file })
}

// known reports whether an agency's folder, or the _index.md of one, is there.
func (l *Library) known(below string) bool {
	index, isIndex := strings.CutSuffix(below, "/_index.md")
	return l.at(below) != nil || isIndex && l.at(index) != nil
}

// Rejudge reads and checks the agencies anew, and the governments above them
// whose compared figures have changed. It returns the new state of the archive
// and the data of the agencies' pages; b is not changed.
func (b *Built) Rejudge(agencies []*archive.Agency) (*Built, []*site.Agency) {
	sources := make([]*source, len(agencies))
	for i, a := range agencies {
		sources[i] = b.of(a)
	}
	next := &Built{Library: b.Library, reader: b.reader, outcomes: slices.Clone(b.outcomes)}
	pages, done := next.rejudge(sources, b)
	for _, d := range b.siteFound {
		if !slices.ContainsFunc(done, func(s *source) bool { return s.owns(d.Place.File) }) {
			next.siteFound = append(next.siteFound, d)
		}
	}
	next.siteFound = append(next.siteFound, next.deadLinks(done, false)...)
	for _, d := range b.acrossFound { // those about a file that changed wait for the whole build
		if !slices.ContainsFunc(done, func(s *source) bool { return s.owns(d.Place.File) && next.differs(b, s, d.Place.File) }) {
			next.acrossFound = append(next.acrossFound, d)
		}
	}
	return next, pages
}

// differs reports whether an agency's file has changed since another build read it.
func (b *Built) differs(before *Built, s *source, file string) bool {
	now, _ := b.outcomes[s.index].Files.Sum(file)
	was, _ := before.settle(s).Files.Sum(file)
	return now != was
}

// rejudge judges the agencies in work and the governments above them anew. It
// goes on to the government above any agency whose entries differ from those in
// before.
func (b *Built) rejudge(work []*source, before *Built) (pages []*site.Agency, done []*source) {
	for _, s := range work {
		work = append(work, b.above(s)...)
	}
	for len(work) > 0 {
		s := slices.MaxFunc(work, func(x, y *source) int { return depth(x) - depth(y) }) // those below first
		work = slices.DeleteFunc(work, func(x *source) bool { return x == s })
		for _, c := range b.reporting(s) {
			if b.outcomes[c.index] == nil {
				b.outcomes[c.index] = before.settle(c)
			}
		}
		page, o := b.judge(s)
		if !sameEntries(before.settle(before.sources[s.index]).Entries, o.Entries) {
			work = append(work, b.above(s)...)
		}
		b.outcomes[s.index] = o
		pages, done = append(pages, page), append(done, s)
	}
	return pages, done
}

// settle returns the outcome of an agency. If there is none yet, it first
// settles the agencies below it and then judges the agency.
func (b *Built) settle(s *source) *snapshot.Outcome {
	if b.outcomes[s.index] == nil {
		for _, c := range b.reporting(s) {
			b.settle(c)
		}
		_, b.outcomes[s.index] = b.judge(s)
	}
	return b.outcomes[s.index]
}

// above returns the government that an agency's figures are part of, if any.
func (l *Library) above(s *source) []*source {
	for a := s.agency.Parent; a != nil; a = a.Parent {
		if a.Kind == archive.Government {
			return []*source{l.of(a)}
		}
	}
	return nil
}

func depth(s *source) int { return strings.Count(s.agency.Path, "/") }

func sameEntries(x, y []archive.Entry) bool {
	return slices.EqualFunc(x, y, func(x, y archive.Entry) bool {
		return bytes.Equal(x.Append(nil), y.Append(nil))
	})
}

// Render makes the files of an agency's pages and passes them to emit.
// Attachments, which are copied unchanged and may be large, are passed to
// copied.
func (b *Built) Render(pages *site.Agency, emit, copied site.Emit) error {
	return b.agencyFiles(pages, emit, copied)
}

// Renders reports whether there are layouts to render with.
func (b *Built) Renders() bool { return b.renderer != nil }

// Folder lists the files of an agency's folder.
func (l *Library) Folder(a *archive.Agency) *content.Folder { return l.of(a).folder }
