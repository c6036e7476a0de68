package output

import (
	"os"
	"path/filepath"
)

// pendingFile does what renameio does on the other systems, as nearly as
// Windows can.
type pendingFile struct {
	*os.File
	path string
}

func newPending(path string, mode os.FileMode) (*pendingFile, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path))
	if err != nil {
		return nil, err
	}
	return &pendingFile{f, path}, nil
}

func (p *pendingFile) Cleanup() error {
	p.Close()
	return os.Remove(p.Name())
}

func (p *pendingFile) CloseAtomicallyReplace() error {
	if err := p.Sync(); err != nil {
		return err
	}
	if err := p.Close(); err != nil {
		return err
	}
	return os.Rename(p.Name(), p.path)
}
