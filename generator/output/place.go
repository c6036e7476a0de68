package output

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// check looks, before anything is changed, for files and folders that would prevent
// placing the staged files. blocked reports whether files that are to be removed are
// in the place of new folders, or the reverse; then these must be removed first.
func (c *commit) check(placing bool) (blocked bool, err error) {
	if !placing {
		return false, nil
	}
	err = c.eachTop(func(stage, public *os.Root, name string) error {
		return c.walk(stage, public, "", name, &blocked)
	})
	return blocked, err
}

// place moves the staged files into the output.
func (c *commit) place() error {
	err := c.eachTop(func(stage, public *os.Root, name string) error {
		return c.walk(stage, public, "", name, nil)
	})
	slices.Sort(c.moved)
	return err
}

// eachTop calls f for the names at the top of the stage: first the folders of
// Options.First, then other folders, then files.
func (c *commit) eachTop(f func(stage, public *os.Root, name string) error) error {
	stage, err := c.d.disk.openRoot(c.d.stage)
	if err != nil {
		return err
	}
	defer stage.Close()
	public, err := c.d.disk.openRoot(c.d.opts.Dir)
	if err != nil {
		return err
	}
	defer public.Close()
	list, err := c.inOrder(stage, c.d.opts.First)
	if err != nil {
		return err
	}
	for _, e := range list {
		if err := f(stage, public, e.Name()); err != nil {
			return err
		}
	}
	return nil
}

// inOrder lists a staged folder, with folders before files, so that a page is placed
// after the pages below it. The folders in first come first.
func (c *commit) inOrder(stage *os.Root, first []string) ([]fs.DirEntry, error) {
	list, err := c.d.disk.list(stage)
	if err != nil {
		return nil, err
	}
	rank := func(e fs.DirEntry) int {
		switch {
		case slices.Contains(first, e.Name()):
			return 0
		case e.IsDir():
			return 1
		}
		return 2
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a.Name(), b.Name())
	})
	return list, nil
}

// walk moves one staged name to its place in the output. If blocked is set it only
// checks whether that is possible.
func (c *commit) walk(stage, public *os.Root, above, name string, blocked *bool) error {
	at := path.Join(above, name)
	staged, err := c.d.disk.lstat(stage, name)
	if err != nil {
		return err
	}
	there, err := c.d.disk.lstat(public, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if blocked != nil {
			return nil
		}
		if staged.IsDir() {
			c.moved = append(c.moved, at)
		}
		return c.d.disk.move(stage, public, name)
	case err != nil:
		return err
	case there.Mode()&fs.ModeSymlink != 0:
		return pathError("place", at, "a symbolic link stands in the way")
	case staged.IsDir() != there.IsDir():
		if blocked != nil && c.removes(at) {
			*blocked = true
			return nil
		}
		return pathError("place", at, "a file and a folder stand in each other's way")
	case !staged.IsDir() && !there.Mode().IsRegular():
		return pathError("place", at, "something that is no plain file stands in the way")
	case !staged.IsDir():
		if blocked != nil {
			return nil
		}
		return c.d.disk.move(stage, public, name)
	}
	from, err := c.d.disk.enter(stage, name)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := c.d.disk.enter(public, name)
	if err != nil {
		return err
	}
	defer to.Close()
	list, err := c.inOrder(from, nil)
	if err != nil {
		return err
	}
	for _, e := range list {
		if err := c.walk(from, to, at, e.Name(), blocked); err != nil {
			return err
		}
	}
	return nil
}

// removes reports whether the file at a path, or any below it, is to be removed.
func (c *commit) removes(at string) bool {
	return slices.ContainsFunc(c.remove, func(e entry) bool {
		return e.path == at || strings.HasPrefix(e.path, at+"/")
	})
}
