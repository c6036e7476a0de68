package archive

import (
	"strings"

	"annals/generator/diag"
	"annals/generator/yamlpos"
)

// keys takes the items of a map one by one; what nobody took when it is
// closed is an unknown key. It collects every fault on the way.
type keys struct {
	file  string
	node  *yamlpos.Node
	known []string // every key that was asked for
	taken []bool   // by the number of the item
	found []diag.Diagnostic
}

func open(file string, node *yamlpos.Node) *keys {
	return &keys{file: file, node: node, taken: make([]bool, len(node.Items))}
}

func (m *keys) report(d diag.Diagnostic) { m.found = append(m.found, d) }

// take returns the value of an optional key, or nil.
func (m *keys) take(key string) *yamlpos.Node {
	m.known = append(m.known, key)
	for i := range m.node.Items {
		if m.node.Items[i].Key == key {
			m.taken[i] = true
			return &m.node.Items[i]
		}
	}
	return nil
}

// need returns the value of a required key, or nil after having told that it
// is missing, unless it may stand in what could not be read, or under a
// misspelt key, which is told as such.
func (m *keys) need(key string) *yamlpos.Node {
	n := m.take(key)
	if n == nil && !m.node.Cut && !m.misspelt(key) {
		m.report(yamlpos.MissingKey(m.file, m.node, key))
	}
	return n
}

// misspelt reports whether a key of the map is nearly the one that is needed.
func (m *keys) misspelt(key string) bool {
	for i := range m.node.Items {
		if _, near := yamlpos.Suggest(m.node.Items[i].Key, []string{key}); near {
			return true
		}
	}
	return false
}

// line reads a scalar that must say something, on one line.
func (m *keys) line(n *yamlpos.Node) (string, bool) {
	switch {
	case n.Kind != yamlpos.Scalar:
		m.report(diag.New("value/scalar", n.Span.In(m.file)))
	case strings.TrimSpace(n.Text) == "":
		m.report(diag.New("value/empty", n.Span.In(m.file)))
	case strings.ContainsAny(n.Text, "\r\n"):
		m.report(diag.New("value/line", n.Span.In(m.file)))
	default:
		return strings.TrimSpace(n.Text), true
	}
	return "", false
}

// list reads an optional list; a single value is no list.
func (m *keys) list(key string) []yamlpos.Node {
	n := m.take(key)
	if n == nil {
		return nil
	}
	if n.Kind != yamlpos.List {
		m.report(diag.New("value/list", n.Span.In(m.file)))
		return nil
	}
	return n.Items
}

// flag reads an optional true or false.
func (m *keys) flag(key string) bool {
	n := m.take(key)
	if n == nil {
		return false
	}
	if n.Kind == yamlpos.Scalar && !n.Quoted && (n.Text == "true" || n.Text == "false") {
		return n.Text == "true"
	}
	m.report(diag.New("value/flag", n.Span.In(m.file), "text", n.Text))
	return false
}

// oneOf tells that a word is none of the known ones.
func (m *keys) oneOf(n *yamlpos.Node, known []string) {
	if like, ok := yamlpos.Suggest(n.Text, known); ok {
		m.report(diag.New("value/suggest", n.Span.In(m.file), "text", n.Text, "like", like, "known", strings.Join(known, ", ")))
		return
	}
	m.report(diag.New("value/one-of", n.Span.In(m.file), "text", n.Text, "known", strings.Join(known, ", ")))
}

// close tells the unknown keys and returns everything found.
func (m *keys) close() []diag.Diagnostic {
	for i := range m.node.Items {
		if item := &m.node.Items[i]; !m.taken[i] {
			m.report(yamlpos.UnknownKey(m.file, item, m.known))
		}
	}
	return m.found
}
