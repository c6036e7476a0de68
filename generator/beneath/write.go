package beneath

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Root opens the folder name, relative to the folder above, as an os.Root. It
// walks part by part and fails with ErrLink if a part of name is a link; above
// itself may hold links. Name is written with the system's separators; "." is
// above itself. Missing folders are made with the mode; if the mode is 0 they
// are an error.
func Root(above, name string, mode fs.FileMode) (*os.Root, error) {
	at, err := os.OpenRoot(above)
	if err != nil {
		return nil, err
	}
	if name == "." {
		return at, nil
	}
	if !filepath.IsLocal(name) {
		return nil, errors.Join(&fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}, at.Close())
	}
	for part := range strings.SplitSeq(filepath.Clean(name), string(filepath.Separator)) {
		next, err := enter(at, part, mode)
		at.Close()
		if err != nil {
			return nil, err
		}
		at = next
	}
	return at, nil
}

// enter opens the folder part, which lies directly in the folder at.
func enter(at *os.Root, part string, mode fs.FileMode) (*os.Root, error) {
	refuse := func(err error) error { return PathError("open", filepath.Join(at.Name(), part), err) }
	before, err := at.Lstat(part)
	if errors.Is(err, fs.ErrNotExist) && mode != 0 {
		if err = at.Mkdir(part, mode); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, refuse(err)
		}
		before, err = at.Lstat(part)
	}
	switch {
	case err != nil:
		return nil, refuse(err)
	case before.Mode()&fs.ModeSymlink != 0:
		return nil, refuse(ErrLink)
	case !before.IsDir():
		return nil, refuse(errors.New("is not a folder"))
	}
	next, err := at.OpenRoot(part)
	if err != nil {
		return nil, refuse(err)
	}
	// If a link replaced the folder after Lstat, OpenRoot has opened another
	// folder than the one that was checked.
	if after, err := next.Stat("."); err != nil || !os.SameFile(before, after) {
		next.Close()
		return nil, refuse(ErrLink)
	}
	return next, nil
}

// PathError returns an *fs.PathError with the operation, the name that the caller uses
// for the file, and the reason of err; nil if err is nil. The path in the
// system's own error would mislead: it is relative to an open folder, or that of
// a temporary file.
func PathError(op, name string, err error) error {
	var cause *fs.PathError
	var link *os.LinkError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &cause):
		err = cause.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return &fs.PathError{Op: op, Path: name, Err: err}
}

// CheckPath returns an error (ErrLink) if a part of path beneath the folder above
// is a link. Parts that do not exist yet are no error. A path that does not lie
// beneath above was chosen by the user and is not checked.
func CheckPath(above, path string) error {
	rel, err := filepath.Rel(above, path)
	if err != nil || !filepath.IsLocal(rel) {
		return nil
	}
	at := above
	for part := range strings.SplitSeq(rel, string(filepath.Separator)) {
		at = filepath.Join(at, part)
		info, err := os.Lstat(at)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if info.Mode()&fs.ModeSymlink != 0 {
			return &fs.PathError{Op: "open", Path: at, Err: ErrLink}
		}
	}
	return nil
}

// OpenFile opens a file of the program's own by its path, to be read or to be
// written in place. The last part of the path is no link. If the file is to be
// written and path is a link, or a hard link to a file with other names, that
// link is removed first, so that the file behind it stays unchanged. Otherwise
// such a path is an error (ErrLink, ErrIrregular).
func OpenFile(path string, flag int, mode fs.FileMode) (*os.File, error) {
	before, err := os.Lstat(path)
	link := err == nil && before.Mode()&fs.ModeSymlink != 0
	writes := flag&(os.O_WRONLY|os.O_RDWR) != 0
	switch {
	case err != nil:
	case writes && (link || before.Mode().IsRegular() && names(before) > 1):
		if err := os.Remove(path); err != nil {
			return nil, err
		}
	case link:
		return nil, &fs.PathError{Op: "open", Path: path, Err: ErrLink}
	case !before.Mode().IsRegular():
		return nil, &fs.PathError{Op: "open", Path: path, Err: ErrIrregular}
	}
	file, err := os.OpenFile(path, flag|noFollow, mode)
	if err != nil {
		return nil, err
	}
	after, err := file.Stat()
	if err == nil && (!after.Mode().IsRegular() || writes && names(after) > 1) {
		err = &fs.PathError{Op: "open", Path: path, Err: ErrIrregular}
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// ReadFile reads a file of the program's own by its path.
func ReadFile(path string) ([]byte, error) {
	f, err := OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	data := make([]byte, info.Size(), info.Size()+512)
	n, err := io.ReadFull(f, data)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return nil, err
	}
	rest, err := io.ReadAll(f)
	return append(data[:n], rest...), err
}
