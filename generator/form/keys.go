package form

import (
	"maps"
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// level holds the keys of one map in a report's front matter: the tables, or the
// rows and groups of a table or group. A heading without an id is no key; the rows
// below it are keys of the same level.
type level struct {
	ids   []string
	paths map[string]string // by id and by normalised label
}

func (l *level) name(label, id string) {
	if key := Normalise(label); key != "" {
		if _, taken := l.paths[key]; !taken {
			l.paths[key] = id
		}
	}
}

// Key returns the path of the table, group or row that a key of the front matter
// names. Prefix is the path of the table or group in which the key stands, or ""
// for a key of the first level, which names a table. The key may be an id, an
// official label or an alias, in any usual spelling.
func (f *Form) Key(prefix, key string) (path string, ok bool) {
	l := f.levels[prefix]
	if l == nil {
		return "", false
	}
	if path, ok = l.paths[key]; !ok {
		path, ok = l.paths[Normalise(key)]
	}
	return path, ok
}

// Like returns the path that a misspelt key most likely names, and the id to write
// instead. It compares the key with the ids first, then with the labels in their
// normalised spelling.
func (f *Form) Like(prefix, key string) (path, id string, ok bool) {
	l := f.levels[prefix]
	if l == nil {
		return "", "", false
	}
	word, ok := yamlpos.Suggest(key, l.ids)
	if !ok {
		words := slices.Sorted(maps.Keys(l.paths))
		if word, ok = yamlpos.Suggest(Normalise(key), words); !ok {
			return "", "", false
		}
	}
	path = l.paths[word]
	return path, path[strings.LastIndexByte(path, '.')+1:], true
}

// Keys lists the ids below a path in their order, for suggestions.
func (f *Form) Keys(prefix string) []string {
	if l := f.levels[prefix]; l != nil {
		return l.ids
	}
	return nil
}

// Group reports whether the path is that of a table or group, whose value in
// the front matter is a map; otherwise it is that of a row, or of nothing.
func (f *Form) Group(path string) bool { return path != "" && f.levels[path] != nil }

// heading is the section that a heading begins.
type heading struct {
	section *Section
	exact   bool
}

// Section returns the section that a heading begins. The heading may have its
// number (一、总体情况). Exact is true for the official heading and false for an
// alias.
func (f *Form) Section(words string) (s *Section, exact, ok bool) {
	h, ok := f.headings[words]
	if !ok {
		h, ok = f.headings[Normalise(words)]
	}
	return h.section, h.exact, ok
}

// indexSection makes a section known by its words, and its table by the same.
func (r *reader) indexSection(s *Section) {
	f := r.form
	for i, words := range append([]string{s.Label.ZH, s.Label.EN}, s.Aliases...) {
		key := Normalise(words)
		if key == "" {
			continue
		}
		if first, ok := f.headings[key]; ok && first.section != s {
			r.ambiguous(words, first.section.ID, s.ID, r.sections)
			continue
		} else if !ok {
			h := heading{section: s, exact: i < 2}
			f.headings[key], f.headings[words] = h, h
		}
		if s.Table != nil {
			f.levels[""].name(words, s.Table.ID)
		}
	}
}

// index builds the levels of the front matter from the tables. Ids come
// first, so that no label can take the place of one.
func (r *reader) index() {
	f := r.form
	top := f.levels[""]
	for _, t := range f.Tables {
		top.ids = append(top.ids, t.ID)
		top.paths[t.ID] = t.ID
	}
	for _, t := range f.Tables {
		top.name(t.Label.ZH, t.ID)
		top.name(t.Label.EN, t.ID)
		r.indexLevel(t.ID, t.Body)
	}
}

func (r *reader) indexLevel(path string, groups []*Group) {
	l := &level{paths: map[string]string{}}
	r.form.levels[path] = l
	here := keyed(groups, nil)
	for _, g := range here {
		l.ids = append(l.ids, g.ID)
		l.paths[g.ID] = path + "." + g.ID
	}
	for _, g := range here {
		below := path + "." + g.ID
		for _, label := range append([]string{g.Label.ZH, g.Label.EN}, g.Aliases...) {
			if other, ok := l.paths[Normalise(label)]; ok && other != below {
				r.ambiguous(label, other, below, r.rows)
				continue
			}
			l.name(label, below)
		}
		if g.Row == nil {
			r.indexLevel(below, g.Under)
		}
	}
}

// ambiguous reports a label that could mean two things, which places finds.
func (r *reader) ambiguous(label, first, second string, places map[string]source.Span) {
	r.add(diag.New("form/ambiguous", places[second].In(r.File), "label", label, "first", first, "second", second).
		With(places[first].In(r.File), diag.Say("form/first")))
}

// keyed lists the groups and rows with an id, going through the headings
// that are only printed.
func keyed(groups, list []*Group) []*Group {
	for _, g := range groups {
		if g.ID == "" {
			list = keyed(g.Under, list)
			continue
		}
		list = append(list, g)
	}
	return list
}
