package serve

import (
	"io/fs"
	"sync"
)

// swap is a site that a test replaces while it is served.
type swap struct {
	mu   sync.Mutex
	site fs.FS
}

func (s *swap) set(site fs.FS) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.site = site
}

func (s *swap) Open(name string) (fs.File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.site.Open(name)
}
