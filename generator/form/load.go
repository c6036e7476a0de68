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
	// readers hold what the forms' files say, for a variant that is drafted.
	readers map[string]*reader
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
	var diags []diag.Diagnostic
	built := readAll(builtin, yamlFiles(builtin, "forms"), &diags)
	mine := distinct(readAll(fsys, names, &diags), &diags)
	forms, own := map[string]*reader{}, map[string]*reader{}
	var official []*Form
	for _, variants := range []bool{false, true} {
		for _, r := range built {
			if variants != (r.of != nil) {
				continue
			}
			if r.become(forms, nil); len(r.diags) > 0 {
				continue // a variant of a form that the archive has replaced by quite another
			}
			forms[r.form.ID] = r
			official = append(official, r.form)
		}
		for _, r := range mine {
			if variants != (r.of != nil) {
				continue
			}
			r.become(forms, mine)
			diags = append(diags, r.diags...)
			own[r.form.ID] = r
			if forms[r.form.ID] != nil && len(r.diags) > 0 {
				continue // reports are checked against the built-in form until this one is repaired
			}
			forms[r.form.ID] = r
		}
	}

	s := &Set{byID: make(map[string]*Form, len(forms)), readers: forms}
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
	for _, f := range s.forms {
		for _, earlier := range s.forms {
			f.extend(earlier)
		}
		if f.Parent != nil && f.Parent.Mentions != nil {
			f.Mentions = f.Parent.Mentions.in(f.covering, func(string) bool { return true })
		}
	}
	diag.Sort(diags)
	return s, diags
}

// distinct returns the forms but those without an id, which cannot be used, and
// those whose id an earlier file has. It reports both.
func distinct(list []*reader, diags *[]diag.Diagnostic) (usable []*reader) {
	byID := map[string]*reader{}
	for _, r := range list {
		switch first := byID[r.form.ID]; {
		case r.form.ID == "":
			*diags = append(*diags, r.diags...)
		case first != nil:
			*diags = append(append(*diags, r.diags...), diag.New("form/duplicate-form", r.idSpan.In(r.File), "id", r.form.ID, "file", first.File).
				With(first.idSpan.In(first.File), diag.Say("form/first")))
		default:
			byID[r.form.ID] = r
			usable = append(usable, r)
		}
	}
	return usable
}

// readAll reads the forms with the names, but of a variant only its id.
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
		list = append(list, r)
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
// covers the year, and a variant never does.
func (s *Set) ForYear(year int) (*Form, bool) {
	for _, free := range []bool{false, true} {
		var covering []*Form
		for _, f := range s.forms {
			if f.Parent == nil && f.Free == free && f.Covers(year) {
				covering = append(covering, f)
			}
		}
		if len(covering) > 0 {
			return covering[0], len(covering) == 1
		}
	}
	return nil, false
}

// ids lists the ids of the whole forms, for suggestions.
func (s *Set) ids() (list []string) {
	for _, f := range s.forms {
		if f.Parent == nil {
			list = append(list, f.ID)
		}
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
	if r.root = root; root != nil {
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
		continues: map[string]Concordance{},
	}
}
