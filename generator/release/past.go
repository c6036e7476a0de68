package release

import (
	"bytes"
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"annals/generator/archive"
	"annals/generator/form"
)

// Past is an archive as it stood at one of its releases: an fs.FS in which
// content/agencies holds, for each report that was released by then and is not
// withdrawn, a file made from its line. Everything else is as it is now.
//
// Of the prose a line has the hash alone. In its place stands what Prose says.
type Past struct {
	fs.FS
	Forms *form.Set
	// Prose is what stands in place of a report's text.
	Prose func(s *State) string

	record   *Record
	folders  map[string][]fs.DirEntry
	reports  map[string]ref    // by file
	agencies map[string]*State // by the path then: what is known of it from its last line
}

// As returns the archive as of a release. withdrawn reports whether a report, by
// its agency's path in the content, says that it is withdrawn, which no release
// knows of yet.
func (r *Record) As(number int, fsys fs.FS, withdrawn func(agency string, year int) bool) (*Past, error) {
	p := &Past{FS: fsys, record: r, folders: map[string][]fs.DirEntry{}, reports: map[string]ref{}, agencies: map[string]*State{}}
	for now, lines := range r.lines {
		last := map[int32]bool{} // by year: whether it is withdrawn by now
		for _, x := range lines {
			last[x.year] = x.withdrawn
		}
		newest := map[string]ref{} // by agency
		for _, x := range lines {
			if int(x.release) > number {
				break
			}
			then := r.pathAt(x, number)
			newest[then] = x
			file := agencyFile(then, Number(int(x.year))+".md")
			if p.reports[file] = x; last[x.year] || withdrawn(r.now[now], int(x.year)) {
				delete(p.reports, file)
			}
		}
		for then, x := range newest {
			s, err := r.read(x)
			if err != nil {
				return nil, err
			}
			s.Values = nil
			p.agencies[then] = s
		}
	}
	p.list()
	return p, nil
}

func agencyFile(agency, name string) string { return agencies + "/" + agency + "/" + name }

const agencies = "content/agencies"

// pathAt is where the agency of a line was at the time of a release.
func (r *Record) pathAt(x ref, number int) string {
	at := x.agency
	for _, m := range r.moves {
		if m.from == at && m.release > int(x.release) && m.release <= number {
			at = m.to
		}
	}
	return at
}

// list fills the folders.
func (p *Past) list() {
	seen := map[string]bool{}
	var add func(file string, dir bool)
	add = func(file string, dir bool) {
		if seen[file] || file == "content" {
			return
		}
		seen[file] = true
		above := path.Dir(file)
		p.folders[above] = append(p.folders[above], fs.FileInfoToDirEntry(entry{path.Base(file), dir}))
		add(above, true)
	}
	for file := range p.reports {
		add(file, false)
	}
	for agency := range p.agencies {
		for at := agency; at != "."; at = path.Dir(at) {
			add(agencyFile(at, "_index.md"), false)
		}
	}
	for _, list := range p.folders {
		slices.SortFunc(list, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	}
}

// past reports whether a file is one that the past has and the present may not.
func past(name string) bool {
	return name == agencies || strings.HasPrefix(name, agencies+"/") || name == Folder || strings.HasPrefix(name, Folder+"/")
}

// ReadDir lists a folder.
func (p *Past) ReadDir(name string) ([]fs.DirEntry, error) {
	if past(name) {
		return p.folders[name], nil
	}
	list, err := fs.ReadDir(p.FS, name)
	if name == "content" {
		list = slices.DeleteFunc(list, func(e fs.DirEntry) bool { return past(name + "/" + e.Name()) })
		list = append(list, p.folders[name]...)
	}
	return list, err
}

// Open opens a file of the present; those of the past are read by ReadRegular.
func (p *Past) Open(name string) (fs.File, error) {
	if past(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return p.FS.Open(name)
}

// Lstat describes a file of the present.
func (p *Past) Lstat(name string) (fs.FileInfo, error) {
	if past(name) {
		return nil, &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrNotExist}
	}
	return fs.Lstat(p.FS, name)
}

// ReadLink fails: see beneath.Folder.
func (p *Past) ReadLink(name string) (string, error) { return fs.ReadLink(p.FS, name) }

// ReadRegular reads a whole file (see package files).
func (p *Past) ReadRegular(name string, limit int64) ([]byte, bool) {
	var data []byte
	ok := false
	switch {
	case !past(name):
		direct, is := p.FS.(interface {
			ReadRegular(string, int64) ([]byte, bool)
		})
		if !is {
			return nil, false
		}
		return direct.ReadRegular(name, limit)
	case path.Base(name) == "_index.md":
		data, ok = p.index(strings.TrimPrefix(path.Dir(name), agencies+"/")), true
	default:
		data, ok = p.report(name)
	}
	return data, ok && int64(len(data)) <= limit
}

// index makes the _index.md of an agency; one above those that had reports is as
// it is now.
func (p *Past) index(agency string) []byte {
	if s := p.agencies[agency]; s != nil {
		return indexFile(s.Name, s.Kind)
	}
	if data, err := fs.ReadFile(p.FS, agencyFile(agency, "_index.md")); err == nil {
		return data
	}
	return indexFile(agency, string(archive.Region))
}

func indexFile(name, kind string) []byte {
	return append(appendText(appendText([]byte("---\n"), "name: ", name), "\nkind: ", kind), "\n---\n"...)
}

// report makes the file of a report from its line.
func (p *Past) report(file string) ([]byte, bool) {
	x, ok := p.reports[file]
	if !ok {
		return nil, false
	}
	s, err := p.record.read(x)
	if err != nil {
		return nil, false
	}
	b := appendText([]byte("---\n"), "form: ", s.Form)
	b = appendText(b, "\ntitle: ", s.Title)
	if s.Published != "" {
		b = appendText(b, "\npublished: ", s.Published)
	}
	b = append(b, '\n')
	if len(s.Notes) > 0 {
		b = append(appendJSON(b, "notes: ", s.Notes), '\n')
	}
	if len(s.Corrections) > 0 {
		b = append(appendJSON(b, "corrections: ", s.Corrections), '\n')
	}
	f, ok := p.Forms.Form(s.Form)
	if !ok {
		return append(b, "---\n"...), true
	}
	b = append(s.tables(b, f), "---\n"...)
	said := p.Prose(s)
	first := true
	for _, part := range f.Sections {
		if part.Table != nil || part.Optional {
			continue
		}
		b = append(b, "\n## "+f.Own(part.Label)+"\n"...)
		if first {
			b = append(b, "\n"+said+"\n"...)
		}
		first = false
	}
	if first {
		b = append(b, "\n"+said+"\n"...)
	}
	return b, true
}

// tables writes the tables of a report as its front matter has them.
func (s *State) tables(b []byte, f *form.Form) []byte {
	values := s.Values.byCell()
	var open []string
	for _, row := range f.Rows {
		var line []byte
		missing := true
		for i := range row.Columns {
			value := cmp.Or(values[f.Cells[row.First+i].ID], plainZero)
			missing = missing && value == nothing
			if value == nothing {
				value = `""`
			}
			line = append(append(line, value...), ", "...)
		}
		if missing {
			continue
		}
		line = bytes.TrimSuffix(line, []byte(", "))
		if len(row.Columns) > 1 {
			line = append(append([]byte{'['}, line...), ']')
		}
		parts := strings.Split(row.Path, ".")
		for i, part := range parts {
			last := i == len(parts)-1
			if !last && i < len(open) && open[i] == part {
				continue
			}
			open = append(open[:i], part)
			b = append(append(append(b, strings.Repeat("  ", i)...), part...), ':')
			if last {
				b = append(append(b, ' '), line...)
			}
			b = append(b, '\n')
		}
	}
	return b
}

// entry is a file or folder of the past.
type entry struct {
	name string
	dir  bool
}

func (e entry) Name() string { return e.name }
func (e entry) Size() int64  { return 0 }
func (e entry) Mode() fs.FileMode {
	if e.dir {
		return fs.ModeDir | 0o755
	}
	return 0o644
}
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) IsDir() bool        { return e.dir }
func (e entry) Sys() any           { return nil }
