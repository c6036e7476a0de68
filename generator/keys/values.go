package keys

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"

	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/yamlpos"
)

// Values holds the valid values of a map that was read by a table. Invalid
// values have been reported, and are treated as missing.
type Values struct {
	*Fields
	table  Table
	right  map[string][]*yamlpos.Node
	inside map[string][]*Values // of maps and lists of maps
}

// Read reads a map by its table; it returns nil, having reported it, if n is not
// a map. The caller must call Close on the result; maps inside it are closed
// already. With blank, an empty value counts as a missing key, which has its
// default.
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
		switch {
		case k.List:
			list = r.List(item)
		case k.Named && item.Kind == yamlpos.Map:
			list = pointers(item.Items)
		case k.Named:
			r.Fault("map", item)
			continue
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
			v.Fault("year", n, "text", text)
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
			v.Add(rule, func() diag.Diagnostic {
				if k.Type == Date {
					return misdated(n, text, v.File)
				}
				return diag.New(problem, n.Span.In(v.File), "text", text)
			})
			return false
		}
	}
	return true
}

const dayOnly = "01-02"

// spelling is a date as offices write it: the numbers of year, month and day, in
// this order, with a sign or a word after each.
var spelling = regexp.MustCompile(`^\D?([0-9]{4})(?:\D{1,3}([0-9]{1,2})\D{1,3}([0-9]{1,2})\D?|([0-9]{2})([0-9]{2}))$`)

// misdated returns the diagnostic of a text that is no date as a file has it,
// with its repair where the text can mean only one.
func misdated(n *yamlpos.Node, text, file string) diag.Diagnostic {
	m := spelling.FindStringSubmatch(strings.Map(lang.Narrow, text))
	if m == nil {
		return diag.New("date", n.Span.In(file), "text", text)
	}
	month, day := cmp.Or(m[2], m[4]), cmp.Or(m[3], m[5])
	right := m[1] + "-" + ("0" + month)[len(month)-1:] + "-" + ("0" + day)[len(day)-1:]
	if _, err := time.Parse(time.DateOnly, right); err != nil {
		return diag.New("date/none", n.Span.In(file), "text", text)
	}
	d := diag.New("date/spelling", n.Span.In(file), "text", text, "right", right)
	d.Fix = &diag.Fix{Place: n.Span.In(file), Replace: right}
	return d
}

// Value returns the valid value of a key, of a list the first one, or nil. It
// panics, as the other methods do, if the table has no such key.
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

// Text returns the value of a key without white space around it, or "".
func (v *Values) Text(name string) string {
	if n := v.Value(name); n != nil {
		return strings.TrimSpace(n.Text)
	}
	return ""
}

// Texts returns the values of a list, each without white space around it.
func (v *Values) Texts(name string) (list []string) {
	for _, n := range v.nodes(name) {
		list = append(list, strings.TrimSpace(n.Text))
	}
	return list
}

// Flag reports whether the value of a key is true.
func (v *Values) Flag(name string) bool { return v.Text(name) == "true" }

// Year returns the value of a key as a year, or 0 if there is none.
func (v *Values) Year(name string) int {
	year, _ := strconv.Atoi(v.Text(name))
	return year
}

// ParseDay parses a day of any year, such as 01-31. The year of the result is 0;
// the result is the zero Time if text is not a day.
func ParseDay(text string) time.Time {
	t, _ := time.Parse(dayOnly, text)
	return t
}

// Date returns the value of a key of type Date, or of type Day, whose year is
// then 0. It returns the zero Time if there is none.
func (v *Values) Date(name string) time.Time {
	layout := time.DateOnly
	if v.table.Key(name).Type == Day {
		layout = dayOnly
	}
	t, _ := time.Parse(layout, v.Text(name))
	return t
}

// Maps returns the maps that are the value of a key: all maps of a list, those of a
// Named key, each with its name in Node.Key, or the single map. It returns nil if
// there is none.
func (v *Values) Maps(name string) []*Values { return v.inside[name] }
