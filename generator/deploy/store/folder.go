package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"syscall"

	"annals/generator/beneath"
)

// hidden is the folder in which the files are written before they take their places.
const hidden = ".annals/new"

type folder struct {
	path string
	root *os.Root
}

// NewFolder returns the Store of a folder, which must exist: a target that is
// misspelt makes no folder. Nothing is written outside of it, wherever links lead.
// Whoever opens a file finds its old bytes or its new ones.
func NewFolder(dir string) (Store, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &folder{dir, root}, nil
}

func (f *folder) Get(_ context.Context, key string, limit int64) ([]byte, string, error) {
	if err := beneath.Before("read", f.at(key)); err != nil {
		return nil, "", f.failed("get", key, err)
	}
	// Stat first: opening a pipe would wait for its other end.
	info, err := f.root.Stat(key)
	if err == nil && !info.Mode().IsRegular() {
		err = beneath.ErrIrregular
	}
	var file *os.File
	if err == nil {
		file, err = f.root.Open(key)
	}
	if err != nil {
		return nil, "", f.failed("get", key, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	return data, tag(data), f.failed("get", key, err)
}

func tag(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func (f *folder) Put(ctx context.Context, key string, o Object, c Condition) (string, error) {
	if c != "" && c != Absent {
		data, _, err := f.Get(ctx, key, int64(len(o.Data))+1<<26)
		if errors.Is(err, ErrMissing) || err == nil && tag(data) != string(c) {
			return "", ErrConflict
		} else if err != nil {
			return "", err
		}
	}
	err := f.step("mkdir", key, func() error { return f.root.MkdirAll(path.Dir(key), 0o755) })
	if err == nil && c == Absent {
		// The empty file keeps the place: of two that want it one gets it.
		err = f.step("create", key, func() error {
			file, err := f.root.OpenFile(key, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
			if err != nil {
				return err
			}
			return file.Close()
		})
		if errors.Is(err, fs.ErrExist) {
			return "", ErrConflict
		}
	}
	if err == nil {
		err = f.replace(key, o.Data)
	}
	return tag(o.Data), f.failed("put", key, err)
}

// replace writes a file beside the site and moves it into its place.
func (f *folder) replace(key string, data []byte) error {
	fresh := hidden + "/" + tag([]byte(key))
	err := f.step("mkdir", hidden, func() error { return f.root.MkdirAll(hidden, 0o755) })
	if err == nil {
		err = f.step("write", fresh, func() error { return f.write(fresh, data) })
	}
	if err == nil { // on Windows a file that somebody reads keeps its place for a moment
		err = beneath.Insist("rename", f.at(key), func() error { return f.root.Rename(fresh, key) })
	}
	return err
}

func (f *folder) write(name string, data []byte) error {
	file, err := f.root.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, bytes.NewReader(data))
	return errors.Join(err, file.Chmod(0o644), file.Sync(), file.Close())
}

// Delete removes a file, and the folders that are empty without it.
func (f *folder) Delete(_ context.Context, key string) error {
	err := f.step("remove", key, func() error { return f.root.Remove(key) })
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return f.failed("delete", key, err)
	}
	for dir := path.Dir(key); dir != "." && f.step("rmdir", dir, func() error { return f.root.Remove(dir) }) == nil; {
		dir = path.Dir(dir)
	}
	return nil
}

func (f *folder) Tidy(context.Context) error {
	return f.failed("delete", hidden, f.step("remove", hidden, func() error { return f.root.RemoveAll(hidden) }))
}

// Forget does nothing: a folder keeps no earlier bytes.
func (f *folder) Forget(context.Context, func(string) bool) error { return nil }

func (f *folder) at(key string) string { return filepath.Join(f.path, filepath.FromSlash(key)) }

// step does an operation that changes the disk, after announcing it.
func (f *folder) step(op, key string, do func() error) error {
	if err := beneath.Before(op, f.at(key)); err != nil {
		return err
	}
	return do()
}

func (f *folder) failed(op, key string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return ErrMissing
	}
	return &Error{Op: op, Key: key, Message: line(err.Error(), nil), Err: err}
}
