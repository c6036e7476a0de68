package generator

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"annals/generator/archive"
	"annals/generator/site"
)

// globalPages makes what spans the archive. It comes in two groups, each kept
// while nothing has changed that it is made from: pages and data files are
// made from the agencies and the entries of their reports, the search index
// from the agencies' parts of it. A corrected word leaves the first alone, a
// corrected number the second.
func (b *build) globalPages() error {
	if ok, err := b.out.Keep(pagesGroup, b.pagesKey()); err != nil {
		return err
	} else if !ok {
		if err := b.pages(); err != nil {
			return err
		}
	}
	ok, err := b.out.Keep(searchGroup, b.searchKey())
	if err != nil {
		return err
	}
	if ok {
		b.store.KeepAll(shardPrefix)
		return nil
	}
	b.opt.stage("search")
	index := b.out.Group(searchGroup, b.searchKey())
	if err := b.searchIndex(index); err != nil {
		return err
	}
	return index.Close()
}

const (
	pagesGroup  = "pages"
	searchGroup = "search"
)

func (b *build) pages() error {
	in := b.archive()
	group := b.out.Group(pagesGroup, b.pagesKey())
	b.opt.stage("pages")
	if err := b.renderer.Global(in, b.free, b.opt.workers(), group.Stage); err != nil {
		return err
	}
	b.opt.stage("data")
	files, forms, err := b.exporter.Global(in, b.free, b.opt.workers(), group.Stage)
	if err != nil {
		return err
	}
	if err := b.renderer.Data(files, forms, group.Stage); err != nil {
		return err
	}
	return group.Close()
}

// pagesKey is the hash of all that pages and data files are made from.
func (b *build) pagesKey() string {
	h := sha256.New()
	h.Write(b.settings[:])
	for _, f := range b.free {
		sum := sha256.Sum256(f.Body.Source)
		h.Write(sum[:])
	}
	for _, u := range b.units {
		h.Write([]byte(u.agency.Path + "\x00"))
		a := *u.agency
		m := remembered{agency: a, entries: u.entries}
		h.Write(m.encode())
	}
	return hex.EncodeToString(h.Sum(nil))
}

// searchKey is the hash of all that the search index is made from.
func (b *build) searchKey() string {
	h := sha256.New()
	h.Write(b.settings[:])
	for _, u := range b.units {
		h.Write([]byte(u.agency.Path + "\x00"))
		sum := u.part.Sum()
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// archive is what the pages that span it are made from.
func (b *build) archive() *site.Archive {
	years := map[int]bool{}
	in := &site.Archive{
		Forms:   b.forms.Forms(),
		Reports: func(a *archive.Agency) []archive.Entry { return b.byAgency[a].entries },
	}
	for _, u := range b.units {
		if u.agency.Parent == nil {
			in.Roots = append(in.Roots, u.agency)
		}
		for i := range u.entries {
			years[u.entries[i].Year] = true
		}
	}
	in.Years = slices.Sorted(maps.Keys(years))
	return in
}
