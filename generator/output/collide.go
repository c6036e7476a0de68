package output

import (
	"fmt"
	"hash/maphash"
	"maps"
	"path"
	"slices"
	"strings"
)

// claim records which group has a path; claims are looked up by a hash of the
// folded path. A million reports have five million paths, so a claim is small
// and holds no pointers, which the garbage collector would have to follow.
type claim struct {
	exact uint64 // hash of the path as it is written
	group int32  // of the groups in the order of their names
	dir   bool
}

// compareNames checks that no two paths of the whole site are the same file on
// a disk that ignores letter case. It also finds the paths to remove that are
// the same file as a path of the site on such a disk (commit.folded).
func (c *commit) compareNames(gone []string) error {
	old := c.d.manifest.groups
	claims := map[uint64]claim{}
	names := map[string]records{}
	for name, g := range c.b.groups {
		names[name] = g.now.list
	}
	tops, err := c.tops(gone)
	if err != nil {
		return err
	}
	order := slices.Sorted(maps.Keys(names))
	for i, name := range order {
		list, err := names[name].decode()
		if err != nil {
			return err
		}
		lastDir := "."
		for _, e := range list {
			if !tops[Fold(top(e.path))] {
				continue
			}
			for dir := path.Dir(e.path); dir != "." && dir != lastDir; dir = path.Dir(dir) {
				if have := c.claim(claims, int32(i), dir, true); have != nil {
					return collision(e, dir, name, order[have.group], names[order[have.group]])
				}
			}
			lastDir = path.Dir(e.path)
			if have := c.claim(claims, int32(i), e.path, false); have != nil {
				return collision(e, e.path, name, order[have.group], names[order[have.group]])
			}
		}
	}
	candidates := slices.Clone(c.d.manifest.pending)
	for _, name := range gone {
		candidates = append(candidates, old[name].list)
	}
	for _, g := range c.b.groups {
		if !g.sameNames {
			candidates = append(candidates, g.old.list)
		}
	}
	for _, list := range candidates {
		entries, err := list.decode()
		if err != nil {
			continue // a damaged list is not trusted, so nothing in it is removed
		}
		for _, e := range entries {
			have, ok := claims[maphash.String(c.seed, Fold(e.path))]
			if ok && !have.dir && have.exact == maphash.String(c.seed, e.path) || CheckPath(e.path) != nil {
				continue
			}
			if ok && !have.dir {
				c.noteFolded(e.path, names[order[have.group]])
			}
			if e.staged {
				e.stamp = stamp{size: e.stamp.size}
			}
			c.remove = append(c.remove, e)
		}
	}
	slices.SortStableFunc(c.remove, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	return nil
}

// tops are the top-level folders, folded, in which a name was added or removed
// since the last build. Only names below these are compared: the last build has
// compared the names below all other folders, and a name below one folder
// cannot equal a name below another.
func (c *commit) tops(gone []string) (map[string]bool, error) {
	set := map[string]bool{}
	note := func(list records) error {
		entries, err := list.decode()
		for _, e := range entries {
			set[Fold(top(e.path))] = true
		}
		return err
	}
	for _, g := range c.b.groups {
		if g.sameNames {
			continue
		}
		if err := note(g.now.list); err != nil {
			return nil, err
		}
		_ = note(g.old.list) // a damaged list is ignored here too
	}
	for _, name := range gone {
		_ = note(c.d.manifest.groups[name].list)
	}
	for _, list := range c.d.manifest.pending {
		_ = note(list)
	}
	return set, nil
}

// top returns the first component of a path.
func top(p string) string {
	if i := strings.IndexByte(p, '/'); i >= 0 {
		return p[:i]
	}
	return p
}

func (c *commit) noteFolded(p string, list records) {
	entries, _ := list.decode()
	for _, e := range entries {
		if Fold(e.path) == Fold(p) {
			c.folded[Fold(p)] = e.path
		}
	}
}

// claim records a path, of a file or of one of the folders above a file, for a
// group, or returns the earlier claim that conflicts with it.
func (c *commit) claim(claims map[uint64]claim, group int32, p string, dir bool) *claim {
	key, exact := maphash.String(c.seed, Fold(p)), maphash.String(c.seed, p)
	have, taken := claims[key]
	if !taken {
		claims[key] = claim{exact, group, dir}
		return nil
	}
	if dir && have.dir && have.exact == exact {
		return nil
	}
	return &have
}

// collision returns the error for two files that cannot both exist: e, and the
// file of the list whose path, or a folder of it, equals p when folded; p is
// the path of e or of a folder above e.
func collision(e entry, p string, group string, other string, list records) error {
	entries, _ := list.decode()
	for _, o := range entries {
		if o.path != e.path && (Fold(o.path) == Fold(p) || strings.HasPrefix(Fold(o.path), Fold(p)+"/")) {
			return &CollisionError{Paths: [2]string{o.path, e.path}, Groups: [2]string{other, group}}
		}
	}
	return &CollisionError{Paths: [2]string{e.path, e.path}, Groups: [2]string{other, group}}
}

// CollisionError says that two paths of the site cannot both exist on some
// disks: they differ only in letter case, or one needs a folder where the other
// is a file.
type CollisionError struct {
	Paths  [2]string
	Groups [2]string // the groups that make them
}

func (e *CollisionError) Error() string {
	return fmt.Sprintf("two files of the site are one on some disks: %s (made by %s) and %s (made by %s)",
		e.Paths[0], e.Groups[0], e.Paths[1], e.Groups[1])
}
