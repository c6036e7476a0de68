package bind

import (
	"index/suffixarray"
	"maps"
	"slices"
	"strings"
	"unicode"

	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/locale"
)

// vocabulary holds the labels of a table of a form, in the order in which the
// table prints them.
type vocabulary struct {
	table     *form.Table
	name      lang.Text
	units     []unit             // titles, groups and rows; for stacked tables their heads too
	head      []word             // labels of the head
	all       string             // all labels, folded and joined, in which partOf looks for parts of labels
	index     *suffixarray.Index // index of all, nil until it is needed; it makes looking up megabytes of text quick
	words     map[string]bool    // all labels, folded
	columns   map[string]bool    // names of columns, folded
	headRunes map[rune]bool      // every character of the head
}

// unit is one label in the body of the table.
type unit struct {
	row   *form.Row // nil if the label is that of a group, or a title
	names [][]rune  // the label and its aliases, folded
	text  []rune    // the spelling that the document uses
}

// word is one label in the head.
type word struct {
	column *form.Column // nil for a heading over several columns
	names  []string     // folded
	depth  int
}

// fold returns a text as labels are compared: normalised, and without the numbers
// of labels that have run into each other. The number of an article's item is
// kept.
func fold(text string) []rune {
	if strings.IndexFunc(text, numbers) >= 0 {
		for _, l := range locale.All() {
			for _, inner := range l.Label.Inner {
				text = inner.Regexp().ReplaceAllString(text, "$1$2")
			}
		}
	}
	return []rune(form.Normalise(text))
}

// numbers reports whether a label's number may begin with the character.
func numbers(r rune) bool { return unicode.In(r, unicode.Nd, unicode.Ps) }

// newVocabulary collects the labels of a table.
func newVocabulary(f *form.Form, t *form.Table) *vocabulary {
	v := &vocabulary{table: t, name: t.Label, words: map[string]bool{}, columns: map[string]bool{}, headRunes: map[rune]bool{}}
	var body func(groups []*form.Group)
	body = func(groups []*form.Group) {
		for _, g := range groups {
			v.unit(g.Row, f.Own(g.Label), g.Aliases)
			body(g.Under)
		}
	}
	if t.Layout == form.Blocks {
		for _, k := range t.Blocks {
			v.unit(nil, f.Own(k.Title), nil)
			v.unit(nil, f.Own(k.Corner), nil)
			for _, c := range k.Columns {
				v.unit(nil, f.Own(c.Label), c.Aliases)
			}
			for _, r := range k.Rows {
				v.unit(r, f.Own(r.Label), r.Aliases)
			}
		}
	} else {
		body(t.Body)
	}
	v.headWord(nil, f.Own(t.Corner), nil, 0)
	var heads func(list []*form.Heading, depth int)
	heads = func(list []*form.Heading, depth int) {
		for _, h := range list {
			var aliases []string
			if h.Column != nil {
				aliases = h.Column.Aliases
			}
			v.headWord(h.Column, f.Own(h.Label), aliases, depth)
			heads(h.Under, depth+1)
		}
	}
	heads(t.Head, 0)
	// The archive's own tables.csv has the id of each row in a column "id",
	// and its label together with those of its groups.
	v.words["id"] = true
	for _, r := range t.Rows {
		v.words[string(fold(r.Path))] = true
		v.words[string(fold(f.Own(r.Full)))] = true
	}
	v.join()
	return v
}

// join sets all. The official spellings come first and without separators,
// because a document may run labels into each other.
func (v *vocabulary) join() {
	var b strings.Builder
	for _, u := range v.units {
		b.WriteString(string(u.names[0]))
	}
	b.WriteByte('\n')
	for _, w := range v.head {
		b.WriteString(w.names[0])
	}
	v.all = b.String() + "\n" + strings.Join(slices.Sorted(maps.Keys(v.words)), "\n")
}

// unit adds a label of the body with its aliases.
func (v *vocabulary) unit(row *form.Row, label string, aliases []string) {
	u := unit{row: row}
	for _, name := range append([]string{label}, aliases...) {
		if folded := fold(name); len(folded) > 0 {
			u.names = append(u.names, folded)
			v.words[string(folded)] = true
		}
	}
	if len(u.names) > 0 {
		v.units = append(v.units, u)
	}
}

// headWord adds a label of the head with its aliases.
func (v *vocabulary) headWord(c *form.Column, label string, aliases []string, depth int) {
	w := word{column: c, depth: depth}
	for _, name := range append([]string{label}, aliases...) {
		if folded := string(fold(name)); folded != "" {
			w.names = append(w.names, folded)
			for _, r := range folded {
				v.headRunes[r] = true
			}
			if c != nil {
				v.columns[folded] = true
			}
			v.words[folded] = true
		}
	}
	if len(w.names) > 0 {
		v.head = append(v.head, w)
	}
}

// prints reports whether the whole text, folded, is one of the table's labels.
func (v *vocabulary) prints(folded []rune) bool { return v.words[string(folded)] }

// partOf reports whether the folded text, with or without the digits in it that
// number labels, is part of the table's labels.
func (v *vocabulary) partOf(folded []rune) bool {
	if v.index == nil {
		v.index = suffixarray.New([]byte(v.all))
	}
	text := string(folded)
	if len(text) == 0 || v.index.Lookup([]byte(text), 1) != nil {
		return true
	}
	bare := withoutNumbering(folded)
	return len(bare) < len(text) && (bare == "" || v.index.Lookup([]byte(bare), 1) != nil)
}

// withoutNumbering removes the digits 1 to 9, which number labels.
func withoutNumbering(folded []rune) string {
	return strings.Map(func(r rune) rune {
		if r >= '1' && r <= '9' {
			return -1
		}
		return r
	}, string(folded))
}

// hits counts the labels of rows and columns that are in the text.
func (v *vocabulary) hits(text []rune) int {
	n := len(v.rowsIn(text))
	s := string(text)
	for _, w := range v.head {
		if w.column != nil && len([]rune(w.names[0])) > 2 && strings.Contains(s, w.names[0]) {
			n++
		}
	}
	return n
}

// rowsIn lists the rows whose label is in the text. Labels of one or two
// characters do not count, because they occur in other labels and words too.
func (v *vocabulary) rowsIn(text []rune) []*form.Row {
	s := string(text)
	var rows []*form.Row
	for _, u := range v.units {
		if u.row == nil {
			continue
		}
		if slices.ContainsFunc(u.names, func(name []rune) bool {
			return len(name) > 2 && strings.Contains(s, string(name))
		}) {
			rows = append(rows, u.row)
		}
	}
	return rows
}

// spellings chooses for each label the spelling that the text uses: the official
// one if it is in the text or none is, otherwise the longest alias that is.
func (v *vocabulary) spellings(text []rune) []unit {
	s := string(text)
	units := slices.Clone(v.units)
	for i := range units {
		u := &units[i]
		u.text = u.names[0]
		if strings.Contains(s, string(u.text)) {
			continue
		}
		longest := 0
		for _, name := range u.names[1:] {
			if len(name) > longest && strings.Contains(s, string(name)) {
				u.text, longest = name, len(name)
			}
		}
	}
	return units
}
