package output

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"annals/generator/beneath"
)

// ErrChanged says that a source was changed by somebody else meanwhile.
var ErrChanged = errors.New("the file was changed meanwhile")

// ReplaceFile gives a source below root new bytes in one step: whoever reads
// the file, at any moment and after a power cut, finds the old bytes or the
// new ones. Its mode stays. If the file does not hold the bytes in was any
// more, an editor has saved it since it was read: it is left alone, with an
// error that is ErrChanged. No link is followed, at no part of the name, which
// is separated by slashes.
func ReplaceFile(root, name string, was, now []byte) error {
	dir, base, err := openFolder(root, name, 0)
	if err != nil {
		return err
	}
	defer dir.Close()
	if err := holdsBytes(dir, base, was); err != nil {
		return err
	}
	fi, err := dir.Lstat(base)
	if err != nil {
		return err
	}
	t, err := newPending(dir, base, fi.Mode().Perm())
	if err != nil {
		return err
	}
	defer t.Cleanup()
	if _, err := t.Write(now); err != nil {
		return err
	}
	// Writing and syncing take long enough for an editor to save: look again.
	if err := t.Sync(); err != nil {
		return err
	}
	if err := holdsBytes(dir, base, was); err != nil {
		return err
	}
	if err := t.CloseAtomicallyReplace(); err != nil {
		return err
	}
	return syncFolder(dir)
}

// openFolder opens the folder that holds a file below root, and makes it with
// the mode if that is not 0.
func openFolder(root, name string, mode fs.FileMode) (dir *os.Root, base string, err error) {
	folder, base := filepath.Split(filepath.FromSlash(name))
	dir, err = beneath.Root(root, filepath.Clean(folder), mode)
	return dir, base, err
}

func holdsBytes(dir *os.Root, name string, was []byte) error {
	fi, err := dir.Lstat(name)
	if err != nil {
		return err
	}
	if !fi.Mode().IsRegular() {
		return pathError("replace", name, "not a plain file")
	}
	f, err := dir.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if opened, err := f.Stat(); err != nil || !os.SameFile(fi, opened) {
		return errors.Join(err, &os.PathError{Op: "replace", Path: name, Err: ErrChanged})
	}
	have, err := io.ReadAll(io.LimitReader(f, int64(len(was))+1))
	if err != nil {
		return err
	}
	if !bytes.Equal(have, was) {
		return &os.PathError{Op: "replace", Path: name, Err: ErrChanged}
	}
	return nil
}

// CreateFile makes a source below root that does not exist yet, whole or not
// at all. An existing file is left alone, with an error that is fs.ErrExist.
// Missing folders are made, root too. No link is followed, at no part of the
// name, which is separated by slashes.
func CreateFile(root, name string, data []byte, mode fs.FileMode) error {
	if err := os.MkdirAll(root, dirMode); err != nil {
		return err
	}
	dir, base, err := openFolder(root, name, dirMode)
	if err != nil {
		return err
	}
	defer dir.Close()
	t, err := newPending(dir, base, mode)
	if err != nil {
		return err
	}
	defer t.Cleanup()
	if _, err := t.Write(data); err != nil {
		return err
	}
	if err := t.Sync(); err != nil {
		return err
	}
	// A rename would replace a file that somebody made meanwhile; a link does not.
	err = dir.Link(filepath.Base(t.Name()), base)
	if errors.Is(err, fs.ErrExist) {
		return &os.PathError{Op: "create", Path: name, Err: fs.ErrExist}
	}
	if err != nil { // a file system without hard links
		if _, serr := dir.Lstat(base); !errors.Is(serr, fs.ErrNotExist) {
			return &os.PathError{Op: "create", Path: name, Err: fs.ErrExist}
		}
		if err := t.CloseAtomicallyReplace(); err != nil {
			return err
		}
	}
	return syncFolder(dir)
}

// RemoveFile removes a source below root, or a link in its place. No link is
// followed on the way.
func RemoveFile(root, name string) error {
	dir, base, err := openFolder(root, name, 0)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Remove(base)
}

// syncFolder writes the names of a folder to the disk. Systems that cannot say
// so in various ways; the files in it are synced.
func syncFolder(dir *os.Root) error {
	f, err := dir.Open(".")
	if err != nil {
		return err
	}
	f.Sync()
	return f.Close()
}

// syncFile writes a file to the disk.
func syncFile(path string) error {
	f, err := beneath.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
