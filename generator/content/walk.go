package content

import (
	"io/fs"
	"runtime"
	"strings"

	"annals/generator/bug"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/output"
)

// A walker reads folders, several at a time. Each folder keeps its own
// diagnostics, so that their order is the tree's and not that of the workers.
type walker struct {
	fsys fs.FS
	free chan struct{} // one token for each further worker
}

func newWalker(fsys fs.FS) *walker {
	return &walker{fsys: fsys, free: make(chan struct{}, runtime.GOMAXPROCS(0)-1)}
}

// A listing is the entries of a folder that count: not the ones that editors
// and systems leave behind, and no links or devices.
type listing struct {
	entries []fs.DirEntry
	diags   []diag.Diagnostic
}

func (w *walker) list(dir string) listing {
	all, err := fs.ReadDir(w.fsys, dir)
	l := listing{entries: all[:0]}
	if err != nil {
		l.diags = append(l.diags, files.Unreadable(dir, err))
	}
	for _, e := range all {
		if leftover(e.Name()) {
			continue
		}
		if d, bad := files.Irregular(dir+"/"+e.Name(), e.Type()); bad {
			l.diags = append(l.diags, d)
			continue
		}
		l.entries = append(l.entries, e)
	}
	l.diags = append(l.diags, collisions(dir, l.entries)...)
	return l
}

// leftover reports whether a name is one of those that editors, office
// programs and systems leave beside people's files.
func leftover(name string) bool {
	switch name {
	case "Thumbs.db", "desktop.ini":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") ||
		strings.HasSuffix(name, "~") || strings.HasSuffix(name, ".bak") || strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#")
}

// collisions finds names that are one name on disks that ignore case.
func collisions(dir string, entries []fs.DirEntry) (diags []diag.Diagnostic) {
	mixed := false
	for _, e := range entries {
		mixed = mixed || strings.ContainsFunc(e.Name(), func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 0x80 })
	}
	if !mixed {
		return nil
	}
	first := make(map[string]string, len(entries))
	for _, e := range entries {
		folded := output.Fold(e.Name())
		if other, taken := first[folded]; taken {
			diags = append(diags, diag.New("name-collision", files.Top(dir+"/"+e.Name()), "name", e.Name(), "other", other).
				With(files.Top(dir+"/"+other), diag.Say("name-collision/other")))
			continue
		}
		first[folded] = e.Name()
	}
	return diags
}

// A visit is a folder with the diagnostics about it and about the folders below it.
type visit struct {
	Folder
	diags []diag.Diagnostic
	below []*visit
}

// diagnostics returns the diagnostics of a visit and of the visits below it.
func (v *visit) diagnostics() []diag.Diagnostic {
	list := v.diags
	for _, child := range v.below {
		list = append(list, child.diagnostics()...)
	}
	return list
}

func (v *visit) say(key string, file string, args ...any) {
	v.diags = append(v.diags, diag.New(key, files.Top(file), args...))
}

// folder reads the agency's folder at the path below content/agencies; the
// empty path is that folder itself.
func (w *walker) folder(path string, depth int) *visit {
	v := &visit{Folder: Folder{Path: path}}
	dir := agencies
	if path != "" {
		dir += "/" + path
	}
	if len(dir) > maxFolder {
		v.say("folder-name/path", dir, "limit", maxFolder)
		return v
	}
	l := w.list(dir)
	v.diags = l.diags
	var names []string
	for _, e := range l.entries {
		name := e.Name()
		year, isYear := yearOf(strings.TrimSuffix(name, ".md"))
		isYear = isYear && path != ""
		switch file := dir + "/" + name; {
		case e.IsDir() && isYear:
			w.yearFolder(v, file, year)
		case e.IsDir():
			if d, bad := checkName(file, name); bad {
				v.diags = append(v.diags, d)
			} else {
				names = append(names, name)
			}
		case name == common:
			v.Boilerplate = &File{file, e}
		case path == "":
			v.say("unknown-file/agencies", file, "name", name)
		case name == index:
			v.Index = &File{file, e}
		case isYear && strings.HasSuffix(name, ".md"):
			v.add(Report{Year: year, File: File{file, e}})
		default:
			v.unknown(file, name)
		}
	}
	v.longPaths(dir)
	if depth > MaxFolders && len(names) > 0 {
		v.say("folder-name/depth", dir, "limit", MaxFolders)
		return v
	}
	w.children(v, names, depth)
	if v.Index == nil && path != "" && (len(v.Reports) > 0 || len(v.Children) > 0) {
		v.say("unknown-agency", dir+"/"+index, "folder", dir)
	}
	return v
}

// children reads the folders below v, with another worker where one is free.
func (w *walker) children(v *visit, names []string, depth int) {
	v.below = make([]*visit, len(names))
	var wait bug.Group
	for i, name := range names {
		path := name
		if v.Path != "" {
			path = v.Path + "/" + name
		}
		select {
		case w.free <- struct{}{}:
			wait.Go(func() {
				defer func() { <-w.free }()
				v.below[i] = w.folder(path, depth+1)
			})
		default:
			v.below[i] = w.folder(path, depth+1)
		}
	}
	wait.Wait()
	for _, child := range v.below {
		if child.Index != nil || len(child.Reports) > 0 || len(child.Children) > 0 {
			v.Children = append(v.Children, &child.Folder)
		}
	}
}

// yearFolder reads the folder of a year: index.md and the files beside it.
func (w *walker) yearFolder(v *visit, dir string, year int) {
	l := w.list(dir)
	v.diags = append(v.diags, l.diags...)
	r := Report{Year: year, Dir: dir}
	for _, e := range l.entries {
		name, file := e.Name(), dir+"/"+e.Name()
		switch {
		case e.IsDir():
			v.say("unknown-file/folder", file, "name", name)
		case name == report:
			r.File = File{file, e}
		case strings.HasSuffix(name, ".md"):
			v.say("unknown-file/year", file, "name", name)
		case reserved(name):
			v.say("attachment/reserved", file, "name", name)
		case KindOf(name) == "":
			v.say("attachment/kind", file, "name", name)
		default:
			if key := unpublishable(strings.TrimPrefix(file, root+"/")); key != "" {
				v.say(key, file, "name", name)
				continue
			}
			r.Attachments = append(r.Attachments, File{file, e})
		}
	}
	if r.Path == "" {
		v.say("missing-file/index", dir+"/"+report)
		return
	}
	v.add(r)
}

// add takes a report, unless the agency has one of that year. Names sort so
// that the folder 2023 comes before 2023.md, and reports by their year.
func (v *visit) add(r Report) {
	if n := len(v.Reports); n > 0 && v.Reports[n-1].Year == r.Year {
		v.diags = append(v.diags, diag.New("duplicate-report", files.Top(r.Path)).
			With(files.Top(v.Reports[n-1].Path), diag.Say("duplicate-report/other")))
		return
	}
	v.Reports = append(v.Reports, r)
}
