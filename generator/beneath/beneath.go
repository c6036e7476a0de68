// Package beneath opens files and folders that lie beneath a folder, and no others.
//
// Whoever may commit to an archive may put a symbolic link where a file or a folder
// is expected, and a program that follows it reads or overwrites a file of the
// machine it runs on. So every file of an archive, read or written, is opened
// through this package. The rules are:
//
//   - No link is followed, at no part of a name: not the last, not a folder on
//     the way. The system itself refuses (openat2, or one openat with
//     O_NOFOLLOW for each part), so that a link which takes a folder's place
//     at any moment is not followed either.
//   - A name is a valid path of an fs.FS (fs.ValidPath) and no part of it
//     begins with a dot: .git and .env are not content. The folder .annals is
//     the program's own; it is opened with Folder.Hidden set.
//   - What is opened to be read is a regular file or a folder. A pipe or a
//     device is neither read nor waited for.
//   - What is opened to be written in place has one name only: a hard link
//     would be another file that changes with it.
//
// The path that leads to the folder is the user's and may hold links.
package beneath

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// ErrLink says that a name, or a folder on the way to it, is a symbolic link.
var ErrLink = errors.New("is a symbolic link, or lies behind one")

// ErrHidden says that a part of a name begins with a dot.
var ErrHidden = errors.New("a name that begins with a dot is not read")

// ErrIrregular says that something is neither a regular file nor a folder, or
// a file that has another name beside this one and would be written to.
var ErrIrregular = errors.New("is not a plain file")

// Folder is a folder of the disk as an fs.FS. It stays open until Close, or
// until the garbage collector finds it unused. Stat does not follow links: it
// does the same as Lstat.
type Folder struct {
	Hidden bool // names that begin with a dot are opened too: the folder is the program's own

	path string
	dir  *os.File
	root *os.Root
}

// Open opens a folder of the disk. The path may hold links. The error is an
// *fs.PathError, also if the path is not a folder (ENOTDIR).
func Open(path string) (*Folder, error) {
	// Opening a named pipe would block until another program writes into it.
	if info, err := os.Stat(path); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: path, Err: syscall.ENOTDIR}
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	dir, err := root.Open(".")
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return &Folder{path: path, dir: dir, root: root}, nil
}

// Close closes the folder's file descriptors.
func (f *Folder) Close() error { return errors.Join(f.dir.Close(), f.root.Close()) }

// Dir returns the open folder itself.
func (f *Folder) Dir() *os.File { return f.dir }

// Open opens a regular file or a folder. The error is an *fs.PathError: of
// ErrLink, ErrHidden, ErrIrregular or fs.ErrInvalid if the name breaks a rule of
// this package, otherwise of the system's reason.
func (f *Folder) Open(name string) (fs.File, error) {
	if err := f.check("open", name); err != nil {
		return nil, err
	}
	file, err := f.open(name)
	if err != nil {
		return nil, f.pathError("open", name, err)
	}
	info, err := file.Stat()
	if err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: name, Err: ErrIrregular}
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// ReadDir lists a folder in the order of its names.
func (f *Folder) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := f.check("readdir", name); err != nil {
		return nil, err
	}
	dir, err := f.openDir(name)
	if err != nil {
		return nil, f.pathError("readdir", name, err)
	}
	defer dir.Close()
	list, err := dir.ReadDir(-1)
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return list, err
}

// Lstat describes the file with a name. The last part of the name may be a
// link, which is described as a link; a folder on the way may not (ErrLink).
func (f *Folder) Lstat(name string) (fs.FileInfo, error) {
	if err := f.check("lstat", name); err != nil {
		return nil, err
	}
	if above := firstLink(f.root, name); above != "" && above != name {
		return nil, &fs.PathError{Op: "lstat", Path: name, Err: ErrLink}
	}
	return f.root.Lstat(filepath.FromSlash(name))
}

// Stat does the same as Lstat.
func (f *Folder) Stat(name string) (fs.FileInfo, error) { return f.Lstat(name) }

// ReadLink always fails with ErrLink: no reader of an archive needs to know
// where a link leads.
func (f *Folder) ReadLink(name string) (string, error) {
	return "", &fs.PathError{Op: "readlink", Path: name, Err: ErrLink}
}

// pathError replaces the system's error by ErrLink if a link is the cause. The
// system itself reports a link as "too many links" or "not a directory".
func (f *Folder) pathError(op, name string, err error) error {
	if !errors.Is(err, fs.ErrNotExist) && firstLink(f.root, name) != "" {
		err = ErrLink
	}
	return PathError(op, name, err)
}

// check refuses names that no file of content can have.
func (f *Folder) check(op, name string) error {
	if !fs.ValidPath(name) {
		return &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	if name != "." && !f.Hidden && Hidden(name) {
		return &fs.PathError{Op: op, Path: name, Err: ErrHidden}
	}
	return nil
}

// Hidden reports whether a part of a name begins with a dot.
func Hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.Contains(name, "/.")
}

// firstLink returns the name, or the first folder on the way to it, that is
// a link; "" for none.
func firstLink(root *os.Root, name string) string {
	for end := 0; end < len(name); end++ {
		if n := strings.IndexByte(name[end:], '/'); n >= 0 {
			end += n
		} else {
			end = len(name)
		}
		info, err := root.Lstat(filepath.FromSlash(name[:end]))
		if err != nil {
			return ""
		}
		if info.Mode()&fs.ModeSymlink != 0 {
			return name[:end]
		}
	}
	return ""
}
