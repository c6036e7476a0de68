package content

import (
	"errors"
	"fmt"
	"io/fs"

	"annals/generator/diag"
	"annals/generator/source"
)

// open opens a regular file. Every reading of content passes here: a link is
// not followed, wherever it leads, and a pipe or device is never opened.
func open(fsys fs.FS, file string) (fs.File, fs.FileInfo, []diag.Diagnostic) {
	info, err := fs.Lstat(fsys, file)
	if err != nil {
		return nil, nil, []diag.Diagnostic{unreadable(file, err)}
	}
	if d, bad := irregular(file, info.Mode()); bad {
		return nil, nil, []diag.Diagnostic{d}
	}
	f, err := fsys.Open(file)
	if err == nil {
		info, err = f.Stat() // of what was opened
	}
	switch {
	case err != nil:
	case info.IsDir():
		err = errors.New("is a directory")
	case !info.Mode().IsRegular():
		err = errors.New("is not a regular file")
	default:
		return f, info, nil
	}
	if f != nil {
		f.Close()
	}
	return nil, nil, []diag.Diagnostic{unreadable(file, err)}
}

// irregular reports links, pipes, sockets and devices.
func irregular(file string, mode fs.FileMode) (diag.Diagnostic, bool) {
	switch {
	case mode&fs.ModeSymlink != 0:
		return diag.New("symlink", source.At(1, 1).In(file)), true
	case mode&(fs.ModeType&^fs.ModeDir) != 0:
		return diag.New("symlink/special", source.At(1, 1).In(file)), true
	}
	return diag.Diagnostic{}, false
}

// unreadable says that the system refused a file or folder, or that it is
// not there.
func unreadable(file string, err error) diag.Diagnostic {
	if errors.Is(err, fs.ErrNotExist) {
		return diag.New("missing-file", source.At(1, 1).In(file))
	}
	var cause *fs.PathError
	if errors.As(err, &cause) {
		err = cause.Err // without the path, which would name this machine's folders
	}
	return diag.New("unreadable", source.At(1, 1).In(file), "problem", err.Error())
}

// sizeOf writes a number of bytes for people.
func sizeOf(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d B", n)
}
