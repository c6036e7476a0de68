package generator

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"

	"annals/generator/archive"
	"annals/generator/config"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/form"
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
	found    []diag.Diagnostic
}

// unit is an agency with its folder, and what remains of it when its work is done.
type unit struct {
	agency  *archive.Agency
	folder  *content.Folder
	found   []diag.Diagnostic
	entries []*archive.Entry
}

// load walks the content and reads the settings, the forms and the agencies.
func load(ctx context.Context, opt Options) (*project, error) {
	if _, err := os.Stat(path.Join(opt.Dir, "content")); err != nil {
		return nil, err
	}
	p := &project{opt: opt, files: os.DirFS(opt.Dir)}
	p.tree, p.found = content.Walk(p.files)
	var found []diag.Diagnostic
	p.site, found = config.Load(p.files)
	p.found = append(p.found, found...)
	if opt.BaseURL != "" {
		if !p.site.SetBaseURL(opt.BaseURL) {
			return nil, fmt.Errorf("base URL %q: an absolute http or https address is needed", opt.BaseURL)
		}
	}
	p.forms, found = form.Load(p.files)
	p.found = append(p.found, found...)
	return p, p.agencies(ctx)
}

// agencies reads every _index.md and links the agencies into their tree.
func (p *project) agencies(ctx context.Context) error {
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
		u.readAgency(p.files)
		return nil
	})
	p.byAgency = make(map[*archive.Agency]*unit, len(p.units))
	for i, u := range p.units {
		p.byAgency[u.agency] = u
		if parents[i] >= 0 {
			parent := p.units[parents[i]].agency
			u.agency.Parent = parent
			parent.Children = append(parent.Children, u.agency)
		}
	}
	return err
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
	u.agency, found = archive.ReadAgency(u.folder.Path, doc)
	u.found = append(u.found, found...)
}
