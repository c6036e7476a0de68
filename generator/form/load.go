package form

import (
	"cmp"
	"embed"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

//go:embed forms/*.yaml
var builtin embed.FS

// Folder is where an archive keeps forms of its own, beside content.
const Folder = "content/forms"

// maxFile is the size of the largest form file that is read, in bytes. The
// largest built-in one has 20 KB.
const maxFile = 1 << 20

// Set is the forms that an archive can use.
type Set struct {
	forms []*Form
	byID  map[string]*Form
}

// Load reads the built-in forms and those in content/forms/*.yaml of fsys,
// the folder that holds content/. A form of the archive replaces a built-in
// one with the same id.
//
// A form with mistakes is in the set as far as it could be read, so that the
// reports that use it are not told off for a form that does not exist.
func Load(fsys fs.FS) (*Set, []diag.Diagnostic) {
	var diags []diag.Diagnostic
	forms := map[string]*reader{}
	for _, name := range yamlFiles(builtin, "forms") {
		text, err := fs.ReadFile(builtin, name)
		if err != nil {
			panic("form: " + err.Error())
		}
		r := read(name, string(text))
		diags = append(diags, r.diags...)
		forms[r.form.ID] = r
	}

	own := map[string]*reader{}
	for _, name := range yamlFiles(fsys, Folder) {
		text, ds := readFile(fsys, name)
		diags = append(diags, ds...)
		if len(ds) > 0 {
			continue
		}
		r := read(name, text)
		diags = append(diags, r.diags...)
		id := r.form.ID
		if id == "" {
			continue
		}
		if first, ok := own[id]; ok {
			diags = append(diags, diag.New("form/duplicate-form", r.idSpan.In(name), "id", id, "file", first.file).
				With(first.idSpan.In(first.file), diag.Say("form/first")))
			continue
		}
		own[id], forms[id] = r, r
	}

	s := &Set{byID: make(map[string]*Form, len(forms))}
	for id, r := range forms {
		s.byID[id] = r.form
		s.forms = append(s.forms, r.form)
	}
	slices.SortFunc(s.forms, func(a, b *Form) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID))
	})
	for _, f := range s.forms {
		diags = append(diags, forms[f.ID].link(s)...)
	}
	diag.Sort(diags)
	return s, diags
}

// Form returns the form with the id.
func (s *Set) Form(id string) (*Form, bool) {
	f, ok := s.byID[id]
	return f, ok
}

// Forms lists the forms by their first year.
func (s *Set) Forms() []*Form { return s.forms }

// ForYear returns the form that a report of the year has without saying so.
// There is none where several forms cover the year. A free form counts only
// where no other form does.
func (s *Set) ForYear(year int) (*Form, bool) {
	for _, free := range []bool{false, true} {
		var covering []*Form
		for _, f := range s.forms {
			if f.Free == free && f.Covers(year) {
				covering = append(covering, f)
			}
		}
		if len(covering) > 0 {
			return covering[0], len(covering) == 1
		}
	}
	return nil, false
}

// ids lists the forms' ids, for suggestions.
func (s *Set) ids() []string {
	list := make([]string, len(s.forms))
	for i, f := range s.forms {
		list[i] = f.ID
	}
	return list
}

// yamlFiles lists the forms in a folder by name; a folder that does not exist
// has none. Files that an editor hides are none of them.
func yamlFiles(fsys fs.FS, folder string) []string {
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".yaml") && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, path.Join(folder, e.Name()))
		}
	}
	slices.Sort(names)
	return names
}

// readFile reads a form file of an archive. Only a regular file is opened,
// so that a form can neither be a device nor lie outside the archive.
func readFile(fsys fs.FS, name string) (string, []diag.Diagnostic) {
	top := source.At(1, 1).In(name)
	refuse := func(key string, args ...any) (string, []diag.Diagnostic) {
		return "", []diag.Diagnostic{diag.New(key, top, args...)}
	}
	info, err := fs.Lstat(fsys, name)
	if err != nil {
		return refuse("form/unreadable", "problem", reason(err))
	}
	if !info.Mode().IsRegular() {
		return refuse("form/not-regular")
	}
	file, err := fsys.Open(name)
	if err != nil {
		return refuse("form/unreadable", "problem", reason(err))
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return refuse("form/unreadable", "problem", reason(err))
	}
	if len(data) > maxFile {
		return refuse("form/size", "limit", maxFile>>20)
	}
	if ds := encoding(name, string(data)); len(ds) > 0 {
		return "", ds
	}
	return string(data), nil
}

// reason is an error's cause without the path, which on some systems is an
// absolute one.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// read reads one form file. What it returns has a form, however little could
// be read of it.
func read(file, text string) *reader {
	root, diags := yamlpos.Parse(file, text, 1)
	r := &reader{
		file: file, diags: diags, form: newForm(),
		tables: map[string]source.Span{}, sections: map[string]source.Span{},
		rules: map[string]source.Span{}, drawn: map[string]source.Span{},
		places: map[string]source.Span{},
	}
	if root != nil {
		r.read(root)
	}
	return r
}

func newForm() *Form {
	return &Form{
		rows:      map[string]*Row{},
		cells:     map[string]int{},
		levels:    map[string]*level{},
		continues: map[string][]int{},
	}
}
