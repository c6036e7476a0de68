package output

import (
	"errors"
	"hash/maphash"
	"maps"
	"path"
	"slices"
	"time"
)

// Stats say what a Commit did.
type Stats struct {
	Written   int      // files that are new or have new bytes
	Unchanged int      // files that were not touched
	Removed   int      // files of the last build that are gone
	Left      []string // files of an earlier build that are gone from the site, but changed by hand since, and so were left
}

// Commit puts the site in place. When it fails before it has begun to place
// (a collision of paths, a link in the way, too much to remove) the output is
// as it was; when it fails later each file is the old or the new one, and the
// next build completes the work.
func (b *Build) Commit() (Stats, error) {
	d := b.d
	if !d.running {
		return Stats{}, errors.New("output: the build has ended")
	}
	stats, err := b.commit()
	return stats, errors.Join(err, d.discard())
}

func (b *Build) commit() (Stats, error) {
	var stats Stats
	c := &commit{b: b, d: b.d, seed: maphash.MakeSeed(), changed: map[string]group{}, folded: map[string]string{}}
	sameNames := true
	for _, name := range slices.Sorted(maps.Keys(b.groups)) {
		g := b.groups[name]
		if err := g.Close(); err != nil {
			return stats, err
		}
		stats.Written += g.written
		stats.Unchanged += g.unchanged
		sameNames = sameNames && g.sameNames
		if !g.same {
			c.changed[name] = g.now
		}
	}
	if b.err != nil {
		return stats, b.err
	}
	gone := b.goneGroups()
	if !sameNames || len(gone) > 0 || len(b.d.manifest.pending) > 0 {
		if err := c.compareNames(gone); err != nil {
			return stats, err
		}
	}
	if b.Guard != nil && len(c.remove) > 0 {
		if err := b.Guard(c.gone(), b.d.manifest.paths); err != nil {
			return stats, err
		}
	}
	if b.Ready != nil {
		if err := b.Ready(); err != nil {
			return stats, err
		}
	}
	if len(c.changed) == 0 && len(gone) == 0 && len(c.remove) == 0 && len(b.d.manifest.pending) == 0 && b.d.manifest.intact {
		return stats, nil
	}
	err := c.apply(stats.Written > 0, gone)
	stats.Removed, stats.Left = c.removed, c.left
	return stats, err
}

// goneGroups names the groups of the last build that are not in this one.
func (b *Build) goneGroups() []string {
	var gone []string
	for name := range b.d.manifest.groups {
		if _, has := b.groups[name]; !has {
			gone = append(gone, name)
		}
	}
	slices.Sort(gone)
	return gone
}

// commit is the work of one Commit.
type commit struct {
	b       *Build
	d       *Dir
	seed    maphash.Seed
	changed map[string]group // the groups that the manifest has to list anew

	remove  []entry           // files of earlier builds that are not in this one, by path
	moved   []string          // folders that were moved as a whole, by path, with a slash at the end
	folded  map[string]string // of a path to remove, folded: the one of the site that is equal when folded
	removed int
	left    []string
}

// gone lists the paths that are to be removed, each once: a build that was
// killed may have left several entries for the same path.
func (c *commit) gone() []string {
	list := make([]string, len(c.remove))
	for i, e := range c.remove {
		list[i] = e.path
	}
	return slices.Compact(list)
}

func (c *commit) apply(placing bool, gone []string) error {
	l := c.d.manifest
	blocked, err := c.check(placing)
	if err != nil {
		return err
	}
	if placing {
		if err := l.intend(c.changed); err != nil {
			return err
		}
	}
	if blocked {
		if err := c.prune(); err != nil {
			return err
		}
	}
	if placing {
		if err := c.place(); err != nil {
			return err
		}
	}
	if !blocked {
		if err := c.prune(); err != nil {
			return err
		}
	}
	if err := c.restamp(); err != nil {
		return err
	}
	return l.record(c.changed, gone)
}

// restamp records the stamps of the files that were renamed one by one, because
// a rename changes a file's change time. A file that was moved with its folder
// keeps its change time.
func (c *commit) restamp() error {
	now := time.Now()
	for name, g := range c.changed {
		list, err := g.list.decode()
		if err != nil {
			return err
		}
		for i := range list {
			e := &list[i]
			if !e.staged {
				continue
			}
			e.staged = false
			if !c.movedWhole(e.path) {
				s, _, err := c.d.disk.lstamp(whole(c.d.public), e.path)
				if err != nil {
					return err
				}
				if s.inode != e.stamp.inode || s.mtime != e.stamp.mtime || s.size != e.stamp.size {
					s = stamp{size: e.stamp.size} // the file was replaced since: this stamp proves nothing
				}
				e.stamp = s
			}
			e.stamp = e.stamp.settled(now)
		}
		g.list = encode(list)
		c.changed[name] = g
	}
	return nil
}

func (c *commit) movedWhole(p string) bool {
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if _, ok := slices.BinarySearch(c.moved, dir); ok {
			return true
		}
	}
	return false
}
