// Package keys reads maps strictly, and holds the table of all keys that the
// documents of an archive may have.
//
// A row of tables/*.yaml is all that there is to a key: its name, its type and
// what it means. The readers of site.yaml, agencies and reports, the order in
// which annals fmt writes, the JSON Schemas for editors and the tables of
// docs/content-format.md follow from it. A new key is a row there, and whatever
// uses its value.
//
// A Reader reads values of any map, also of one whose keys are code, as a
// form's are. Whatever is wrong is a diagnostic at its place: a key that nobody
// knows, with the one that was likely meant; one that is missing; a value of
// another shape.
package keys

import (
	"embed"
	"slices"
	"sync"

	"annals/generator/lang"
	"annals/generator/yamlpos"
)

// Table lists keys in the order in which they are written.
type Table []Key

// Key is a row.
type Key struct {
	Name     string `yaml:"key"`
	Type     string // "" for a line of text, or one of the types below
	List     bool   // a list of such values
	Required bool
	Words    []string  // of a Word: those that it may be
	Keys     Table     // of a Map
	Default  string    // what a document has that does not say, as it is written
	About    lang.Text `yaml:",inline"` // Markdown
}

// The types of values. To a reader those of the first line are texts: what
// they name is for others to find.
const (
	URL, File, Cell, Form, SHA256 = "url", "file", "cell", "form", "sha256"

	Word = "word" // one of a list
	Flag = "flag" // true or false
	Year = "year" // four digits
	Date = "date" // 2025-01-10
	Day  = "day"  // 01-31, of any year
	Map  = "map"
	Any  = "any" // one value, whatever it is

	// Tables is no key: here stand the tables of a report's form.
	Tables = "tables"
)

//go:embed tables/*.yaml
var files embed.FS

func load(name string) func() Table {
	return sync.OnceValue(func() (t Table) {
		data, err := files.ReadFile("tables/" + name + ".yaml")
		if err == nil {
			err = yamlpos.Strict(name+".yaml", data, &t)
		}
		if err != nil {
			panic("keys: " + err.Error())
		}
		return t
	})
}

// The tables of the documents: of site.yaml, of an agency, of a report and of
// a free page.
var (
	Site   = load("site")
	Agency = load("agency")
	Report = load("report")
	Page   = load("page")
)

// Kinds are the kinds of agencies, in the order in which pages show them. The
// first is a region, which files no report.
func Kinds() []string { return Agency().Key("kind").Words }

// Key finds a row, or nil.
func (t Table) Key(name string) *Key {
	i := slices.IndexFunc(t, func(k Key) bool { return k.Name == name && k.Type != Tables })
	if i < 0 {
		return nil
	}
	return &t[i]
}

// Names lists the keys; tables take the place of the form's.
func (t Table) Names(tables ...string) (names []string) {
	for _, k := range t {
		if k.Type == Tables {
			names = append(names, tables...)
		} else {
			names = append(names, k.Name)
		}
	}
	return names
}
