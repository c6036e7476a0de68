package keys

import (
	"strconv"
	"strings"
	"time"

	"annals/generator/diag"
	"annals/generator/yamlpos"
)

// Values are those of a map that are as its table says. All others have been
// told and are as if nothing stood there.
type Values struct {
	*Fields
	table  Table
	right  map[string][]*yamlpos.Node
	inside map[string][]*Values // of maps and lists of maps
}

// Read reads a map by its table. The caller closes it; maps in it are closed.
// Where empty values leave a default, blank, they are none.
func (t Table) Read(r Reader, n *yamlpos.Node, blank bool) *Values {
	f := r.Fields(n)
	if f == nil {
		return nil
	}
	v := &Values{Fields: f, table: t, right: map[string][]*yamlpos.Node{}, inside: map[string][]*Values{}}
	for i := range t {
		k := &t[i]
		if k.Type == Tables {
			continue
		}
		get := v.Get
		if k.Required {
			get = v.Need
		}
		item := get(k.Name)
		if item == nil || blank && item.Null() {
			continue
		}
		list := []*yamlpos.Node{item}
		if k.List {
			list = r.List(item)
		}
		for _, n := range list {
			if v.read(k, n, blank) {
				v.right[k.Name] = append(v.right[k.Name], n)
			}
		}
	}
	return v
}

// read reads one value of a key and reports whether it is right.
func (v *Values) read(k *Key, n *yamlpos.Node, blank bool) bool {
	switch k.Type {
	case Any:
		return n.Kind == yamlpos.Scalar
	case Flag:
		_, ok := v.Reader.Flag(n)
		return ok
	case Word:
		_, ok := v.OneOf(n, k.Words)
		return ok
	case Map:
		sub := k.Keys.Read(v.Reader, n, blank)
		if sub == nil {
			return false
		}
		sub.Close()
		v.inside[k.Name] = append(v.inside[k.Name], sub)
		return true
	}
	text, ok := v.Line(n)
	if !ok {
		return false
	}
	switch k.Type {
	case Year:
		if y, err := strconv.Atoi(text); err != nil || len(text) != 4 || y < 1900 {
			v.Tell("year", n, "text", text)
			return false
		}
	case Date, Day:
		// Parsed in year 0 of the calendar, a leap year; the 29th of February
		// is no day of every year.
		layout, problem := time.DateOnly, "date"
		if k.Type == Day {
			layout, problem = dayOnly, "setting/day"
		}
		if _, err := time.Parse(layout, text); err != nil || text == "02-29" {
			rule, _, _ := strings.Cut(problem, "/")
			v.Add(rule, func() diag.Diagnostic { return diag.New(problem, n.Span.In(v.File), "text", text) })
			return false
		}
	}
	return true
}

const dayOnly = "01-02"

// Value returns the value of a key, or nil; of a list the first.
func (v *Values) Value(name string) *yamlpos.Node {
	if nodes := v.nodes(name); len(nodes) > 0 {
		return nodes[0]
	}
	return nil
}

func (v *Values) nodes(name string) []*yamlpos.Node {
	if v.table.Key(name) == nil {
		panic("keys: nothing is known of the key " + name)
	}
	return v.right[name]
}

// Text returns a text, or "".
func (v *Values) Text(name string) string {
	if n := v.Value(name); n != nil {
		return strings.TrimSpace(n.Text)
	}
	return ""
}

// Texts returns the texts of a list.
func (v *Values) Texts(name string) (list []string) {
	for _, n := range v.nodes(name) {
		list = append(list, strings.TrimSpace(n.Text))
	}
	return list
}

// Flag reports whether a key says true.
func (v *Values) Flag(name string) bool { return v.Text(name) == "true" }

// Year returns a year, or 0.
func (v *Values) Year(name string) int {
	year, _ := strconv.Atoi(v.Text(name))
	return year
}

// ParseDay reads a day of any year; the zero Time for none.
func ParseDay(text string) time.Time {
	t, _ := time.Parse(dayOnly, text)
	return t
}

// Date returns a date or the day of a year, of which the year is 0; the zero
// Time for none.
func (v *Values) Date(name string) time.Time {
	layout := time.DateOnly
	if v.table.Key(name).Type == Day {
		layout = dayOnly
	}
	t, _ := time.Parse(layout, v.Text(name))
	return t
}

// Maps returns the maps that a key holds: of a list all, of a single map one,
// or none.
func (v *Values) Maps(name string) []*Values { return v.inside[name] }
