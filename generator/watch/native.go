package watch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// notifier is the part of fsnotify.Watcher that is used, with its channels as
// methods.
type notifier interface {
	Add(path string) error
	Remove(path string) error
	Close() error
	channels() (<-chan fsnotify.Event, <-chan error)
}

type system struct {
	*fsnotify.Watcher
	errs chan error
}

func (s system) channels() (<-chan fsnotify.Event, <-chan error) { return s.Events, s.errs }

func newNotifier() (notifier, error) {
	// The buffer lets a checkout's events pass while folders are being added.
	w, err := fsnotify.NewBufferedWatcher(4096)
	if err != nil {
		return nil, err
	}
	s := system{w, make(chan error, 16)}
	go s.hear()
	return s, nil
}

// hear receives errors without delay. fsnotify holds its lock while it sends an
// error, so it would deadlock with a receiver that is about to add a folder.
func (s system) hear() {
	defer close(s.errs)
	for err := range s.Errors {
		if errors.Is(err, syscall.EINVAL) {
			continue // the watch of a folder that was moved and removed has ended already
		}
		select {
		case s.errs <- err:
		default: // the receiver already has errors to read; further ones say nothing new
		}
	}
}

// native watches by the system's notifications, one watch a folder.
type native struct {
	w       *Watcher
	n       notifier
	folders map[string]bool // that have a watch
}

func (n *native) open(open func() (notifier, error)) error {
	var err error
	if n.n, err = open(); err != nil {
		return err
	}
	if err := n.add(n.w.root, nil); err != nil {
		return errors.Join(err, n.n.Close())
	}
	return nil
}

// add watches a folder and the folders below it. It calls found, if not nil,
// with what is in them already, which may have been made before the watch
// began.
func (n *native) add(top string, found func(path string) bool) error {
	return n.w.walk(top, func(path string, e fs.DirEntry) error {
		if e.IsDir() {
			err := n.n.Add(path)
			if errors.Is(err, fs.ErrNotExist) && path != n.w.root {
				return fs.SkipDir
			}
			if err != nil {
				return err
			}
			n.folders[path] = true
		}
		if found != nil && !found(path) {
			return fs.SkipAll
		}
		return nil
	})
}

func (n *native) run() {
	events, errs := n.n.channels()
	for {
		var err error
		select {
		case <-n.w.stop:
			n.n.Close()
			return
		case e, ok := <-events:
			if !ok {
				err = errors.New("the system ended the watch")
				break
			}
			err = n.event(e)
		case failed, ok := <-errs:
			if ok && errors.Is(failed, fsnotify.ErrEventOverflow) {
				failed = n.rescan()
			} else if !ok {
				failed = errors.New("the system ended the watch")
			}
			err = failed
		}
		if err != nil {
			n.giveUp(err)
			return
		}
	}
}

func (n *native) event(e fsnotify.Event) error {
	if e.Op == fsnotify.Chmod {
		return nil // indexers and backups change modes, which does not change content
	}
	fi, err := os.Lstat(e.Name)
	folder := err == nil && fi.IsDir()
	if e.Name == n.w.root {
		return n.rootEvent(err)
	}
	if n.folders[e.Name] && e.Op&(fsnotify.Rename|fsnotify.Remove) != 0 {
		n.forget(e.Name, e.Has(fsnotify.Rename))
	}
	rel, ok := n.w.relative(e.Name, folder)
	if !ok || !n.w.send(change{path: rel}) {
		return nil
	}
	if !folder || !e.Has(fsnotify.Create) {
		return nil
	}
	return n.add(e.Name, func(path string) bool {
		rel, ok := n.w.relative(path, false)
		return !ok || n.w.send(change{path: rel})
	})
}

// forget drops the watch of a folder that is no longer at its path. The watches
// of a renamed folder stay active and would report its files under the old
// path; the system has ended those of a removed folder.
func (n *native) forget(folder string, renamed bool) {
	delete(n.folders, folder)
	if !renamed {
		return
	}
	n.n.Remove(folder)
	for path := range n.folders {
		if strings.HasPrefix(path, folder+string(filepath.Separator)) {
			n.n.Remove(path) // an error means that it has ended already
			delete(n.folders, path)
		}
	}
}

// rootEvent handles the removal or renaming of the watched folder itself. Only
// polling can notice that another folder takes its place.
func (n *native) rootEvent(err error) error {
	if err != nil {
		return errGone // Reason returns it once polling has started
	}
	n.w.send(change{rescan: true})
	return nil
}

// rescan adds watches for folders whose creation events were lost.
func (n *native) rescan() error {
	if err := n.add(n.w.root, nil); err != nil {
		return err
	}
	n.w.send(change{rescan: true})
	return nil
}

// giveUp continues by polling after notifications have failed with err. Changes
// may have been missed, so it asks for a rescan.
func (n *native) giveUp(err error) {
	n.n.Close()
	n.w.setReason(err)
	p, _ := newPoller(n.w) // a removed folder is treated as an empty one
	if n.w.send(change{rescan: true}) {
		p.run()
	}
}

var errGone = errors.New("the watched folder was removed or renamed")

// isExhausted reports whether err means that the system can give no more
// watches: the user's limit of watches (ENOSPC in inotify) or of open files is
// reached, memory is short, or the file system has no notifications.
func isExhausted(err error) bool {
	exhausted := []error{syscall.ENOSPC, syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM, syscall.ENOSYS, syscall.ENOTSUP}
	return slices.ContainsFunc(exhausted, func(e error) bool { return errors.Is(err, e) })
}
