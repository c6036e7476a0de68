package form

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/keys"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

//go:embed forms/*.yaml
var builtin embed.FS

// Folder is where an archive keeps forms of its own, beside content.
const Folder = "content/forms"

// Set is the forms that an archive can use.
type Set struct {
	forms []*Form
	byID  map[string]*Form
}

// Load reads the built-in forms and those in content/forms/*.yaml of fsys,
// the folder that holds content/. A form of the archive replaces a built-in
// one with the same id.
//
// A form with mistakes is in the set as far as it could be read, so that
// reports that use it get no diagnostic about a form that does not exist.
//
// Nothing changes a form once it is loaded: archives without forms of their own
// share the built-in ones.
func Load(fsys fs.FS) (*Set, []diag.Diagnostic) {
	if names := yamlFiles(fsys, Folder); len(names) > 0 {
		return assemble(fsys, names)
	}
	return builtinOnly()
}

var builtinOnly = sync.OnceValues(func() (*Set, []diag.Diagnostic) { return assemble(nil, nil) })

// assemble reads the built-in forms, and those of an archive that have the names.
func assemble(fsys fs.FS, names []string) (*Set, []diag.Diagnostic) {
	forms := map[string]*reader{}
	var diags []diag.Diagnostic
	var official []*Form
	for _, r := range readAll(builtin, yamlFiles(builtin, "forms"), &diags) {
		forms[r.form.ID] = r
		official = append(official, r.form)
	}
	own := map[string]*reader{}
	for _, r := range readAll(fsys, names, &diags) {
		id := r.form.ID
		if first, ok := own[id]; ok {
			diags = append(diags, diag.New("form/duplicate-form", r.idSpan.In(r.File), "id", id, "file", first.File).
				With(first.idSpan.In(first.File), diag.Say("form/first")))
			continue
		}
		own[id] = r
		if forms[id] != nil && len(r.diags) > 0 {
			continue // reports are checked against the built-in form until this one is repaired
		}
		forms[id] = r
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
		r := own[f.ID]
		sound := r != nil && len(r.diags) == 0
		found := forms[f.ID].link(s)
		if sound && len(found) == 0 {
			found = weaker(r, official)
		}
		diags = append(diags, found...)
	}
	diag.Sort(diags)
	return s, diags
}

// readAll reads the forms with the names. A form without an id cannot be used, so
// only its diagnostics are kept.
func readAll(fsys fs.FS, names []string, diags *[]diag.Diagnostic) []*reader {
	var list []*reader
	for _, name := range names {
		data, found := files.ReadText(fsys, name)
		*diags = append(*diags, found...)
		if data == nil {
			continue
		}
		text, marked := strings.CutPrefix(string(data), files.ByteOrderMark)
		if marked {
			*diags = append(*diags, diag.New("encoding/bom", files.Top(name)))
		}
		r := read(name, text)
		r.form.Sum = sha256.Sum256(data)
		*diags = append(*diags, r.diags...)
		if r.form.ID != "" {
			list = append(list, r)
		}
	}
	return list
}

// Form returns the form with the id.
func (s *Set) Form(id string) (*Form, bool) {
	f, ok := s.byID[id]
	return f, ok
}

// Forms lists the forms by their first year.
func (s *Set) Forms() []*Form { return s.forms }

// ForYear returns the form of a report of the year that does not name one. There is
// none if several forms cover the year. A free form counts only if no other form
// covers the year.
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
// has none. Anything that is no regular file is left out here: the walk of the
// content reports it.
func yamlFiles(fsys fs.FS, folder string) []string {
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() && strings.HasSuffix(e.Name(), ".yaml") {
			names = append(names, path.Join(folder, e.Name()))
		}
	}
	slices.Sort(names)
	return names
}

// read reads one form file. The result's form is never nil, however little of
// the file could be read.
func read(file, text string) *reader {
	root, diags := yamlpos.Parse(file, text, 1)
	r := &reader{
		diags: diags, form: newForm(), groups: map[string][]*Row{},
		tables: map[string]source.Span{}, sections: map[string]source.Span{},
		rules: map[string]source.Span{}, drawn: map[string]source.Span{},
		rows: map[string]source.Span{}, placed: map[string]source.Span{},
	}
	r.Reader = keys.Reader{File: file, Rule: "form", Add: func(_ string, make func() diag.Diagnostic) {
		if !r.full() {
			r.add(make())
		}
	}}
	if root != nil {
		r.read(root)
	}
	return r
}

func newForm() *Form {
	return &Form{
		rows:      map[string]*Row{},
		cells:     map[string]int{},
		levels:    map[string]*level{"": {paths: map[string]string{}}},
		headings:  map[string]heading{},
		continues: map[string][]int{},
	}
}
