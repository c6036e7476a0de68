package content

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/sitemap"
)

// The folders of an archive, relative to the folder that holds content/.
const (
	root     = "content"
	agencies = root + "/agencies"
	forms    = root + "/forms"
	releases = root + "/releases"   // package release reads them
	settings = root + "/site.yaml"  // package config reads it
	purged   = root + "/purged.txt" // `annals deploy --purge` writes it
	index    = "_index.md"
	report   = "index.md" // of a year's own folder
	common   = "boilerplate.md"
)

// MaxFolders is how deep agencies may lie within each other.
const MaxFolders = 32

// Tree is what lies below content/, by names alone: no file has been opened.
// Every list is sorted by name, so that the order is the same on every system.
type Tree struct {
	Agencies []*Folder // directly below content/agencies
	Pages    []File    // content/*.md
	Forms    []File    // content/forms/*.yaml
	Releases []string  // the files in content/releases, whatever their names

	Boilerplate *File // that of content/agencies, nil if there is none
}

// Folder is an agency's folder.
type Folder struct {
	Path  string // "shanxi/loufan", relative to content/agencies
	Index *File  // its _index.md, nil if there is none
	// Boilerplate is its boilerplate.md: text of a superior office that stands in
	// the reports of the agency, or of those below it. It is nil if there is none.
	Boilerplate *File
	Reports     []Report
	Children    []*Folder
}

// Report is the file of one year.
type Report struct {
	Year int
	File
	Dir         string // the folder of 2023/index.md, "" for 2023.md
	Attachments []File // the other files of Dir, not yet opened
}

// File is a file that was seen and not opened. Its embedded entry gives size
// and modification time on demand, which costs a system call.
type File struct {
	Path string // relative to the folder that holds content/
	fs.DirEntry
}

// Folders calls yield with every folder, parents first.
func (t *Tree) Folders(yield func(*Folder) bool) {
	var visit func(list []*Folder) bool
	visit = func(list []*Folder) bool {
		for _, f := range list {
			if !yield(f) || !visit(f.Children) {
				return false
			}
		}
		return true
	}
	visit(t.Agencies)
}

// Walk reads the folders below content/. Files that do not belong there are reported
// and left out of the tree.
func Walk(fsys fs.FS) (*Tree, []diag.Diagnostic) {
	t := new(Tree)
	w := newWalker(fsys)
	info, err := fs.Lstat(fsys, root)
	switch {
	case err != nil || !info.IsDir() && info.Mode()&fs.ModeType == 0:
		return t, []diag.Diagnostic{diag.New("missing-file/content", files.Top(root))}
	case !info.IsDir():
		d, _ := files.Irregular(root, info.Mode())
		return t, []diag.Diagnostic{d}
	}
	l := w.list(root)
	diags := l.diags
	for _, e := range l.entries {
		name, file := e.Name(), root+"/"+e.Name()
		switch {
		case e.IsDir() && file == agencies:
			top := w.folder("", 1)
			t.Agencies, t.Boilerplate = top.Children, top.Boilerplate
			diags = append(diags, top.diagnostics()...)
		case e.IsDir() && file == forms:
			var more []diag.Diagnostic
			t.Forms, more = w.forms()
			diags = append(diags, more...)
		case e.IsDir() && file == releases:
			l := w.list(releases)
			diags = append(diags, l.diags...)
			for _, e := range l.entries {
				t.Releases = append(t.Releases, releases+"/"+e.Name())
			}
		case e.IsDir():
			diags = append(diags, diag.New("unknown-file/folder", files.Top(file), "name", name))
		case file == settings, file == purged:
		case strings.HasSuffix(name, ".md"):
			if d, bad := pageName(file, strings.TrimSuffix(name, ".md")); bad {
				diags = append(diags, d)
			} else {
				t.Pages = append(t.Pages, File{file, e})
			}
		default:
			diags = append(diags, diag.New("unknown-file", files.Top(file), "name", name))
		}
	}
	return t, diags
}

// forms lists the archive's own forms.
func (w *walker) forms() ([]File, []diag.Diagnostic) {
	l := w.list(forms)
	var found []File
	for _, e := range l.entries {
		file := forms + "/" + e.Name()
		if !e.IsDir() && strings.HasSuffix(e.Name(), ".yaml") {
			found = append(found, File{file, e})
		} else {
			l.diags = append(l.diags, diag.New("unknown-file/form", files.Top(file), "name", e.Name()))
		}
	}
	return found, l.diags
}

// pageName refuses the names under which the program itself makes pages.
func pageName(file, name string) (diag.Diagnostic, bool) {
	if sitemap.Reserved(name) {
		return diag.New("folder-name/page", files.Top(file), "name", name), true
	}
	return checkName(file, name)
}

// Purged returns a function that reports whether an agency's report was purged:
// `annals deploy --purge` lists the paths of the site for which it was run.
func Purged(fsys fs.FS) func(agency string, year int) bool {
	data, _ := files.Read(fsys, purged, files.MaxText)
	lines := strings.Split(string(data), "\n")
	return func(agency string, year int) bool {
		path := "agencies/" + agency + "/" + strconv.Itoa(year)
		return slices.ContainsFunc(lines, func(p string) bool { return p == path || strings.HasPrefix(path, p+"/") })
	}
}
