package generator

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"annals/generator/archive"
)

// touched finds the agencies to which the files belong, and the governments
// that are compared with them. All files must be reports and attachments that
// the last Full has read: a new one, one that is gone, or an agency's own file
// may mean anything.
func (b *build) touched(paths []string) ([]*unit, bool) {
	var list []*unit
	add := func(u *unit) {
		if !slices.Contains(list, u) {
			list = append(list, u)
		}
	}
	for _, p := range paths {
		p = filepath.ToSlash(p)
		dir, ok := strings.CutPrefix(p, "content/agencies/")
		if !ok {
			return nil, false
		}
		u := b.owner(dir, p)
		info, err := fs.Lstat(b.files, p)
		if u == nil && errors.Is(err, fs.ErrNotExist) && !b.known(dir) {
			continue // an editor's temporary file, come and gone
		}
		if u == nil || err != nil || !info.Mode().IsRegular() {
			return nil, false
		}
		add(u)
	}
	for _, u := range list {
		for a := u.agency.Parent; a != nil; a = a.Parent {
			if a.Kind == archive.Government {
				add(b.byAgency[a])
				break
			}
		}
	}
	slices.SortStableFunc(list, func(a, b *unit) int { // those below first
		return strings.Count(b.agency.Path, "/") - strings.Count(a.agency.Path, "/")
	})
	return list, true
}

// owner finds the agency of which the file is a report or an attachment.
func (b *build) owner(below, file string) *unit {
	for {
		cut := strings.LastIndexByte(below, '/')
		if cut < 0 {
			return nil
		}
		below = below[:cut]
		u := b.byPath[below]
		if u == nil {
			continue
		}
		for _, f := range u.contentFiles() {
			if f.Path == file && (u.folder.Index == nil || file != u.folder.Index.Path) {
				return u
			}
		}
		return nil
	}
}

// known reports whether an agency's folder, or the _index.md of one, was
// there in the last build.
func (b *build) known(below string) bool {
	_, folder := b.byPath[below]
	_, index := b.byPath[strings.TrimSuffix(below, "/_index.md")]
	return folder || index && strings.HasSuffix(below, "/_index.md")
}
