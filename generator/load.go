package generator

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"sync"

	"annals/generator/archive"
	"annals/generator/cache"
	"annals/generator/config"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/form"
	"annals/generator/mentions"
	"annals/generator/release"
	"annals/generator/snapshot"
	"annals/generator/wording"
)

// load walks the content and reads the settings, the forms, the layouts and
// the agencies. store is the cache of the last build; it may be nil.
func load(ctx context.Context, opt Options, store *cache.Store) (*Library, error) {
	if opt.AsOf == nil {
		return loadFrom(ctx, opt, store, nil)
	}
	now := opt
	now.AsOf, now.Size = nil, nil
	l, err := loadFrom(ctx, now, nil, nil)
	if err != nil || l.record.Broken || l.renderer == nil {
		return l, err // which says why there is no past
	}
	past, err := l.past(*opt.AsOf)
	if err != nil {
		return nil, err
	}
	return loadFrom(ctx, opt, nil, past)
}

// loadFrom is load of another folder than the one on the disk, if it is not nil.
func loadFrom(ctx context.Context, opt Options, store *cache.Store, folder fs.FS) (*Library, error) {
	if _, err := os.Lstat(path.Join(opt.Dir, "content")); err != nil {
		return nil, err
	}
	if folder == nil {
		var err error
		if folder, err = files.Dir(opt.Dir); err != nil {
			return nil, err
		}
	}
	l := &Library{mentions: &mentions.Engines{}, opt: opt, files: folder}
	l.years = sync.OnceValue(l.findYears)
	l.tree, l.found = content.Walk(l.files)
	if opt.Size != nil {
		reports := 0
		for f := range l.tree.Folders {
			reports += len(f.Reports)
		}
		opt.Size(reports)
	}
	var found []diag.Diagnostic
	l.site, found = config.Load(l.files)
	for _, d := range found {
		if !reported(l.found, d) { // the walk has reported symbolic links and pipes already
			l.found = append(l.found, d)
		}
	}
	if opt.BaseURL != "" {
		if !l.site.SetBaseURL(opt.BaseURL) {
			return nil, fmt.Errorf("base URL %q: an absolute http or https address is needed", opt.BaseURL)
		}
	}
	l.found = append(l.found, l.site.Refused()...)
	l.Forms, found = form.Load(l.files)
	l.found = append(l.found, found...)
	l.publishes()
	if err := l.layouts(); err != nil {
		return nil, err
	}
	if err := l.agencies(ctx, store); err != nil {
		return nil, err
	}
	l.boilerplates()
	l.found = append(l.found, l.aliasesOnce()...)
	l.list()
	l.record, found = release.Read(l.files, l.tree.Releases)
	l.record.Forms = l.Forms
	if l.opt.Release != nil {
		l.record.Making = l.opt.Release.Program
	}
	l.words = wording.New(l.Forms)
	l.found = append(append(l.found, found...), l.record.Place(l.Agencies)...)
	return l, nil
}

// reported reports whether a list has the diagnostic already.
func reported(list []diag.Diagnostic, d diag.Diagnostic) bool {
	return slices.ContainsFunc(list, func(other diag.Diagnostic) bool {
		return other.Rule == d.Rule && other.Place == d.Place
	})
}

// agencies reads every _index.md and links the agencies into their tree.
func (l *Library) agencies(ctx context.Context, store *cache.Store) error {
	var folders []*content.Folder
	var parents []int // by folder: the index of the one above, or -1
	var visit func(f *content.Folder, parent int)
	visit = func(f *content.Folder, parent int) {
		me := len(folders)
		folders, parents = append(folders, f), append(parents, parent)
		for _, c := range f.Children {
			visit(c, me)
		}
	}
	for _, f := range l.tree.Agencies {
		visit(f, -1)
	}
	l.sources = make([]*source, len(folders))
	err := each(ctx, l.opt.workers(), folders, func(i int, f *content.Folder) error {
		l.sources[i] = readSource(l.files, f, lastOf(store, f.Path, l.Forms))
		l.sources[i].index = i
		return nil
	})
	if err != nil { // not all of them are read
		return err
	}
	l.indexOf = make(map[*archive.Agency]int, len(folders))
	l.indexAt = make(map[string]int, len(folders))
	for i, s := range l.sources {
		l.indexOf[s.agency], l.indexAt[s.agency.Path] = i, i
		if parents[i] >= 0 {
			parent := l.sources[parents[i]].agency
			s.agency.Parent = parent
			parent.Children = append(parent.Children, s.agency)
		}
	}
	return nil
}

// lastOf returns the last build's snapshot of an agency, or nil.
func lastOf(store *cache.Store, path string, forms *form.Set) *snapshot.Agency {
	if store == nil {
		return nil
	}
	r, ok := store.Get(path)
	if !ok {
		return nil
	}
	last, ok := snapshot.Decode(r.Small, forms)
	if !ok {
		return nil
	}
	last.Blob = r
	return last
}

// readSource determines an agency's name, kind and settings: from its snapshot
// if its _index.md is unchanged and has no text, which snapshots do not
// contain, and otherwise by reading the file. A folder without _index.md, which
// the walk has reported, becomes an agency named by its path, so that its
// reports are still checked.
func readSource(fsys fs.FS, folder *content.Folder, last *snapshot.Agency) *source {
	s := &source{folder: folder, last: last}
	known := false
	if last != nil {
		s.files, known = snapshot.Identify(fsys, folder, last.Files)
	}
	if !known {
		s.files = snapshot.Stamps(folder)
	}
	switch {
	case folder.Index == nil:
		s.agency = &archive.Agency{Path: folder.Path, Name: folder.Path, Kind: archive.Department}
	case known && last.Plain && sameFile(s.files, last.Files, folder.Index.Path):
		a := last.Agency
		a.Path, a.File = folder.Path, folder.Index.Path
		s.agency, s.found = &a, last.Found
	default:
		s.readIndex(fsys)
	}
	return s
}

// sameFile reports whether a file is known to hold what it held before.
func sameFile(now, before snapshot.Files, path string) bool {
	x, known := now.Sum(path)
	y, ok := before.Sum(path)
	return known && ok && x == y
}

func (s *source) readIndex(fsys fs.FS) {
	s.agency = &archive.Agency{Path: s.folder.Path, Name: s.folder.Path, Kind: archive.Department}
	doc, found := content.ReadDocument(fsys, s.folder.Index.Path)
	s.found = found
	if doc == nil {
		return
	}
	s.files.Saw(doc.File, doc.Hash)
	s.agency, found = archive.ReadAgency(s.folder.Path, doc)
	s.found = append(s.found, found...)
}
