package watch

import (
	"io/fs"
	"time"
)

// poller finds changes by looking at every file from time to time.
type poller struct {
	w    *Watcher
	seen map[string]look // by the path that batches use
}

// look is the state of a file when it was last looked at.
type look struct {
	size   int64
	mtime  time.Time
	mode   fs.FileMode
	folder bool
}

func newPoller(w *Watcher) (*poller, error) {
	p := &poller{w: w}
	var err error
	p.seen, err = p.look()
	return p, err
}

func (p *poller) look() (map[string]look, error) {
	now := make(map[string]look, len(p.seen))
	err := p.w.walk(p.w.root, func(path string, e fs.DirEntry) error {
		rel, ok := p.w.relative(path, e.IsDir())
		if !ok {
			return nil
		}
		if e.IsDir() {
			now[rel] = look{folder: true}
			return nil
		}
		if fi, err := e.Info(); err == nil {
			now[rel] = look{size: fi.Size(), mtime: fi.ModTime(), mode: fi.Mode()}
		}
		return nil
	})
	return now, err
}

func (p *poller) run() {
	tick := time.NewTicker(p.w.opts.Poll)
	defer tick.Stop()
	for {
		select {
		case <-p.w.stop:
			return
		case <-tick.C:
		}
		now, _ := p.look() // a removed root has no files
		for path, l := range now {
			if old, ok := p.seen[path]; (!ok || old != l) && !p.w.send(change{path: path}) {
				return
			}
		}
		for path := range p.seen {
			if _, ok := now[path]; !ok && !p.w.send(change{path: path}) {
				return
			}
		}
		p.seen = now
	}
}
