package output

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// prune removes the files that earlier builds wrote and this one does not have,
// and the folders that are empty then. A file whose bytes are not those of the
// manifest was changed by hand and is left.
func (c *commit) prune() error {
	if len(c.remove) == 0 {
		return nil
	}
	root, err := c.d.disk.openRoot(c.d.opts.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	t := &trail{disk: &c.d.disk, roots: []*os.Root{root}, emptied: []bool{false}}
	for i := 0; i < len(c.remove); {
		// A path is listed more than once if a build was killed: with the bytes
		// of that build, and with those of the build before. Both were written
		// by a build.
		n := i + 1
		for n < len(c.remove) && c.remove[n].path == c.remove[i].path {
			n++
		}
		if err := c.pruneFile(t, c.remove[i:n]); err != nil {
			return errors.Join(err, t.back(0))
		}
		i = n
	}
	return t.back(0)
}

func (c *commit) pruneFile(t *trail, versions []entry) error {
	p := versions[0].path
	dir, name := path.Split(p)
	folder, err := t.to(strings.TrimSuffix(dir, "/"))
	if err != nil || folder == nil {
		return err
	}
	fi, err := c.d.disk.lstat(folder, name)
	if errors.Is(err, fs.ErrNotExist) {
		t.emptied[len(t.emptied)-1] = true
		return nil
	}
	if err != nil {
		return err
	}
	ours := false
	if fi.Mode().IsRegular() {
		for _, e := range versions {
			_, same, err := c.b.holds(whole(c.d.public), e, e.stamp.size)
			if err != nil {
				return err
			}
			ours = ours || same
		}
	}
	if !ours {
		c.left = append(c.left, p)
		return nil
	}
	if c.renamedOnly(p) {
		return nil
	}
	if err := c.d.disk.remove(folder, name); err != nil {
		return err
	}
	c.removed++
	t.emptied[len(t.emptied)-1] = true
	return nil
}

// renamedOnly reports whether a path differs only in letter case from one of
// the site, on a disk where both are the same file.
func (c *commit) renamedOnly(p string) bool {
	other := c.folded[Fold(p)]
	if other == "" {
		return false
	}
	a, aerr := os.Lstat(filepath.Join(c.d.opts.Dir, filepath.FromSlash(p)))
	b, berr := os.Lstat(filepath.Join(c.d.opts.Dir, filepath.FromSlash(other)))
	return aerr == nil && berr == nil && os.SameFile(a, b)
}

// trail opens one folder after the other, never through a link. When it leaves a
// folder that has become empty, it removes the folder.
type trail struct {
	disk    *disk
	names   []string
	roots   []*os.Root // the output folder, then one for each of names
	emptied []bool     // whether a file of the site was removed from the folder, by this build or by one that was killed
}

// to opens a folder, or returns nil if it is not there or is a link.
func (t *trail) to(dir string) (*os.Root, error) {
	var names []string
	if dir != "" {
		names = strings.Split(dir, "/")
	}
	shared := 0
	for shared < len(names) && shared < len(t.names) && names[shared] == t.names[shared] {
		shared++
	}
	if err := t.back(shared); err != nil {
		return nil, err
	}
	for _, name := range names[shared:] {
		here := t.roots[len(t.roots)-1]
		fi, err := t.disk.lstat(here, name)
		if errors.Is(err, fs.ErrNotExist) {
			t.emptied[len(t.emptied)-1] = true
			return nil, nil
		}
		if err == nil && !fi.IsDir() {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		next, err := t.disk.enter(here, name)
		if err != nil {
			return nil, err
		}
		t.names, t.roots, t.emptied = append(t.names, name), append(t.roots, next), append(t.emptied, false)
	}
	return t.roots[len(t.roots)-1], nil
}

// back closes the innermost folders until depth of them are open.
func (t *trail) back(depth int) error {
	var failed error
	for len(t.names) > depth {
		n := len(t.names) - 1
		folder, name := t.roots[n+1], t.names[n]
		empty := false
		if t.emptied[n+1] && failed == nil {
			var list []fs.DirEntry
			list, failed = t.disk.list(folder)
			empty = len(list) == 0 && failed == nil
		}
		folder.Close()
		t.names, t.roots, t.emptied = t.names[:n], t.roots[:n+1], t.emptied[:n+1]
		if empty {
			failed = t.disk.remove(t.roots[n], name)
			t.emptied[n] = true
		}
	}
	return failed
}
