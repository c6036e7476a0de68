//go:build !unix

package output

import (
	"os"
	"path/filepath"
)

// Without inode and change time a stamp proves nothing: ctime stays 0, and
// files are compared by their bytes.

// folder is the output folder; its paths are looked up one by one.
type folder struct{ dir *os.File }

func whole(dir *os.File) folder { return folder{dir} }

func (d *disk) common(dir *os.File, list []entry) folder { return whole(dir) }

func (f folder) release() {}

func lstamp(f folder, path string) (s stamp, regular bool, err error) {
	fi, err := os.Lstat(filepath.Join(f.dir.Name(), filepath.FromSlash(path)))
	if err != nil {
		return stamp{}, false, err
	}
	return stamp{size: fi.Size(), mtime: fi.ModTime().UnixNano()}, fi.Mode().IsRegular(), nil
}

func sameDevice(a, b string) (bool, error) {
	return filepath.VolumeName(a) == filepath.VolumeName(b), nil
}

func moveBetween(from, to *os.Root, name string) error {
	return os.Rename(filepath.Join(from.Name(), name), filepath.Join(to.Name(), name))
}
