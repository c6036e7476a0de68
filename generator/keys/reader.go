package keys

import (
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/yamlpos"
)

// Reader reads the values of a file and tells what is wrong with them.
type Reader struct {
	File string
	Rule string // of what is wrong with a value: value, form

	// Add adds a finding of a rule, which make makes if it will be listed: a
	// file may have a hundred thousand.
	Add func(rule string, make func() diag.Diagnostic)
}

// Into is a Reader for a document of an archive, which collects what it tells.
func Into(found *diag.Collector, file string) Reader {
	return Reader{File: file, Rule: "value", Add: found.Add}
}

// Report adds a finding of which a file has few.
func (r Reader) Report(d diag.Diagnostic) { r.Add(d.Rule, func() diag.Diagnostic { return d }) }

// Tell reports a variant of the reader's rule.
func (r Reader) Tell(variant string, n *yamlpos.Node, args ...any) {
	r.Add(r.Rule, func() diag.Diagnostic { return diag.New(r.Rule+"/"+variant, n.Span.In(r.File), args...) })
}

// Line reads a scalar that says something, on one line.
func (r Reader) Line(n *yamlpos.Node) (string, bool) {
	text := strings.TrimSpace(n.Text)
	switch {
	case n.Kind != yamlpos.Scalar:
		r.Tell("scalar", n)
	case text == "":
		r.Tell("empty", n)
	case strings.ContainsAny(n.Text, "\r\n"):
		r.Tell("line", n)
	default:
		return text, true
	}
	return "", false
}

// Flag reads true or false.
func (r Reader) Flag(n *yamlpos.Node) (value, ok bool) {
	if n.Kind == yamlpos.Scalar && !n.Quoted && (n.Text == "true" || n.Text == "false") {
		return n.Text == "true", true
	}
	r.Tell("flag", n, "text", n.Text)
	return false, false
}

// List returns the items of a list; a single value is none.
func (r Reader) List(n *yamlpos.Node) []*yamlpos.Node {
	if n.Kind != yamlpos.List {
		r.Tell("list", n)
		return nil
	}
	return pointers(n.Items)
}

func pointers(items []yamlpos.Node) []*yamlpos.Node {
	list := make([]*yamlpos.Node, len(items))
	for i := range items {
		list[i] = &items[i]
	}
	return list
}

// OneOf reads a word of a closed list.
func (r Reader) OneOf(n *yamlpos.Node, words []string) (string, bool) {
	text, ok := r.Line(n)
	if !ok || slices.Contains(words, text) {
		return text, ok
	}
	r.Add(r.Rule, func() diag.Diagnostic {
		at, known := n.Span.In(r.File), strings.Join(words, ", ")
		if like, ok := yamlpos.Suggest(text, words); ok {
			return diag.New(r.Rule+"/suggest", at, "text", text, "like", like, "known", known)
		}
		return diag.New(r.Rule+"/one-of", at, "text", text, "known", known)
	})
	return "", false
}

// Fields takes the items of a map one by one. What nobody took when it is
// closed is an unknown key.
type Fields struct {
	Reader
	Node  *yamlpos.Node
	known []string
	taken []bool // by the number of the item
}

// Fields opens a map, or returns nil after having told that n is none.
func (r Reader) Fields(n *yamlpos.Node) *Fields {
	if n.Kind != yamlpos.Map {
		r.Tell("map", n)
		return nil
	}
	return &Fields{Reader: r, Node: n, taken: make([]bool, len(n.Items))}
}

// Get returns the value of an optional key, or nil.
func (f *Fields) Get(key string) *yamlpos.Node {
	f.known = append(f.known, key)
	for i := range f.Node.Items {
		if f.Node.Items[i].Key == key {
			f.taken[i] = true
			return &f.Node.Items[i]
		}
	}
	return nil
}

// Need returns the value of a required key, or nil after having told that it
// is missing; unless it may stand in what could not be read, or under a
// misspelt key, which is told as such.
func (f *Fields) Need(key string) *yamlpos.Node {
	n := f.Get(key)
	misspelt := func(item yamlpos.Node) bool {
		_, near := yamlpos.Suggest(item.Key, []string{key})
		return near
	}
	if n == nil && !f.Node.Cut && !slices.ContainsFunc(f.Node.Items, misspelt) {
		f.Add("missing-key", func() diag.Diagnostic { return yamlpos.MissingKey(f.File, f.Node, key) })
	}
	return n
}

// Take takes the item with the number; Taken reports whether it is.
func (f *Fields) Take(i int)       { f.taken[i] = true }
func (f *Fields) Taken(i int) bool { return f.taken[i] }

// Close tells the unknown keys. More are known besides those asked for.
func (f *Fields) Close(more ...string) {
	known := append(f.known, more...)
	for i := range f.Node.Items {
		if !f.taken[i] {
			f.Add("unknown-key", func() diag.Diagnostic { return yamlpos.UnknownKey(f.File, &f.Node.Items[i], known) })
		}
	}
}
