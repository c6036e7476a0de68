// Package output writes a site into its folder: whole or not at all, and
// nothing but what changed.
//
//	d, err := output.Open(output.Options{Dir: "public", State: ".annals"})
//	b, err := d.Begin()
//	if !b.Keep("agencies/a", key) {
//		g := b.Group("agencies/a", key)
//		err = g.Stage("agencies/a/index.html", page)
//		err = g.Close()
//	}
//	stats, err := b.Commit()
//	err = d.Close()
//
// The rules are:
//
//   - Nothing in the output folder changes before Commit. Files are staged in
//     a folder beside the manifest, on the same file system.
//   - Commit moves a folder that is new to the output by one rename, and
//     replaces other files one by one by rename: what a reader opens is whole,
//     the old or the new. Folders of Options.First (the content-hashed assets)
//     come before the pages, the pages below a page before it, and what is
//     gone is removed last.
//   - A file whose bytes stay the same is not touched.
//   - Only files of the manifest are ever removed, and only while they hold
//     the bytes that a build wrote. A file changed by hand is left and named
//     in Stats.Left; a file that no build wrote is not looked at. A page that
//     the build makes is written, whatever was there.
//   - A symbolic link in the way is an error. Nothing is written through one,
//     and none is followed to the state folder, nor to an output folder that
//     lies beside it or below: whoever commits to an archive can put one there.
//
// - An operation that another program blocks is tried again for up to two
// seconds (beneath.Insist): on Windows a virus scanner blocks a new file while
// it reads the file.
//   - Files get the mode 0644 and folders 0755, whatever the umask.
//
// Files come in groups, each with a key: the caller's hash of everything the
// group was made from. Keep tells whether the output still holds a group made
// from the same key, so that an incremental build need not make it again; it
// believes the disk, not the manifest alone.
//
// # After a kill
//
// The manifest is a log. Before Commit touches the output it appends what it
// is about to place, and afterwards what has been placed. If a build finds the
// first record without the second, the files it lists may be old or new, and
// the build compares their bytes. A manifest that is damaged or of another
// program is ignored: then files are compared by bytes, and nothing is removed
// that it would have listed.
//
// # After a power cut
//
// Files are not synced: that would cost more than the whole build. The system
// writes them when it likes, and a cut soon after a build may leave empty
// files; the next build sees that their size or times are not those of the
// manifest and repairs them.
package output

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"annals/generator/beneath"
)

// Options say where the site goes.
type Options struct {
	Dir    string        // the output folder; made if it is missing
	State  string        // folder of the lock, the manifest and the stage; made if missing
	Wait   time.Duration // how long to wait for another build to end
	Holder string        // one word that names the program which holds the lock until Close; other processes find it in LockedError.Holder
	First  []string      // top-level folders placed before all others

	// Staged, if not nil, is called with the path of every staged file that is
	// new or whose bytes differ from the last build's. It is called by several
	// goroutines at a time.
	Staged func(path string)
}

// Dir is an output folder, locked against other builds until Close.
type Dir struct {
	opts     Options
	disk     disk
	lock     *lock
	stage    string // where the files of a running build lie
	manifest *manifest
	folder   *beneath.Folder // the output folder, while a build runs
	public   *os.File        // the same
	running  bool            // a Build has neither been committed nor aborted
}

// Open locks the output folder and reads the manifest of its last build.
// While another build holds the lock it waits for Options.Wait, then fails
// with a LockedError. A lock does not outlive its process.
func Open(opts Options) (*Dir, error) {
	var err error
	if opts.Dir, err = filepath.Abs(opts.Dir); err != nil {
		return nil, err
	}
	if opts.State, err = filepath.Abs(opts.State); err != nil {
		return nil, err
	}
	d := &Dir{opts: opts}
	for _, dir := range []string{opts.State, opts.Dir} {
		if err := beneath.CheckPath(filepath.Dir(opts.State), dir); err != nil {
			return nil, err
		}
	}
	for _, dir := range []string{opts.State, opts.Dir} {
		if err := d.disk.mkdirAll(dir); err != nil {
			return nil, err
		}
	}
	if d.lock, err = acquire(filepath.Join(opts.State, "lock"), opts.Holder, opts.Wait); err != nil {
		return nil, err
	}
	if err := d.load(); err != nil {
		return nil, errors.Join(err, d.lock.release())
	}
	return d, nil
}

func (d *Dir) load() error {
	d.stage = filepath.Join(d.opts.State, "stage")
	if same, err := sameDevice(d.opts.State, d.opts.Dir); err != nil {
		return err
	} else if !same {
		d.stage = filepath.Join(d.opts.Dir, stageName)
	}
	rel, err := filepath.Rel(d.opts.State, d.opts.Dir)
	if err != nil {
		rel = d.opts.Dir
	}
	d.manifest, err = loadManifest(&d.disk, d.opts.State, filepath.ToSlash(rel))
	return err
}

// Close discards a build that was not committed and releases the lock.
func (d *Dir) Close() error {
	var err error
	if d.running {
		err = d.discard()
	}
	return errors.Join(err, d.manifest.close(), d.lock.release())
}

func (d *Dir) discard() error {
	d.running = false
	return errors.Join(d.folder.Close(), d.disk.removeAll(d.stage))
}

// LockedError says that another process builds into the folder.
type LockedError struct {
	Path   string // the lock file
	PID    string // the holder's process id, or "" if it did not say
	Holder string // its Options.Holder
}

// owner is what the lock file says of its holder.
func owner(holder string) []byte { return fmt.Appendf(nil, "%d %s\n", os.Getpid(), holder) }

func lockedBy(path string, said []byte) *LockedError {
	pid, holder, _ := strings.Cut(strings.TrimSpace(string(said)), " ")
	return &LockedError{Path: path, PID: pid, Holder: holder}
}

func (e *LockedError) Error() string {
	if e.PID == "" {
		return e.Path + ": another build is running"
	}
	return fmt.Sprintf("%s: another build is running (process %s)", e.Path, e.PID)
}

func pathError(op, path string, reason string) error {
	return &os.PathError{Op: op, Path: path, Err: errors.New(reason)}
}
