package output

import (
	"errors"
	"path/filepath"
	"slices"

	"annals/generator/beneath"
)

// ErrUnfinished says that a folder is not what a build left there: none was made,
// or one was killed, is running or was of another program.
var ErrUnfinished = errors.New("the folder does not hold a finished build")

// ErrAltered says that a file of the output is no longer what the build wrote.
var ErrAltered = errors.New("the file is not the one that the build wrote")

// Placed is what the last build left in its output folder.
type Placed struct {
	Paths []string // sorted

	folder  *beneath.Folder
	digests digester
	entries map[string]entry
	disk    disk
}

// OpenPlaced reads what the last build left. It takes no lock: whoever reads the
// files while another build runs is told so, by ErrUnfinished or ErrAltered.
func OpenPlaced(dir, state string) (*Placed, error) {
	dir, err1 := filepath.Abs(dir)
	state, err2 := filepath.Abs(state)
	rel, err3 := filepath.Rel(state, dir)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	l, err := loadManifest(&disk{}, state, filepath.ToSlash(rel))
	if err != nil {
		return nil, err
	}
	if !l.intact || len(l.pending) > 0 || len(l.groups) == 0 {
		return nil, ErrUnfinished
	}
	p := &Placed{digests: l.digests, entries: map[string]entry{}}
	for _, g := range l.groups {
		list, err := g.list.decode()
		if err != nil {
			return nil, ErrUnfinished
		}
		for _, e := range list {
			p.Paths = append(p.Paths, e.path)
			p.entries[e.path] = e
		}
	}
	slices.Sort(p.Paths)
	p.folder, err = beneath.Open(dir)
	return p, err
}

// Read returns the bytes of a file, which are those that the build wrote: anything
// else is ErrAltered, also a file that is gone.
func (p *Placed) Read(path string) ([]byte, error) {
	e := p.entries[path]
	data, err := p.disk.readOf(p.folder, path, e.stamp.size)
	if err != nil || p.digests.of(data) != e.hash {
		return nil, beneath.PathError("read", path, errors.Join(ErrAltered, err))
	}
	return data, nil
}

// Close releases the folder.
func (p *Placed) Close() error { return p.folder.Close() }

// Hold keeps a file of the state folder locked, for one process at a time, until
// release is called or the process ends in whatever way. If another one has it, the
// error is a *LockedError.
func Hold(path, holder string) (release func() error, err error) {
	l, err := acquire(path, holder, 0)
	if err != nil {
		return nil, err
	}
	return l.release, nil
}
