package watch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// notifier is the system's notifications: what of fsnotify.Watcher is used.
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

// hear takes the errors at once. fsnotify holds its lock while it tells one,
// and would wait for ever for a receiver that is about to add a folder.
func (s system) hear() {
	defer close(s.errs)
	for err := range s.Errors {
		if errors.Is(err, syscall.EINVAL) {
			continue // the watch of a folder that was moved and removed has ended already
		}
		select {
		case s.errs <- err:
		default: // the receiver has more than enough to know
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

// add watches a folder and those below it. What lies in them already is told
// to found: it may have been made before the watch began.
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
		return nil // indexers and backups touch modes; content does not change by it
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
	if !ok || !n.w.tell(change{path: rel}) {
		return nil
	}
	if !folder || !e.Has(fsnotify.Create) {
		return nil
	}
	return n.add(e.Name, func(path string) bool {
		rel, ok := n.w.relative(path, false)
		return !ok || n.w.tell(change{path: rel})
	})
}

// forget drops the watch of a folder that is gone from its path. The watches of
// a folder that was renamed live on, and would tell of its files under the old
// path; those of one that was removed ended with it.
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

// rootEvent: the watched folder itself was removed or renamed. Whether another
// comes in its place only looking can tell.
func (n *native) rootEvent(err error) error {
	if err != nil {
		return errGone // which is told when looking has begun
	}
	n.w.tell(change{rescan: true})
	return nil
}

// rescan watches folders anew whose making was among the lost events.
func (n *native) rescan() error {
	if err := n.add(n.w.root, nil); err != nil {
		return err
	}
	n.w.tell(change{rescan: true})
	return nil
}

// giveUp goes on by polling, for whatever reason there are no notifications
// any more; what happened meanwhile is not known.
func (n *native) giveUp(err error) {
	n.n.Close()
	n.w.setReason(err)
	p, _ := newPoller(n.w) // a folder that is gone is as good as empty
	if n.w.tell(change{rescan: true}) {
		p.run()
	}
}

var errGone = errors.New("the watched folder was removed or renamed")

// isExhausted reports that the system has no watches for us: the user's limit
// (ENOSPC is inotify's word for it), open files, memory, or a file system
// without notifications.
func isExhausted(err error) bool {
	for _, e := range []error{syscall.ENOSPC, syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM, syscall.ENOSYS, syscall.ENOTSUP} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}
