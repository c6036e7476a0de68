package generator

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"

	"annals/generator/archive"
	"annals/generator/cache"
	"annals/generator/config"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/form"
	"annals/generator/render"
	"annals/generator/site"
)

// project is what the archive as a whole has set: everything that is known
// before the first report is read.
type project struct {
	opt      Options
	files    fs.FS // the folder that holds content/
	tree     *content.Tree
	site     *config.Site
	forms    *form.Set
	units    []*unit // in the order of their paths
	byAgency map[*archive.Agency]*unit
	byPath   map[string]*unit
	found    []diag.Diagnostic // about none of the agencies

	renderer *render.Renderer // nil where a layout has a mistake
	free     []*site.Free
	settings [32]byte // hash of what the whole archive has set, and of the program
}

// unit is an agency with its folder, and what remains of it when its work is done.
type unit struct {
	agency  *archive.Agency
	folder  *content.Folder
	found   []diag.Diagnostic // about the agency itself
	reports []diag.Diagnostic // about its reports
	entries []archive.Entry   // of published reports, in ascending years

	refs     []site.Ref // links in its Markdown
	files    []fileHash // of the folder, as far as they are known
	restless bool       // a file changed while it was being read
	memo     *remembered
	key      cache.Key
	part     cache.Record // what the search index has of it
}

// load walks the content and reads the settings, the forms and the agencies.
func load(ctx context.Context, opt Options, store *cache.Store) (*project, error) {
	if _, err := os.Lstat(path.Join(opt.Dir, "content")); err != nil {
		return nil, err
	}
	folder, err := files.Dir(opt.Dir)
	if err != nil {
		return nil, err
	}
	p := &project{opt: opt, files: folder}
	p.tree, p.found = content.Walk(p.files)
	if opt.Size != nil {
		reports := 0
		for f := range p.tree.Folders {
			reports += len(f.Reports)
		}
		opt.Size(reports)
	}
	var found []diag.Diagnostic
	p.site, found = config.Load(p.files)
	for _, d := range found {
		if !toldOf(p.found, d) { // the walk tells of links and pipes
			p.found = append(p.found, d)
		}
	}
	if opt.BaseURL != "" {
		if !p.site.SetBaseURL(opt.BaseURL) {
			return nil, fmt.Errorf("base URL %q: an absolute http or https address is needed", opt.BaseURL)
		}
	}
	p.forms, found = form.Load(p.files)
	p.found = append(p.found, found...)
	if err := p.layouts(); err != nil {
		return nil, err
	}
	return p, p.agencies(ctx, store)
}

// agencies reads every _index.md and links the agencies into their tree.
func (p *project) agencies(ctx context.Context, store *cache.Store) error {
	var parents []int // by unit: the index of the one above, or -1
	var visit func(f *content.Folder, parent int)
	visit = func(f *content.Folder, parent int) {
		p.units = append(p.units, &unit{folder: f})
		parents = append(parents, parent)
		me := len(p.units) - 1
		for _, c := range f.Children {
			visit(c, me)
		}
	}
	for _, f := range p.tree.Agencies {
		visit(f, -1)
	}
	err := each(ctx, p.opt.workers(), p.units, func(_ int, u *unit) error {
		u.memo = p.remembered(u, store)
		if u.memo != nil {
			u.identify(p.files, u.memo)
		}
		if u.sameIndex() {
			a := u.memo.agency
			a.Path, a.File = u.folder.Path, u.folder.Index.Path
			u.agency = &a
			return nil
		}
		if u.files == nil {
			u.stamps()
		}
		u.readAgency(p.files)
		return nil
	})
	if err != nil { // not all of them are read
		return err
	}
	p.byAgency = make(map[*archive.Agency]*unit, len(p.units))
	p.byPath = make(map[string]*unit, len(p.units))
	for i, u := range p.units {
		p.byAgency[u.agency] = u
		p.byPath[u.agency.Path] = u
		if parents[i] >= 0 {
			parent := p.units[parents[i]].agency
			u.agency.Parent = parent
			parent.Children = append(parent.Children, u.agency)
		}
	}
	return nil
}

// readAgency reads the folder's _index.md. A folder without one, which the
// walk has told, stands under its path, so that its reports are still checked.
func (u *unit) readAgency(files fs.FS) {
	u.agency = &archive.Agency{Path: u.folder.Path, Name: u.folder.Path, Kind: archive.Department}
	if u.folder.Index == nil {
		return
	}
	doc, found := content.ReadDocument(files, u.folder.Index.Path)
	u.found = append(u.found, found...)
	if doc == nil {
		return
	}
	u.saw(doc.File, doc.Hash)
	u.agency, found = archive.ReadAgency(u.folder.Path, doc)
	u.found = append(u.found, found...)
}

// remembered returns the unit's record of the last build, or nil.
func (p *project) remembered(u *unit, store *cache.Store) *remembered {
	if store == nil {
		return nil
	}
	r, ok := store.Get(u.folder.Path)
	if !ok {
		return nil
	}
	m := new(remembered)
	if m.decode(r.Small, p.forms) != nil {
		return nil
	}
	return m
}

// sameIndex reports whether the agency can be taken from the record: its
// _index.md is as it was, and has no text that a page would need.
func (u *unit) sameIndex() bool {
	if u.memo == nil || len(u.files) == 0 || u.folder.Index == nil || !u.memo.plain {
		return false
	}
	for _, f := range u.memo.files {
		if f.path == u.files[0].path {
			return f.sum == u.files[0].sum && f.path == u.folder.Index.Path
		}
	}
	return false
}
