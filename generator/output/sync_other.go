//go:build !linux

package output

import (
	"io/fs"
	"os"
	"path/filepath"
)

// syncAll writes the files of a folder to the disk, one by one where the
// system has no call for all of them.
func syncAll(dir string) error {
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return err
		}
		defer f.Close()
		return f.Sync()
	})
}
