package output

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"

	"annals/generator/beneath"
)

const (
	fileMode = 0o644
	dirMode  = 0o755
)

// disk performs every operation on the files of a site.
type disk struct {
	plain atomic.Bool // a new folder got dirMode, so the umask need not be corrected
}

// mkdirAll makes a folder and those above it, with dirMode whatever the umask.
func (d *disk) mkdirAll(path string) error {
	if err := beneath.Before("mkdir", path); err != nil {
		return err
	}
	err := os.Mkdir(path, dirMode)
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(path) != path {
		if err := d.mkdirAll(filepath.Dir(path)); err != nil {
			return err
		}
		err = os.Mkdir(path, dirMode)
	}
	if err == nil {
		if d.plain.Load() {
			return nil
		}
		if fi, err := os.Lstat(path); err != nil || fi.Mode().Perm() != dirMode {
			return errors.Join(err, os.Chmod(path, dirMode))
		}
		d.plain.Store(true)
		return nil
	}
	if errors.Is(err, fs.ErrExist) {
		if fi, serr := os.Stat(path); serr == nil && fi.IsDir() {
			return nil
		}
		return &os.PathError{Op: "mkdir", Path: path, Err: syscall.ENOTDIR}
	}
	return err
}

// create writes a file that does not exist yet.
func (d *disk) create(path string, data []byte) (stamp, error) {
	if err := beneath.Before("create", path); err != nil {
		return stamp{}, err
	}
	f, err := createNew(path)
	if err != nil {
		return stamp{}, err
	}
	s, err := d.fill(f, data)
	if cerr := f.close(); err == nil {
		err = cerr
	}
	return s, err
}

func (d *disk) fill(f newFile, data []byte) (stamp, error) {
	if err := beneath.Before("write", f.name()); err != nil {
		f.write(data[:len(data)/2]) // a fault injected by a test: a full disk leaves a part of a file
		return stamp{}, err
	}
	if err := f.write(data); err != nil {
		return stamp{}, err
	}
	s, mode, err := f.stamp()
	if err == nil && mode != fileMode {
		if err = f.chmod(fileMode); err == nil {
			s, _, err = f.stamp() // the change time has changed
		}
	}
	return s, err
}

func (d *disk) lstamp(dir folder, path string) (stamp, bool, error) {
	if err := beneath.Before("lstat", path); err != nil {
		return stamp{}, false, err
	}
	return lstamp(dir, path)
}

func (d *disk) read(path string) ([]byte, error) {
	if err := beneath.Before("read", path); err != nil {
		return nil, err
	}
	return beneath.ReadFile(path)
}

// readOf reads a file of the output folder. It reads no more bytes than the
// expected size.
func (d *disk) readOf(dir *beneath.Folder, path string, size int64) ([]byte, error) {
	if err := beneath.Before("read", path); err != nil {
		return nil, err
	}
	if data, ok := dir.ReadRegular(path, size); ok {
		return data, nil
	}
	f, err := dir.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, size+1))
}

func (d *disk) removeAll(path string) error {
	return beneath.Insist("removeall", path, func() error { return os.RemoveAll(path) })
}

func (d *disk) rename(from, to string) error {
	return beneath.Insist("rename", to, func() error { return os.Rename(from, to) })
}

// appendTo adds data to an open file in one write.
func (d *disk) appendTo(f *os.File, data []byte) error {
	if err := beneath.Before("append", f.Name()); err != nil {
		f.Write(data[:len(data)/2])
		return err
	}
	_, err := f.Write(data)
	return err
}

// The operations below act on one name in an open folder.

func (d *disk) openRoot(path string) (*os.Root, error) {
	if err := beneath.Before("open", path); err != nil {
		return nil, err
	}
	return os.OpenRoot(path)
}

func (d *disk) enter(r *os.Root, name string) (*os.Root, error) {
	if err := beneath.Before("open", filepath.Join(r.Name(), name)); err != nil {
		return nil, err
	}
	return r.OpenRoot(name)
}

func (d *disk) list(r *os.Root) ([]fs.DirEntry, error) {
	if err := beneath.Before("list", r.Name()); err != nil {
		return nil, err
	}
	f, err := r.Open(".")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

func (d *disk) lstat(r *os.Root, name string) (fs.FileInfo, error) {
	if err := beneath.Before("lstat", filepath.Join(r.Name(), name)); err != nil {
		return nil, err
	}
	return r.Lstat(name)
}

func (d *disk) remove(r *os.Root, name string) error {
	return beneath.Insist("remove", filepath.Join(r.Name(), name), func() error { return r.Remove(name) })
}

func (d *disk) move(from, to *os.Root, name string) error {
	path := filepath.Join(to.Name(), name)
	return beneath.Insist("rename", path, func() error {
		return beneath.PathError("rename", path, moveBetween(from, to, name))
	})
}

// isNotDir reports that a file stands where a path needs a folder.
func isNotDir(err error) bool { return errors.Is(err, syscall.ENOTDIR) }
