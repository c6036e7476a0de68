package output

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrChanged says that a source was changed by somebody else meanwhile.
var ErrChanged = errors.New("the file was changed meanwhile")

// ReplaceFile gives a source new bytes in one step: whoever reads the file, at
// any moment and after a power cut, finds the old bytes or the new ones. Its
// mode stays. If the file does not hold the bytes in was any more, an editor
// has saved it since it was read: it is left alone, with an error that is
// ErrChanged. A symbolic link is not followed.
func ReplaceFile(path string, was, now []byte) error {
	if err := holdsBytes(path, was); err != nil {
		return err
	}
	fi, err := os.Lstat(path)
	if err != nil {
		return err
	}
	t, err := newPending(path, fi.Mode().Perm())
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
	if err := holdsBytes(path, was); err != nil {
		return err
	}
	if err := t.CloseAtomicallyReplace(); err != nil {
		return err
	}
	return syncFile(filepath.Dir(path))
}

func holdsBytes(path string, was []byte) error {
	fi, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if !fi.Mode().IsRegular() {
		return pathError("replace", path, "not a plain file")
	}
	have, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if !bytes.Equal(have, was) {
		return &os.PathError{Op: "replace", Path: path, Err: ErrChanged}
	}
	return nil
}

// CreateFile makes a source that does not exist yet, whole or not at all. An
// existing file is left alone, with an error that is fs.ErrExist. Missing
// folders are made.
func CreateFile(path string, data []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return err
	}
	t, err := newPending(path, fileMode)
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
	err = os.Link(t.Name(), path)
	if errors.Is(err, fs.ErrExist) {
		return &os.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	if err != nil { // a file system without hard links
		if _, serr := os.Lstat(path); !errors.Is(serr, fs.ErrNotExist) {
			return &os.PathError{Op: "create", Path: path, Err: fs.ErrExist}
		}
		if err := t.CloseAtomicallyReplace(); err != nil {
			return err
		}
	}
	return syncFile(dir)
}

// syncFile writes a file, or the names of a folder, to the disk. Systems that
// cannot sync a folder say so in various ways; the file in it is synced.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	err = f.Sync()
	if fi, serr := f.Stat(); serr == nil && fi.IsDir() {
		return nil
	}
	return err
}
