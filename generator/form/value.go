package form

import (
	"regexp"
	"slices"

	"annals/generator/diag"
	"annals/generator/keys"
	"annals/generator/lang"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// list returns the items of an optional list.
func (r *reader) list(n *yamlpos.Node) []*yamlpos.Node {
	if n == nil {
		return nil
	}
	return r.List(n)
}

// line reads an optional scalar of one line that is not empty. ok is false if there
// is none.
func (r *reader) line(n *yamlpos.Node) (text string, ok bool) {
	if n == nil {
		return "", false
	}
	return r.Line(n)
}

// lines reads an optional list of texts.
func (r *reader) lines(n *yamlpos.Node) []string {
	var list []string
	for _, item := range r.list(n) {
		if text, ok := r.line(item); ok {
			list = append(list, text)
		}
	}
	return list
}

// label reads an optional text in two languages, {zh: …, en: …}; a text
// alone is in the language of the form.
func (r *reader) label(n *yamlpos.Node) lang.Text {
	if n == nil {
		return lang.Text{}
	}
	if n.Kind != yamlpos.Map {
		text, _ := r.line(n)
		return r.form.ownText(text)
	}
	m := r.Fields(n)
	var t lang.Text
	t.ZH, _ = r.line(m.Get(string(lang.ZH)))
	t.EN, _ = r.line(m.Get(string(lang.EN)))
	m.Need(string(r.form.Language.Language))
	m.Close()
	return t
}

// flag reads an optional true or false.
func (r *reader) flag(n *yamlpos.Node, otherwise bool) bool {
	if n != nil {
		if value, ok := r.Flag(n); ok {
			return value
		}
	}
	return otherwise
}

// oneOf reads an optional word of a closed list and returns its index.
func (r *reader) oneOf(n *yamlpos.Node, known []string) (index int, ok bool) {
	text, ok := r.line(n)
	if !ok {
		return 0, false
	}
	index = slices.Index(known, text)
	if index < 0 {
		r.suggest("word", n.Span, text, known)
	}
	return max(index, 0), index >= 0
}

// word is oneOf with the first word for the default.
func (r *reader) word(n *yamlpos.Node, known ...string) int {
	i, _ := r.oneOf(n, known)
	return i
}

// The shapes of names. A form's and a relation's id stands in URLs and
// reports of faults, the others are keys and operands.
var (
	formID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	keyID  = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
)

// name reads an id of the shape. The words of equations are no ids.
func (r *reader) name(n *yamlpos.Node, shape *regexp.Regexp) (string, bool) {
	text, ok := r.line(n)
	if !ok {
		return "", false
	}
	if !shape.MatchString(text) {
		variant := "id"
		if shape == formID {
			variant = "dashed-id"
		}
		r.report(variant, n.Span, "id", text)
		return "", false
	}
	if text == wordCell || text == wordPrevious || text == wordChildren {
		r.report("reserved", n.Span, "id", text)
		return "", false
	}
	return text, true
}

// id reads the id of a map, one that has not been seen; usable is false where
// there is none.
func (r *reader) id(m *keys.Fields, shape *regexp.Regexp, seen map[string]source.Span) (id string, usable bool) {
	n := m.Need("id")
	if n == nil {
		return "", false
	}
	if id, usable = r.name(n, shape); usable {
		usable = r.unique(seen, id, n.Span)
	}
	return id, usable
}

// unique reports an id that is already taken and otherwise takes it.
func (r *reader) unique(seen map[string]source.Span, id string, at source.Span) bool {
	if first, ok := seen[id]; ok {
		r.add(diag.New("form/duplicate", at.In(r.File), "id", id).With(first.In(r.File), diag.Say("form/first")))
		return false
	}
	seen[id] = at
	return true
}
