// Package keys reads maps strictly, and holds the table of all keys that the
// documents of an archive may have.
//
// A row of tables/*.yaml defines a key: its name, its type and what it means.
// The readers of site.yaml, agencies and reports, the order in which annals fmt
// writes keys, the JSON Schemas for editors and the tables of
// docs/content-format.md are all made from these rows. To add a key, add a row,
// and the code that uses its value.
//
// A Reader reads the values of any map, also of a form's, whose keys are listed
// in Go code and not in a table. It reports every fault as a diagnostic at its
// line and column: an unknown key, with the key that was likely meant; a missing
// key; a value of the wrong type.
package keys

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"annals/generator/lang"
	"annals/generator/yamlpos"
)

// Table lists keys in the order in which they are written.
type Table []Key

// Key is a row of a table: all that is defined about a key.
type Key struct {
	Name     string `yaml:"key"`
	Type     string // "" for a line of text, or one of the types below
	List     bool   // a list of such values
	Named    bool   // a map of such values by names that the author chooses
	Required bool
	Words    []string  // of a Word: the values allowed
	Keys     Table     // of a Map: the keys in it
	Default  string    // the value that holds if the key is missing, as written in YAML
	About    lang.Text `yaml:",inline"` // Markdown
}

// The types of values. Values of the first line's types are read as lines of
// text; whether the file or the cell that they name exists is checked elsewhere.
const (
	URL, File, Cell, Form, SHA256 = "url", "file", "cell", "form", "sha256"

	Word = "word" // one of a list
	Flag = "flag" // true or false
	Year = "year" // four digits
	Date = "date" // 2025-01-10
	Day  = "day"  // 01-31, of any year
	Map  = "map"
	Any  = "any" // one value, whatever it is

	// Tables is the type of a row that is no key itself but marks where the keys
	// of the tables of a report's form stand in the order.
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

// The keys of each kind of document: of site.yaml, of an agency, of a report and
// of a free page.
var (
	Site   = load("site")
	Agency = load("agency")
	Report = load("report")
	Page   = load("page")
)

// Kinds are the kinds of agencies, in the order in which pages show them. The
// first is a region, which files no report.
func Kinds() []string { return Agency().Key("kind").Words }

// Key returns the row of the key with a name, or nil.
func (t Table) Key(name string) *Key {
	i := slices.IndexFunc(t, func(k Key) bool { return k.Name == name && k.Type != Tables })
	if i < 0 {
		return nil
	}
	return &t[i]
}

// Defaults are the values of a list that hold if the key is missing.
func (k *Key) Defaults() []string { return strings.Split(k.Default, ", ") }

// Names lists the names of the keys in order. The given tables are put where the
// tables of a form belong.
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
