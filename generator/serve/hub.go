package serve

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Update is what a rebuild has done.
type Update struct {
	Changed     []string // files of the site that were written
	All         bool     // too many to name: every page reloads
	Diagnostics []Item   // of the whole content, in place of those before
	Held        bool     // for their sake the site is still what it was
}

// Item is a diagnostic as the overlay shows it.
type Item struct {
	File     string `json:"file"`
	Line     int    `json:"line"`   // from 1; 0 is the file as a whole
	Column   int    `json:"column"` // from 1
	Severity string `json:"severity"`
	Rule     string `json:"rule"`
	Message  string `json:"message"`
	Page     string `json:"page"` // the page it is about, as a path from the site's root, or ""
}

// hub passes updates on to the open event streams. A stream holds what its
// page has yet to learn, not a queue: a browser that does not read costs no
// memory.
type hub struct {
	boot string // tells this run of the server from those before

	mu          sync.Mutex
	generation  int // counts the updates that changed files
	diagnostics []Item
	held        bool
	streams     map[*stream]bool
	closed      bool
}

type stream struct {
	page   string        // file of the page that listens; "" for one that is not in the site
	wake   chan struct{} // holds one token while there is something to tell
	reload bool
	report bool
}

func newHub(boot string) *hub {
	return &hub{boot: boot, streams: map[*stream]bool{}, diagnostics: []Item{}}
}

// Publish tells the open pages about a rebuild: those that changed or are gone
// reload, and all show the diagnostics.
func (s *Server) Publish(u Update) { s.hub.publish(u, s.isFile) }

func (h *hub) publish(u Update, there func(name string) bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	changed := u.All || len(u.Changed) > 0
	if changed {
		h.generation++
	}
	said := !slices.Equal(h.diagnostics, u.Diagnostics) || h.held != u.Held
	h.diagnostics, h.held = append([]Item{}, u.Diagnostics...), u.Held
	for s := range h.streams {
		s.reload = s.reload || changed && (u.All || s.affected(u.Changed) || !there(s.page))
		s.report = s.report || said
		if s.reload || s.report {
			s.signal()
		}
	}
}

func (s *stream) signal() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// affected reports whether a page has to be loaded again after files changed:
// if it is one of them, lies beside one, or may use one, as it may any style,
// script or picture. Other pages and their data twins do not concern it.
func (s *stream) affected(changed []string) bool {
	if s.page == "" {
		return true
	}
	return slices.ContainsFunc(changed, func(name string) bool {
		if name == s.page {
			return true
		}
		switch strings.ToLower(path.Ext(name)) {
		case ".html":
			return false
		case ".json", ".csv", ".xlsx", ".docx", ".xml", ".txt", ".pdf", ".ofd":
			return path.Dir(name) == path.Dir(s.page)
		}
		return true
	})
}

// version names the state of the files: which run, which generation.
func (h *hub) version() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.versionLocked()
}

func (h *hub) versionLocked() string { return h.boot + "-" + strconv.Itoa(h.generation) }

func (h *hub) items() (list []Item, held bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.diagnostics, h.held
}

// join adds a stream for a page that was loaded at a version. It returns nil
// when there are too many, or the server ends.
func (h *hub) join(page, since string) *stream {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || len(h.streams) >= maxStreams {
		return nil
	}
	s := &stream{page: page, wake: make(chan struct{}, 1), reload: since != h.versionLocked(), report: true}
	s.signal()
	h.streams[s] = true
	return s
}

func (h *hub) leave(s *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.streams, s)
}

// take returns what a stream has to tell, once; ok is false at the end.
func (h *hub) take(s *stream) (version string, reload, report, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	reload, report = s.reload, s.report
	s.reload, s.report = false, false
	return h.versionLocked(), reload, report, !h.closed
}

func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for s := range h.streams {
		s.signal()
	}
}
