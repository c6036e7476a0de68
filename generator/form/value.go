package form

import (
	"regexp"
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// object is a map whose items are taken one by one; what is left when it is
// closed is an unknown key.
type object struct {
	r     *reader
	node  *yamlpos.Node
	known []string
	taken map[string]bool
}

// object returns n as a map, or nil after having reported that it is none.
func (r *reader) object(n *yamlpos.Node) *object {
	if n.Kind != yamlpos.Map {
		r.report("map", n.Span)
		return nil
	}
	return &object{r: r, node: n, taken: map[string]bool{}}
}

// get returns the value of an optional key, or nil.
func (m *object) get(key string) *yamlpos.Node {
	m.known = append(m.known, key)
	n := m.node.Get(key)
	if n != nil {
		m.taken[key] = true
	}
	return n
}

// need returns the value of a required key, or nil after having reported
// that it is missing.
func (m *object) need(key string) *yamlpos.Node {
	n := m.get(key)
	if n == nil {
		m.r.add(yamlpos.MissingKey(m.r.file, m.node, key))
	}
	return n
}

func (m *object) close() {
	for i := range m.node.Items {
		if item := &m.node.Items[i]; !m.taken[item.Key] {
			m.r.add(yamlpos.UnknownKey(m.r.file, item, m.known))
		}
	}
}

// list returns the items of an optional list.
func (r *reader) list(n *yamlpos.Node) []*yamlpos.Node {
	if n == nil {
		return nil
	}
	if n.Kind != yamlpos.List {
		r.report("list", n.Span)
		return nil
	}
	items := make([]*yamlpos.Node, len(n.Items))
	for i := range n.Items {
		items[i] = &n.Items[i]
	}
	return items
}

// line reads an optional scalar that says something on one line. ok is false
// where there is none.
func (r *reader) line(n *yamlpos.Node) (text string, ok bool) {
	if n == nil {
		return "", false
	}
	if n.Kind != yamlpos.Scalar {
		r.report("text", n.Span)
		return "", false
	}
	text = strings.TrimSpace(n.Text)
	if text == "" || strings.ContainsAny(text, "\r\n") {
		r.report("line", n.Span)
		return "", false
	}
	return text, true
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
	m := r.object(n)
	var t lang.Text
	t.ZH, _ = r.line(m.get(string(lang.ZH)))
	t.EN, _ = r.line(m.get(string(lang.EN)))
	m.need(string(r.form.Language.Language))
	m.close()
	return t
}

// flag reads an optional true or false.
func (r *reader) flag(n *yamlpos.Node, otherwise bool) bool {
	if n == nil {
		return otherwise
	}
	if n.Kind == yamlpos.Scalar && !n.Quoted && (n.Text == "true" || n.Text == "false") {
		return n.Text == "true"
	}
	r.report("flag", n.Span)
	return otherwise
}

// oneOf reads an optional word of a closed list and returns its index.
func (r *reader) oneOf(n *yamlpos.Node, known []string) (index int, ok bool) {
	text, ok := r.line(n)
	if !ok {
		return 0, false
	}
	if i := slices.Index(known, text); i >= 0 {
		return i, true
	}
	r.suggest("word", n.Span, text, known)
	return 0, false
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

// unique reports an id that is already taken and otherwise takes it.
func (r *reader) unique(seen map[string]source.Span, id string, at source.Span) bool {
	if first, ok := seen[id]; ok {
		r.add(diag.New("form/duplicate", at.In(r.file), "id", id).With(first.In(r.file), diag.Say("form/first")))
		return false
	}
	seen[id] = at
	return true
}
