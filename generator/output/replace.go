package output

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"syscall"

	"annals/generator/beneath"
)

// ErrChanged says that a source was changed by another program after it was
// read.
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
	fi, err := holdsBytes(dir, base, was)
	if err != nil {
		return beneath.PathError("replace", name, err)
	}
	t, err := writeNew(dir, name, base, now, fi.Mode().Perm())
	if err != nil {
		return err
	}
	defer t.Cleanup()
	// Writing and syncing take long enough for an editor to save: look again.
	if _, err := holdsBytes(dir, base, was); err != nil {
		return beneath.PathError("replace", name, err)
	}
	return putInPlace(dir, name, t)
}

// writeNew writes a file that will take the place of the one of a name, to the
// disk.
func writeNew(dir *os.Root, name, base string, data []byte, mode fs.FileMode) (*pendingFile, error) {
	if err := beneath.Before("create", name); err != nil {
		return nil, err
	}
	t, err := newPending(dir, base, mode)
	if err != nil {
		return nil, beneath.PathError("create", name, err)
	}
	if err = beneath.Before("write", name); err != nil {
		data = data[:len(data)/2] // a test's fault: what a full disk leaves
	}
	_, werr := t.Write(data)
	if err = errors.Join(err, werr, beneath.Before("sync", name)); err == nil {
		err = t.Sync()
	}
	if err != nil {
		return nil, beneath.PathError("write", name, errors.Join(err, t.Cleanup()))
	}
	return t, nil
}

// putInPlace gives a file that was written the place of the old one.
func putInPlace(dir *os.Root, name string, t *pendingFile) error {
	if err := beneath.Before("rename", name); err != nil {
		return err
	}
	if err := t.CloseAtomicallyReplace(); err != nil {
		return beneath.PathError("rename", name, err)
	}
	return syncFolder(dir, name)
}

// openFolder opens the folder of a file below root. If mode is not 0 it creates the
// folder with that mode.
func openFolder(root, name string, mode fs.FileMode) (dir *os.Root, base string, err error) {
	folder, base := filepath.Split(filepath.FromSlash(name))
	dir, err = beneath.Root(root, filepath.Clean(folder), mode)
	return dir, base, err
}

// holdsBytes returns the FileInfo of a plain file that holds the bytes in was,
// and an error for any other.
func holdsBytes(dir *os.Root, name string, was []byte) (fs.FileInfo, error) {
	fi, err := dir.Lstat(name)
	switch {
	case err != nil:
		return nil, err
	case fi.Mode()&fs.ModeSymlink != 0:
		return nil, beneath.ErrLink
	case !fi.Mode().IsRegular():
		return nil, beneath.ErrIrregular
	}
	if err := beneath.Before("open", name); err != nil {
		return nil, err
	}
	f, err := dir.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if opened, err := f.Stat(); err != nil || !os.SameFile(fi, opened) {
		return nil, errors.Join(err, ErrChanged)
	}
	have, err := io.ReadAll(io.LimitReader(f, int64(len(was))+1))
	if err == nil && !bytes.Equal(have, was) {
		err = ErrChanged
	}
	return fi, err
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
	t, err := writeNew(dir, name, base, data, mode)
	if err != nil {
		return err
	}
	defer t.Cleanup()
	if err := beneath.Before("link", name); err != nil {
		return err
	}
	// A rename would replace a file of this name that another program has made
	// since; a hard link fails instead.
	err = dir.Link(filepath.Base(t.Name()), base)
	switch {
	case err == nil:
		return syncFolder(dir, name)
	case errors.Is(err, fs.ErrExist):
		return beneath.PathError("create", name, fs.ErrExist)
	}
	// A file system without hard links.
	if _, err := dir.Lstat(base); !errors.Is(err, fs.ErrNotExist) {
		return beneath.PathError("create", name, fs.ErrExist)
	}
	return putInPlace(dir, name, t)
}

// RenameFile gives a source below root another name in the same folder, in one
// step. Names are separated by slashes. No link is followed on the way.
func RenameFile(root, from, to string) error {
	dir, base, err := openFolder(root, from, 0)
	if err != nil {
		return err
	}
	defer dir.Close()
	if err := beneath.Before("rename", to); err != nil {
		return err
	}
	if err := dir.Rename(base, path.Base(to)); err != nil {
		return beneath.PathError("rename", to, err)
	}
	return syncFolder(dir, to)
}

// RemoveFile removes a source below root, or a link in its place. No link is
// followed on the way.
func RemoveFile(root, name string) error {
	dir, base, err := openFolder(root, name, 0)
	if err != nil {
		return err
	}
	defer dir.Close()
	if err := beneath.Before("remove", name); err != nil {
		return err
	}
	return beneath.PathError("remove", name, dir.Remove(base))
}

// syncFolder syncs the folder that contains a file, so that the file's name is
// on the disk. Systems that cannot sync folders return various errors, which
// are ignored; only a full or broken disk (isFailure) is an error.
func syncFolder(dir *os.Root, name string) error {
	f, err := dir.Open(".")
	if err != nil {
		return beneath.PathError("sync", name, err)
	}
	defer f.Close()
	if err = beneath.Before("sync", f.Name()); err == nil {
		err = f.Sync()
	}
	if isFailure(err) {
		return beneath.PathError("sync", name, err)
	}
	return nil
}

// isFailure reports that a disk is full or broken.
func isFailure(err error) bool {
	return errors.Is(err, syscall.EIO) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EROFS)
}
