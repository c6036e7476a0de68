package serve

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"annals/generator/sitemap"
)

// Update is the result of a rebuild.
type Update struct {
	Changed     []string // files of the site that were written
	All         bool     // too many to name: every page reloads
	Diagnostics []Item   // of the whole content; they replace all earlier ones
	Held        bool     // because of errors the site was not changed
}

// Item is a diagnostic as the overlay shows it.
type Item struct {
	File     string `json:"file"`
	Line     int    `json:"line"`   // from 1; 0 is the file as a whole
	Column   int    `json:"column"` // from 1
	Severity string `json:"severity"`
	Rule     string `json:"rule"`
	Message  string `json:"message"`
	Page     string `json:"page"` // path of the page that it is about, from the site's root, or ""
}

// hub holds the current state of the site, and wakes the open event streams
// when it changes. A stream says only that something has changed, because the
// tabs of a browser share one stream; each tab then asks whether its own page
// is affected. Nothing is queued, so that a browser that does not read costs no
// memory.
type hub struct {
	boot string // identifies this run of the server

	mu          sync.Mutex
	generation  int      // counts the updates that changed files
	recent      []Update // the last of these, the newest last
	reports     int      // counts the updates that changed the diagnostics
	diagnostics []Item
	held        bool
	streams     map[stream]bool
	closed      bool
}

// maxRecent is the number of updates kept. A page that has missed more reloads,
// whether or not they affect it.
const maxRecent = 100

// stream is an open event stream. It holds one value while there is an event to
// send.
type stream chan struct{}

func newHub(boot string) *hub {
	return &hub{boot: boot, streams: map[stream]bool{}, diagnostics: []Item{}}
}

// Publish sends an event about a rebuild to the open pages: those that have changed
// or were removed reload, and all show the diagnostics.
func (s *Server) Publish(u Update) { s.hub.publish(u) }

func (h *hub) publish(u Update) {
	h.mu.Lock()
	defer h.mu.Unlock()
	changed := u.All || len(u.Changed) > 0
	if changed {
		h.generation++
		h.recent = append(h.recent, Update{Changed: u.Changed, All: u.All})
		h.recent = h.recent[max(0, len(h.recent)-maxRecent):]
	}
	updated := !slices.Equal(h.diagnostics, u.Diagnostics) || h.held != u.Held
	if updated {
		h.reports++
	}
	h.diagnostics, h.held = append([]Item{}, u.Diagnostics...), u.Held
	if changed || updated {
		for s := range h.streams {
			s.signal()
		}
	}
}

func (s stream) signal() {
	select {
	case s <- struct{}{}:
	default:
	}
}

// affects reports whether a page must be reloaded after the update: if it is one of
// the files, or may use one. A page may use any style, script or picture, and a data
// file or attachment in its own folder, but not other pages.
func (u *Update) affects(page string) bool {
	return u.All || slices.ContainsFunc(u.Changed, func(name string) bool {
		if name == page {
			return true
		}
		switch strings.ToLower(path.Ext(name)) {
		case ".html":
			return false
		case ".json", ".csv", ".xlsx", ".docx", ".xml", ".txt", ".pdf", ".ofd":
			return path.Dir(name) == path.Dir(page)
		}
		return true
	})
}

// version identifies the state of the files: the run of the server, and the number
// of updates that changed files.
func (h *hub) version() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.versionLocked()
}

func (h *hub) versionLocked() string { return h.boot + "-" + strconv.Itoa(h.generation) }

// now is the state that is sent to pages.
type now struct {
	version     string // of the files
	diagnostics string // identifies the diagnostics, as version does the files
	items       []Item
	held        bool
}

func (h *hub) now() now {
	h.mu.Lock()
	defer h.mu.Unlock()
	return now{h.versionLocked(), h.boot + "-" + strconv.Itoa(h.reports), h.diagnostics, h.held}
}

// stale reports whether a page that was loaded at a version must be reloaded. A page
// that does not exist (there is false) must be after any change.
func (h *hub) stale(page, since string, there bool) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	count, ours := strings.CutPrefix(since, h.boot+"-")
	generation, err := strconv.Atoi(count)
	missed := h.generation - generation
	switch {
	case !ours || err != nil || missed < 0 || missed > len(h.recent):
		return true
	case missed == 0:
		return false
	case !there:
		return true
	}
	return slices.ContainsFunc(h.recent[len(h.recent)-missed:], func(u Update) bool { return u.affects(page) })
}

// stale reports whether the page at a path of the site must be reloaded.
func (s *Server) stale(address, since string) bool {
	name, isFolder, ok := siteName(address)
	if ok && isFolder {
		name = path.Join(name, sitemap.IndexFile)
	}
	return s.hub.stale(name, since, ok && s.isFile(name))
}

// join adds a stream. The stream is woken once at the start, since changes may
// have happened before it was opened. join returns nil when there are too many
// streams, or the server ends.
func (h *hub) join() stream {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || len(h.streams) >= maxStreams {
		return nil
	}
	s := make(stream, 1)
	s.signal()
	h.streams[s] = true
	return s
}

func (h *hub) leave(s stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.streams, s)
}

func (h *hub) isClosed() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.closed
}

func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for s := range h.streams {
		s.signal()
	}
}
