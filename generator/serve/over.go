package serve

import (
	"bytes"
	"io/fs"
	"path"
	"sync"
	"time"
)

// Over is a file system in which files in memory take precedence over those of
// another one.
type Over struct {
	under fs.FS
	mu    sync.Mutex
	files map[string][]byte
}

// NewOver returns an Over of under, without files in memory.
func NewOver(under fs.FS) *Over { return &Over{under: under} }

// Set replaces all files in memory at once. A path with nil bytes does not
// exist, even if the other file system has it.
func (o *Over) Set(files map[string][]byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.files = files
}

// Open opens a file, from memory if it is there.
func (o *Over) Open(name string) (fs.File, error) {
	o.mu.Lock()
	data, ok := o.files[name]
	o.mu.Unlock()
	switch {
	case !ok:
		return o.under.Open(name)
	case data == nil:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &memory{bytes.NewReader(data), path.Base(name)}, nil
}

// memory is an open file in memory, and its file information.
type memory struct {
	*bytes.Reader
	name string
}

func (m *memory) Stat() (fs.FileInfo, error) { return m, nil }
func (m *memory) Close() error               { return nil }
func (m *memory) Name() string               { return m.name }
func (m *memory) Mode() fs.FileMode          { return 0o444 }
func (m *memory) ModTime() time.Time         { return time.Time{} }
func (m *memory) IsDir() bool                { return false }
func (m *memory) Sys() any                   { return nil }
