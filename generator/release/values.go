package release

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"strings"

	"annals/generator/archive"
	"annals/generator/form"
)

// Values are the values of a report in the order of its cells, each as JSON
// writes it: 950, 75.9260, "/" for a token, "" for a blank, and null where the
// document has no such row or what it has is no value. Plain zeros are left out.
type Values []Value

// Value is the value of a cell.
type Value struct{ Cell, JSON string }

func valuesOf(r *archive.Report) Values {
	list := make(Values, 0, 32)
	for i := range r.Facts {
		cell := &r.Form.Cells[i]
		if f := &r.Facts[i]; !plain(f) {
			list = append(list, Value{cell.ID, string(appendFact(nil, f, cell.Column.Type))})
		}
	}
	return list
}

// appendValues appends what valuesOf(r).append does, for every report of an
// archive that is checked.
func appendValues(b []byte, r *archive.Report) []byte {
	n := nesting{open: make([]string, 0, 8)}
	b = append(b, '{')
	for i := range r.Facts {
		cell := &r.Form.Cells[i]
		if f := &r.Facts[i]; !plain(f) {
			b = appendFact(n.key(b, cell.ID), f, cell.Column.Type)
		}
	}
	return n.close(b)
}

// plain reports whether a fact is a plain 0, which is left out.
func plain(f *archive.Fact) bool {
	return f.Status == archive.Number && f.Value == 0 && (f.Text == "" || f.Text == plainZero)
}

const (
	plainZero = "0"
	nothing   = "null"
)

// appendFact writes a fact as a value of JSON.
func appendFact(b []byte, f *archive.Fact, t form.Type) []byte {
	switch {
	case f.Status == archive.Number:
		return f.AppendNumber(b, t)
	case f.Status == archive.Blank:
		return append(b, `""`...)
	case f.Text == "":
		return append(b, nothing...)
	}
	return quote(b, f.Text)
}

// append writes the values as maps within maps, by the parts of the cells' ids.
func (v Values) append(b []byte) []byte {
	var n nesting
	b = append(b, '{')
	for _, x := range v {
		b = append(n.key(b, x.Cell), x.JSON...)
	}
	return n.close(b)
}

// nesting writes the keys of maps within maps.
type nesting struct {
	open []string // the keys of the maps that are open
	more bool     // the innermost has an item
}

// key appends what goes before the value of a cell.
func (n *nesting) key(b []byte, id string) []byte {
	same, rest := 0, id
	for same < len(n.open) && len(rest) > len(n.open[same]) && rest[len(n.open[same])] == '.' && strings.HasPrefix(rest, n.open[same]) {
		rest = rest[len(n.open[same])+1:]
		same++
	}
	for range n.open[same:] {
		b = append(b, '}')
	}
	n.open = n.open[:same]
	if n.more {
		b = append(b, ',')
	}
	for {
		head, below, more := strings.Cut(rest, ".")
		if !more {
			break
		}
		b = append(quote(b, head), `:{`...)
		n.open, rest = append(n.open, head), below
	}
	n.more = true
	return append(quote(b, rest), ':')
}

// close ends all maps, and the outermost.
func (n *nesting) close(b []byte) []byte {
	for range n.open {
		b = append(b, '}')
	}
	return append(b, '}')
}

var errNested = errors.New("values are maps of values")

// UnmarshalJSON reads the maps that append writes.
func (v *Values) UnmarshalJSON(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return errors.Join(errNested, err)
	}
	return v.read(dec, "", 0)
}

// maxNested is how deep the ids of cells may nest.
const maxNested = 64

func (v *Values) read(dec *json.Decoder, prefix string, depth int) error {
	if depth > maxNested {
		return errNested
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		id := prefix + key.(string)
		value, err := dec.Token()
		if err != nil {
			return err
		}
		switch x := value.(type) {
		case json.Delim:
			if x != '{' {
				return errNested
			}
			if err := v.read(dec, id+".", depth+1); err != nil {
				return err
			}
		case json.Number:
			*v = append(*v, Value{id, x.String()})
		case string:
			*v = append(*v, Value{id, string(quote(nil, x))})
		case nil:
			*v = append(*v, Value{id, nothing})
		default:
			return errNested
		}
	}
	_, err := dec.Token()
	return err
}

// byCell indexes the values.
func (v Values) byCell() map[string]string {
	m := make(map[string]string, len(v))
	for _, x := range v {
		m[x.Cell] = x.JSON
	}
	return m
}

// equal reports whether two values are the same: numbers whatever their zeros
// behind the point.
func equal(a, b string) bool { return a == b || number(a) == number(b) }

// number writes a number without zeros behind its decimals; other values stay.
func number(json string) string {
	if c := json[0]; c != '-' && (c < '0' || c > '9') || !strings.Contains(json, ".") {
		return json
	}
	return strings.TrimSuffix(strings.TrimRight(json, "0"), ".")
}

// Blank is what messages and pages show of a blank or missing value.
const Blank = "∅"

// Printed is a value for a message or a page.
func Printed(value string) string { return cmp.Or(Written(value), Blank) }

// written is a value as an entry of corrections gives it: without quotes, and
// nothing for a blank or missing one.
func Written(value string) string {
	if value == nothing || value == "" {
		return ""
	}
	if value[0] != '"' {
		return value
	}
	var s string
	if json.Unmarshal([]byte(value), &s) != nil {
		return value
	}
	return s
}
