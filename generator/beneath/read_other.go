//go:build !unix

package beneath

import (
	"io/fs"
	"os"
	"path/filepath"
)

// ReadRegular always returns false here: the caller then reads through Open.
// The fast way exists on Unix only.
func (f *Folder) ReadRegular(string, int64) ([]byte, bool) { return nil, false }

// open checks each part of the name for links before it opens the file, and
// checks the file again afterwards; os.Root makes sure that a link put there in
// between cannot lead out of the folder.
func (f *Folder) open(name string) (*os.File, error) {
	if firstLink(f.root, name) != "" {
		return nil, ErrLink
	}
	before, err := f.root.Lstat(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	if !before.IsDir() && !before.Mode().IsRegular() {
		return nil, ErrIrregular
	}
	file, err := f.root.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	after, err := file.Stat()
	if err == nil && !os.SameFile(before, after) {
		err = &fs.PathError{Op: "open", Path: name, Err: ErrLink}
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

func (f *Folder) openDir(name string) (*os.File, error) { return f.open(name) }
