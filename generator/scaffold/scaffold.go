// Package scaffold makes the files of a new archive, a new agency, or a new report
// with every row of its form.
//
// Nothing is guessed. A number that is not known is an empty cell, and a new report
// is a draft until an editor changes that. The only numbers filled in are those that
// follow from last year's report by a relation of the form.
package scaffold

import (
	"embed"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/keys"
	"annals/generator/output"
	"annals/generator/source"
)

// File is a file to write, relative to the folder that holds content/.
type File struct {
	Path string
	Data []byte
	Run  bool // the file is a program, to be made executable
}

//go:embed all:init
var archiveFiles embed.FS

// Init returns the files of a new archive: settings, one agency with one
// report, recipes for continuous integration and a hook.
func Init() []File {
	var files []File
	err := fs.WalkDir(archiveFiles, "init", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := archiveFiles.ReadFile(name)
		rel := strings.TrimPrefix(name, "init/")
		files = append(files, File{Path: rel, Data: data, Run: strings.HasPrefix(rel, "hooks/")})
		return err
	})
	if err != nil {
		panic("scaffold: " + err.Error()) // cannot happen: the files are embedded in the program
	}
	return files
}

// Agency describes a new agency.
type Agency struct {
	Path  string // folders below content/agencies
	Name  string
	Kind  archive.Kind
	Short string
}

// NewAgency returns the _index.md of a new agency.
func NewAgency(a Agency) (File, []diag.Diagnostic) {
	file := path.Join("content/agencies", a.Path, "_index.md")
	at := source.At(1, 1).In(file)
	switch {
	case !validPath(a.Path):
		return File{}, []diag.Diagnostic{diag.New("new/path", at, "path", a.Path)}
	case strings.TrimSpace(a.Name) == "" || strings.ContainsAny(a.Name, "\r\n"):
		return File{}, []diag.Diagnostic{diag.New("new/name", at)}
	case !slices.Contains(keys.Kinds(), string(a.Kind)):
		return File{}, []diag.Diagnostic{diag.New("new/kind", at, "kind", string(a.Kind), "known", strings.Join(keys.Kinds(), ", "))}
	}
	var b strings.Builder
	b.WriteString("---\nname: " + scalar(a.Name) + "\nkind: " + string(a.Kind) + "\n")
	if a.Short != "" {
		b.WriteString("short: " + scalar(a.Short) + "\n")
	}
	b.WriteString("---\n")
	return File{Path: file, Data: []byte(b.String())}, nil
}

// validPath reports whether every folder's name is one that the archive takes.
func validPath(p string) bool {
	for name := range strings.SplitSeq(p, "/") {
		if name == "" || len(name) > 64 || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" ||
			strings.HasPrefix(name, "-") || len(name) == 4 && strings.Trim(name, "0123456789") == "" {
			return false
		}
	}
	return true
}

// Write writes files below the folder root. If one of them exists already, Write
// returns an error that is fs.ErrExist and writes nothing.
func Write(root string, files []File) error {
	for _, f := range files {
		name := filepath.Join(root, filepath.FromSlash(f.Path))
		if _, err := os.Lstat(name); err == nil {
			return &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
		}
	}
	for _, f := range files {
		mode := fs.FileMode(0o644)
		if f.Run {
			mode = 0o755
		}
		if err := output.CreateFile(root, f.Path, f.Data, mode); err != nil {
			return err
		}
	}
	return nil
}
