package output

import (
	"errors"
	"io/fs"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"annals/generator/beneath"
)

// Build collects the files of a site until Commit. Its methods may be called
// by many goroutines at once.
type Build struct {
	// Guard is called by Commit before any file is touched, if files of earlier
	// builds are to be removed. gone are the paths to remove, sorted, each
	// once; was yields the paths of the whole site as the last build left it.
	// If Guard returns an error, Commit returns that error and leaves the
	// output unchanged. A nil Guard allows every removal.
	Guard func(gone []string, was iter.Seq[string]) error

	// Ready is called by Commit once nothing but the disk can keep the site from
	// being put in place, before any file is touched. If it returns an error, Commit
	// returns that error and leaves the output unchanged.
	Ready func() error

	d    *Dir
	cold bool // the output folder is empty: nothing to compare with

	mu     sync.Mutex
	groups map[string]*Group
	err    error
}

// Begin starts a build of the whole site: Commit removes the groups of the last
// build that were neither made (Group) nor kept (Keep), with all their files.
func (d *Dir) Begin() (*Build, error) {
	if d.running {
		return nil, errors.New("output: a build is running already")
	}
	b := &Build{d: d, groups: map[string]*Group{}}
	if err := d.disk.removeAll(d.stage); err != nil {
		return nil, err
	}
	if err := d.disk.mkdirAll(d.stage); err != nil {
		return nil, err
	}
	root, err := d.disk.openRoot(d.opts.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	names, err := d.disk.list(root)
	if err != nil {
		return nil, err
	}
	if d.folder, err = beneath.Open(d.opts.Dir); err != nil {
		return nil, err
	}
	d.folder.Hidden = true
	d.public = d.folder.Dir()
	b.cold = !slices.ContainsFunc(names, func(e fs.DirEntry) bool { return e.Name() != ".gitkeep" && e.Name() != stageName })
	d.running = true
	return b, nil
}

// Group is a group of files that one caller makes, such as an agency's pages.
type Group struct {
	b   *Build
	key string
	old group
	had map[string]entry // the old entries by path

	mu        sync.Mutex
	list      []entry
	folder    string // of the stage: the last one in which a file was made
	closed    bool
	now       group
	written   int
	unchanged int
	sameNames bool // the group holds the paths of the last build, no other
	same      bool // the group's entry in the manifest stays as it is
}

// Group starts a group. The name identifies the group from build to build and
// may be used once in a build; the key is the caller's hash of everything that
// the group is made from.
func (b *Build) Group(name, key string) *Group {
	g := &Group{b: b, key: key, old: b.d.manifest.groups[name]}
	if list, err := g.old.list.decode(); err == nil && len(list) > 0 {
		g.had = make(map[string]entry, len(list))
		for _, e := range list {
			g.had[e.path] = e
		}
	}
	b.add(name, g)
	return g
}

func (b *Build) add(name string, g *Group) {
	b.mu.Lock()
	_, twice := b.groups[name]
	b.groups[name] = g
	b.mu.Unlock()
	if twice {
		b.fail(errors.New("output: the group " + name + " was made twice"))
	}
}

// fail records the first error of the build and returns err. A site that lacks
// a file must not be committed, even by a caller that overlooked the error.
func (b *Build) fail(err error) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err == nil {
		b.err = err
	}
	return err
}

// Keep takes a group over from the last build, if it was made with the same
// key and every file of it still holds the bytes that were written. If not, it
// returns false and the caller has to make the group.
func (b *Build) Keep(name, key string) (bool, error) {
	old, ok := b.d.manifest.groups[name]
	if !ok || old.key != key {
		return false, nil
	}
	list, err := old.list.decode()
	if err != nil {
		return false, nil
	}
	same := true
	near := b.d.disk.common(b.d.public, list)
	defer near.release()
	for i, e := range list {
		s, ok, err := b.holds(near, e, e.stamp.size)
		if err != nil {
			return false, b.fail(err)
		}
		if !ok {
			return false, nil
		}
		if s != e.stamp || e.staged {
			list[i].stamp, list[i].staged, same = s, false, false
		}
	}
	g := &Group{b: b, old: old, now: old, closed: true, unchanged: len(list), sameNames: true, same: same}
	if !same {
		g.now.list = encode(list)
	}
	b.add(name, g)
	return true, nil
}

// holds reports whether the file of the entry has the bytes of the entry, and
// returns the file's stamp. It reads the file only if the stamp differs from
// the entry's or proves nothing.
func (b *Build) holds(near folder, e entry, size int64) (stamp, bool, error) {
	began := time.Now()
	s, regular, err := b.d.disk.lstamp(near, e.path)
	switch {
	case isAbsent(err):
		return stamp{}, false, nil
	case err != nil:
		return stamp{}, false, err
	case e.stamp.proves(s):
		return s, true, nil
	case !regular || s.size != size:
		return stamp{}, false, nil
	}
	have, err := b.d.disk.readOf(b.d.folder, e.path, size)
	if isAbsent(err) || errors.Is(err, beneath.ErrLink) {
		return stamp{}, false, nil
	}
	if err != nil || b.d.manifest.digests.of(have) != e.hash {
		return stamp{}, false, err
	}
	return s.settled(began), true, nil
}

// isAbsent reports that no file is at a path, also because a file stands
// where a folder would be.
func isAbsent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || isNotDir(err)
}

// granule is more than the coarsest step of the clocks that file systems use
// for their times.
const granule = int64(20 * time.Millisecond)

// settled returns s. If the file was written so shortly before now that another
// write could get the same times, only the size is kept, so that the stamp
// proves nothing.
func (s stamp) settled(now time.Time) stamp {
	if s.ctime > now.UnixNano()-granule {
		return stamp{size: s.size}
	}
	return s
}

// Stage adds a file to the group. It does not keep data. A path that CheckPath
// refuses, or that was staged before, is an error. After an error of Stage the
// build can only be aborted: Commit returns the same error.
func (g *Group) Stage(path string, data []byte) error {
	if err := g.stage(path, data); err != nil {
		return g.b.fail(err)
	}
	return nil
}

func (g *Group) stage(path string, data []byte) error {
	if err := CheckPath(path); err != nil {
		return err
	}
	e := entry{path: path, hash: g.b.d.manifest.digests.of(data)}
	unchanged, err := g.compare(&e, int64(len(data)))
	if err != nil {
		return err
	}
	if !unchanged {
		if err := g.put(&e, data); err != nil {
			return err
		}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return pathError("stage", path, "the group is closed")
	}
	g.list = append(g.list, e)
	if unchanged {
		g.unchanged++
	} else {
		if staged := g.b.d.opts.Staged; staged != nil {
			staged(path)
		}
		g.written++
	}
	return nil
}

func (g *Group) compare(e *entry, size int64) (bool, error) {
	if g.b.cold {
		return false, nil
	}
	if old, ok := g.had[e.path]; ok && old.hash == e.hash {
		e.stamp = old.stamp
	}
	s, same, err := g.b.holds(whole(g.b.d.public), *e, size)
	e.stamp = s
	return same, err
}

// put writes a file into the stage, which mirrors the output's folders.
func (g *Group) put(e *entry, data []byte) error {
	d := g.b.d
	path := d.stage + string(filepath.Separator) + filepath.FromSlash(e.path)
	dir := filepath.Dir(path)
	g.mu.Lock()
	known := g.folder == dir
	g.mu.Unlock()
	var s stamp
	var err error
	if !known {
		err = d.disk.mkdirAll(dir)
	}
	if err == nil {
		s, err = d.disk.create(path, data)
	}
	if err == nil && !known {
		g.mu.Lock()
		g.folder = dir
		g.mu.Unlock()
	}
	if errors.Is(err, fs.ErrExist) || isNotDir(err) {
		return pathError("stage", e.path, "two files of the site have this path, or one has it as a folder")
	}
	e.stamp, e.staged = s, true
	return err
}

// Close ends the group: it frees what only staging needs. Commit closes the
// groups that are still open.
func (g *Group) Close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return nil
	}
	g.closed = true
	slices.SortFunc(g.list, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	for i := 1; i < len(g.list); i++ {
		if g.list[i].path == g.list[i-1].path {
			return g.b.fail(pathError("stage", g.list[i].path, "two files of the site have this path"))
		}
	}
	g.now = group{g.key, encode(g.list)}
	g.sameNames = len(g.list) == len(g.had)
	for _, e := range g.list {
		if _, ok := g.had[e.path]; !ok {
			g.sameNames = false
		}
	}
	g.same = g.now.key == g.old.key && string(g.now.list) == string(g.old.list)
	g.list, g.had = nil, nil
	return nil
}

// Abort ends the build and leaves the output as it was.
func (b *Build) Abort() error {
	if !b.d.running {
		return nil
	}
	return b.d.discard()
}
