package output

import (
	"crypto/rand"
	"os"
	"path/filepath"

	"annals/generator/beneath"
)

// pendingFile replaces renameio, which does not support Windows, as well as Windows
// can do it.
type pendingFile struct {
	*os.File
	dir  *os.Root
	name string
}

func newPending(dir *os.Root, name string, mode os.FileMode) (*pendingFile, error) {
	f, err := dir.OpenFile("."+name+rand.Text(), os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, err
	}
	return &pendingFile{f, dir, name}, nil
}

func (p *pendingFile) Cleanup() error {
	p.Close()
	return p.dir.Remove(filepath.Base(p.Name()))
}

func (p *pendingFile) CloseAtomicallyReplace() error {
	if err := p.Sync(); err != nil {
		return err
	}
	if err := p.Close(); err != nil {
		return err
	}
	return beneath.Insist("rename", p.name, func() error { return p.dir.Rename(filepath.Base(p.Name()), p.name) })
}
