package form

import (
	"slices"

	"annals/generator/diag"
)

// level is what stands at one depth of a report's front matter: the tables,
// or the rows and groups of a table or group. Headings without an id are not
// in it; what is below them is.
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

// Key finds what a key of the front matter means: below the path prefix of
// a table or group, or, where prefix is "", among the tables. The key is an
// id, or an official label or alias in any usual spelling. The path it
// returns is that of a table, a group or a row.
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

// Section finds the section that a heading opens. The heading may carry its
// number (一、总体情况). It is exact where it is the official one, and not
// where it is an alias of it.
func (f *Form) Section(heading string) (s *Section, exact, ok bool) {
	key := Normalise(heading)
	if key == "" {
		return nil, false, false
	}
	for _, s := range f.Sections {
		if key == Normalise(s.Label.ZH) || key == Normalise(s.Label.EN) {
			return s, true, true
		}
	}
	for _, s := range f.Sections {
		if slices.ContainsFunc(s.Aliases, func(alias string) bool { return key == Normalise(alias) }) {
			return s, false, true
		}
	}
	return nil, false, false
}

// index builds the levels of the front matter from the tables. Ids come
// first, so that no label can take the place of one.
func (r *reader) index() {
	f := r.form
	top := &level{paths: map[string]string{}}
	f.levels[""] = top
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
			key := Normalise(label)
			if other, ok := l.paths[key]; ok && other != below && key != "" {
				r.ambiguous(label, other, below)
				continue
			}
			l.name(label, below)
		}
		if g.Row == nil {
			r.indexLevel(below, g.Under)
		}
	}
}

// ambiguous reports two rows of one level that a label could both mean.
func (r *reader) ambiguous(label, first, second string) {
	r.diags = append(r.diags, diag.New("form/ambiguous", r.places[second].In(r.file),
		"label", label, "first", first, "second", second).
		With(r.places[first].In(r.file), diag.Say("form/first")))
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
