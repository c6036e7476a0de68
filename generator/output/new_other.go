//go:build !unix

package output

import "os"

// newFile is a file that is being written.
type newFile struct{ *os.File }

// createNew makes a file that does not exist yet.
func createNew(path string) (newFile, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, fileMode)
	return newFile{f}, err
}

func (f newFile) name() string { return f.Name() }

func (f newFile) write(data []byte) error {
	_, err := f.Write(data)
	return err
}

func (f newFile) stamp() (stamp, os.FileMode, error) {
	fi, err := f.Stat()
	if err != nil {
		return stamp{}, 0, err
	}
	return stamp{size: fi.Size(), mtime: fi.ModTime().UnixNano()}, fileMode, nil
}

func (f newFile) chmod(mode os.FileMode) error { return f.Chmod(mode) }

func (f newFile) close() error { return f.Close() }
