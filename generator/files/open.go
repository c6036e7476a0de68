// Package files opens the files of an archive's content and layouts, all of them.
//
// Content comes from many people, some of whom may be careless or malicious. The
// rules are:
//
//   - A symbolic link is not followed, wherever it leads; a pipe, a socket or
//     a device is not read and not waited for.
//   - Names are those of an fs.FS, so that none can leave the archive.
//   - A file larger than a limit is not read.
//   - Text is UTF-8 without invisible or direction-changing characters.
//
// A file that breaks a rule is a diagnostic, not an error.
package files

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"annals/generator/beneath"
	"annals/generator/diag"
)

// Dir returns the file system of an archive's folder. The garbage collector closes
// it once it is unused.
func Dir(path string) (fs.FS, error) { return beneath.Open(path) }

// Open opens a regular file. The file is nil if there is a diagnostic.
func Open(fsys fs.FS, file string) (fs.File, fs.FileInfo, []diag.Diagnostic) {
	info, err := fs.Lstat(fsys, file)
	if err != nil {
		return nil, nil, []diag.Diagnostic{Unreadable(file, err)}
	}
	if d, bad := Irregular(file, info.Mode()); bad {
		return nil, nil, []diag.Diagnostic{d}
	}
	f, err := fsys.Open(file)
	if err == nil {
		info, err = f.Stat() // of the opened file: the name may mean another one by now
	}
	switch {
	case err != nil:
	case info.IsDir():
		err = syscall.EISDIR
	case !info.Mode().IsRegular():
		err = beneath.ErrIrregular
	default:
		return f, info, nil
	}
	if f != nil {
		f.Close()
	}
	return nil, nil, []diag.Diagnostic{Unreadable(file, err)}
}

// Irregular returns the diagnostic for a link, a pipe, a socket or a device.
func Irregular(file string, mode fs.FileMode) (diag.Diagnostic, bool) {
	switch {
	case mode&fs.ModeSymlink != 0:
		return diag.New("symlink", Top(file)), true
	case mode&(fs.ModeType&^fs.ModeDir) != 0:
		return diag.New("symlink/special", Top(file)), true
	}
	return diag.Diagnostic{}, false
}

// Unreadable returns the diagnostic for a file or folder that the system could not
// read, or that does not exist.
func Unreadable(file string, err error) diag.Diagnostic {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return diag.New("missing-file", Top(file))
	case errors.Is(err, beneath.ErrLink):
		return diag.New("symlink", Top(file))
	}
	problem, _ := Reason(err)
	return diag.New("unreadable", Top(file), "problem", problem)
}

// sizeOf writes a number of bytes with a unit, for messages.
func sizeOf(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d B", n)
}
