package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// tester watches a folder of its own.
type tester struct {
	*testing.T
	dir string
	w   *Watcher
}

func newTester(t *testing.T, opts Options, open func() (notifier, error)) *tester {
	t.Helper()
	before := runtime.NumGoroutine()
	tt := &tester{T: t, dir: t.TempDir()}
	tt.write("a/_index.md", "a")
	tt.write("a/2024.md", "24")
	w, err := start(tt.dir, opts, open)
	if err != nil {
		t.Fatal(err)
	}
	tt.w = w
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		if err := w.Close(); err != nil {
			t.Error("second Close:", err)
		}
		for range w.Events() {
		}
		for i := 0; runtime.NumGoroutine() > before; i++ {
			if i == 200 {
				buf := make([]byte, 1<<16)
				t.Fatalf("goroutines are left:\n%s", buf[:runtime.Stack(buf, true)])
			}
			time.Sleep(10 * time.Millisecond)
		}
	})
	return tt
}

func (t *tester) path(name string) string { return filepath.Join(t.dir, filepath.FromSlash(name)) }

func (t *tester) write(name, data string) {
	t.Helper()
	t.must(os.MkdirAll(filepath.Dir(t.path(name)), 0o755))
	t.must(os.WriteFile(t.path(name), []byte(data), 0o644))
}

func (t *tester) must(err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// see waits until batches have named all the paths. It returns all paths that they
// named, and the number of batches.
func (t *tester) see(want ...string) (paths []string, batches int) {
	t.Helper()
	timeout := time.After(20 * time.Second)
	for {
		missing := slices.DeleteFunc(slices.Clone(want), func(p string) bool { return slices.Contains(paths, p) })
		if len(missing) == 0 {
			return paths, batches
		}
		select {
		case b, ok := <-t.w.Events():
			if !ok {
				t.Fatal("the channel is closed")
			}
			if !slices.IsSorted(b.Paths) || len(slices.Compact(slices.Clone(b.Paths))) != len(b.Paths) {
				t.Errorf("not sorted and unique: %v", b.Paths)
			}
			batches++
			if b.Rescan {
				paths = append(paths, "RESCAN")
			}
			paths = append(paths, b.Paths...)
		case <-timeout:
			t.Fatalf("%v were not reported, only %v", missing, paths)
		}
	}
}

// each runs a test with the system's notifications and by polling.
func each(t *testing.T, opts Options, f func(*tester)) {
	t.Run("native", func(t *testing.T) { f(newTester(t, opts, newNotifier)) })
	t.Run("poll", func(t *testing.T) {
		opts.Poll = 10 * time.Millisecond
		f(newTester(t, opts, func() (notifier, error) { return nil, syscall.ENOSPC }))
	})
}

func TestEdits(t *testing.T) {
	each(t, Options{}, func(t *tester) {
		t.write("a/2024.md", "24 again")
		t.see("a/2024.md")
		t.write("a/2023.md", "new")
		t.see("a/2023.md")
		t.must(os.Remove(t.path("a/2023.md")))
		t.see("a/2023.md")
		t.must(os.Rename(t.path("a/2024.md"), t.path("a/2025.md")))
		t.see("a/2024.md", "a/2025.md")
	})
}

// TestEditors saves as vim (a backup by rename, then a new file), as VS Code
// (in place) and as most others do (a temporary file, then a rename).
func TestEditors(t *testing.T) {
	each(t, Options{Ignore: func(p string, _ bool) bool {
		return strings.HasSuffix(p, "~") || strings.HasPrefix(filepath.Base(p), ".")
	}}, func(t *tester) {
		for i := range 3 {
			text := strings.Repeat("x", i+10)
			for _, save := range []func(){
				func() { t.write("a/2024.md", text+"in place") },
				func() {
					t.must(os.Rename(t.path("a/2024.md"), t.path("a/2024.md~")))
					t.write("a/2024.md", text+"vim, by rename")
					t.must(os.Remove(t.path("a/2024.md~")))
				},
				func() {
					t.write("a/.2024.md.tmp", text+"atomically saved")
					t.must(os.Rename(t.path("a/.2024.md.tmp"), t.path("a/2024.md")))
				},
			} {
				save()
				paths, _ := t.see("a/2024.md")
				for _, p := range paths {
					if p != "a/2024.md" {
						t.Errorf("reported %s", p)
					}
				}
			}
		}
	})
}

func TestCheckout(t *testing.T) {
	each(t, Options{Quiet: 100 * time.Millisecond}, func(t *tester) {
		var want []string
		for i := range 300 {
			name := fmt.Sprintf("agencies/c%02d/office/20%02d.md", i/10, i%10)
			t.write(name, "x")
			want = append(want, name)
		}
		_, batches := t.see(want...)
		if batches > 30 {
			t.Errorf("%d batches for 300 files", batches)
		}
		t.must(os.RemoveAll(t.path("agencies")))
		t.see(want[0], want[299], "agencies")
	})
}

func TestFolders(t *testing.T) {
	each(t, Options{}, func(t *tester) {
		t.write("new/deep/er/2024.md", "made with its folders")
		t.see("new/deep/er/2024.md")
		t.write("new/deep/er/2024.md", "edited in a new folder")
		t.see("new/deep/er/2024.md")
		// A folder that moves in with its files, and moves within.
		outside := filepath.Join(t.TempDir(), "x")
		t.must(os.MkdirAll(filepath.Join(outside, "y"), 0o755))
		t.must(os.WriteFile(filepath.Join(outside, "y/1.md"), nil, 0o644))
		t.must(os.Rename(outside, t.path("moved")))
		t.see("moved/y/1.md")
		t.must(os.Rename(t.path("moved"), t.path("again")))
		t.see("moved", "again/y/1.md")
		t.write("again/y/1.md", "edited under its new name")
		paths, _ := t.see("again/y/1.md")
		if slices.Contains(paths, "moved/y/1.md") {
			t.Error("the edit is reported under the old name too")
		}
		t.must(os.RemoveAll(t.path("again")))
		t.see("again")
		t.write("again/y/1.md", "and back")
		t.see("again/y/1.md")
	})
}

func TestIgnore(t *testing.T) {
	each(t, Options{Ignore: func(p string, folder bool) bool { return folder && filepath.Base(p) == ".git" }}, func(t *tester) {
		t.write(".git/objects/ab/cd", "x")
		t.write("a/.git/HEAD", "x")
		t.write("b/1.md", "x")
		paths, _ := t.see("b/1.md")
		for _, p := range paths {
			if strings.Contains(p, ".git") {
				t.Errorf("reported %s", p)
			}
		}
	})
}

func TestLinksAreNotFollowed(t *testing.T) {
	each(t, Options{}, func(t *tester) {
		outside := t.TempDir()
		t.must(os.Symlink(outside, t.path("link")))
		t.see("link")
		t.must(os.WriteFile(filepath.Join(outside, "1.md"), nil, 0o644))
		t.write("a/2024.md", "after")
		if paths, _ := t.see("a/2024.md"); slices.Contains(paths, "link/1.md") {
			t.Error("a file behind a link is reported")
		}
	})
}

// TestSlowReceiver does not receive batches for a while: no change may be lost.
func TestSlowReceiver(t *testing.T) {
	each(t, Options{Quiet: time.Millisecond}, func(t *tester) {
		var want []string
		for i := range 40 {
			name := fmt.Sprintf("a/%d.md", i)
			t.write(name, "x")
			want = append(want, name)
			time.Sleep(2 * time.Millisecond)
		}
		t.see(want...)
	})
}

// fake is a notifier whose events, errors and limits a test sets.
type fake struct {
	notifier
	limit int
	errs  chan error
}

func (f *fake) Add(path string) error {
	if f.limit--; f.limit < 0 {
		return syscall.ENOSPC
	}
	return f.notifier.Add(path)
}

func (f *fake) channels() (<-chan fsnotify.Event, <-chan error) {
	events, _ := f.notifier.channels()
	return events, f.errs
}

func faking(t *testing.T, limit int) (*fake, func() (notifier, error)) {
	f := &fake{limit: limit, errs: make(chan error)}
	return f, func() (notifier, error) {
		var err error
		f.notifier, err = newNotifier()
		return f, err
	}
}

func TestOverflow(t *testing.T) {
	f, open := faking(t, 1000)
	tt := newTester(t, Options{}, open)
	f.errs <- fsnotify.ErrEventOverflow
	tt.see("RESCAN")
	if err := tt.w.Reason(); err != nil {
		t.Errorf("an overflow ended the watch: %v", err)
	}
	tt.write("a/2024.md", "after the overflow")
	tt.see("a/2024.md")
}

func TestNoWatchesLeft(t *testing.T) {
	for _, limit := range []int{0, 1, 3} { // at the start; in the middle of it; later
		f, open := faking(t, limit)
		tt := newTester(t, Options{Poll: 10 * time.Millisecond}, open)
		tt.write("b/c/d/2024.md", "new")
		if limit == 3 {
			tt.see("RESCAN")
		} else {
			tt.see("b/c/d/2024.md")
		}
		tt.write("b/c/d/2025.md", "newer")
		tt.see("b/c/d/2025.md")
		if reason := tt.w.Reason(); !errors.Is(reason, syscall.ENOSPC) {
			t.Errorf("limit %d: the reason is %v", limit, reason)
		}
		_ = f
	}
}

func TestWatchEnds(t *testing.T) {
	f, open := faking(t, 1000)
	tt := newTester(t, Options{Poll: 10 * time.Millisecond}, open)
	f.errs <- syscall.EIO
	tt.see("RESCAN")
	tt.write("a/2024.md", "by polling now")
	tt.see("a/2024.md")
	if tt.w.Reason() == nil {
		t.Error("no reason is given")
	}
}

func TestRootGoesAndComes(t *testing.T) {
	tt := newTester(t, Options{Poll: 10 * time.Millisecond}, newNotifier)
	tt.must(os.RemoveAll(tt.dir))
	tt.see("RESCAN")
	tt.write("a/2024.md", "back")
	tt.see("a/2024.md")
}

func TestNoFolder(t *testing.T) {
	if _, err := New(filepath.Join(t.TempDir(), "missing"), Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

// TestMovedAndRemoved moves folders and removes them at once, and makes others
// meanwhile. The system has already ended the watches that are to be removed; the
// watcher must neither fall back to polling nor wait for ever.
func TestMovedAndRemoved(t *testing.T) {
	tt := newTester(t, Options{Quiet: time.Millisecond}, newNotifier)
	go func() {
		for i := range 300 {
			from, to := tt.path(fmt.Sprintf("m%d", i)), tt.path(fmt.Sprintf("n%d", i))
			os.MkdirAll(filepath.Join(from, "x/y"), 0o755)
			time.Sleep(time.Millisecond)
			os.Rename(from, to)
			os.RemoveAll(to)
			os.MkdirAll(tt.path(fmt.Sprintf("k%d/x/y", i)), 0o755)
		}
		os.WriteFile(tt.path("end.md"), nil, 0o644)
	}()
	tt.see("end.md")
	tt.write("k299/x/y/2024.md", "still watched")
	tt.see("k299/x/y/2024.md")
	if err := tt.w.Reason(); err != nil {
		t.Error("the watch was given up: ", err)
	}
}

// With Options.Polling the watcher does not use the system's notifications, because
// a mount may accept watches and report nothing.
func TestPolling(t *testing.T) {
	tt := newTester(t, Options{Polling: true, Poll: 10 * time.Millisecond}, func() (notifier, error) {
		t.Error("the system is asked")
		return nil, syscall.ENOSPC
	})
	tt.write("a/2024.md", "24 again")
	tt.see("a/2024.md")
	tt.must(os.Remove(tt.path("a/2024.md")))
	tt.see("a/2024.md")
	if err := tt.w.Reason(); err != nil {
		t.Errorf("it was asked for, and no reason is to be reported: %v", err)
	}
}
