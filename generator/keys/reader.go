package keys

import (
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/yamlpos"
)

// Reader reads the values of a file and reports what is wrong with them.
type Reader struct {
	File string
	Rule string // the rule of diagnostics about values: "value" or "form"

	// Add adds a diagnostic of a rule. It calls make only if the diagnostic will
	// be listed: a file may have a hundred thousand faults.
	Add func(rule string, make func() diag.Diagnostic)
}

// Into returns a Reader for a document of an archive that adds its diagnostics
// to found.
func Into(found *diag.Collector, file string) Reader {
	return Reader{File: file, Rule: "value", Add: found.Add}
}

// Report adds a diagnostic that is made already, for faults of which a file has
// few.
func (r Reader) Report(d diag.Diagnostic) { r.Add(d.Rule, func() diag.Diagnostic { return d }) }

// Fault reports a variant of the reader's rule at the place of n. The args are
// the names and values of the message's parameters, as for diag.New.
func (r Reader) Fault(variant string, n *yamlpos.Node, args ...any) {
	r.Add(r.Rule, func() diag.Diagnostic { return diag.New(r.Rule+"/"+variant, n.Span.In(r.File), args...) })
}

// Line reads a scalar of one line that is not empty, without the white space
// around it. If n is anything else, Line reports it and returns false.
func (r Reader) Line(n *yamlpos.Node) (string, bool) {
	text := strings.TrimSpace(n.Text)
	switch {
	case n.Kind != yamlpos.Scalar:
		r.Fault("scalar", n)
	case text == "":
		r.Fault("empty", n)
	case strings.ContainsAny(n.Text, "\r\n"):
		r.Fault("line", n)
	default:
		return text, true
	}
	return "", false
}

// Flag reads true or false, unquoted; anything else is reported and not ok.
func (r Reader) Flag(n *yamlpos.Node) (value, ok bool) {
	if n.Kind == yamlpos.Scalar && !n.Quoted && (n.Text == "true" || n.Text == "false") {
		return n.Text == "true", true
	}
	d := diag.New(r.Rule+"/flag", n.Span.In(r.File), "text", n.Text)
	if word := strings.ToLower(n.Text); n.Kind == yamlpos.Scalar && (word == "true" || word == "false") {
		d.Fix = &diag.Fix{Place: d.Place, Replace: word}
	}
	r.Report(d)
	return false, false
}

// List returns the items of a list. If n is not a list, not even of one item,
// List reports that and returns nil.
func (r Reader) List(n *yamlpos.Node) []*yamlpos.Node {
	if n.Kind != yamlpos.List {
		r.Fault("list", n)
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

// OneOf reads a value that must be one of words; anything else is reported, with
// the most similar word if there is one, and the result is false.
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

// Fields reads the items of a map one by one. Items that have not been taken,
// by Get, Need or Take, when Close is called are reported as unknown keys.
type Fields struct {
	Reader
	Node  *yamlpos.Node
	known []string
	taken []bool // by the number of the item
}

// Fields opens a map. If n is not a map, Fields reports that and returns nil.
func (r Reader) Fields(n *yamlpos.Node) *Fields {
	if n.Kind != yamlpos.Map {
		r.Fault("map", n)
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

// Need returns the value of a required key. If the key is missing, Need reports
// that and returns nil. It does not report it if the map was read only in part,
// where the key may be in the rest, or if a similar key is there: Close reports
// that one as misspelt.
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

// Take marks the item with index i, from 0, as taken; Taken reports whether it
// is.
func (f *Fields) Take(i int)       { f.taken[i] = true }
func (f *Fields) Taken(i int) bool { return f.taken[i] }

// Close reports every item that was not taken as an unknown key. The keys to
// suggest in its place are those asked for with Get and Need, and more.
func (f *Fields) Close(more ...string) {
	known := append(f.known, more...)
	for i := range f.Node.Items {
		if !f.taken[i] {
			f.Add("unknown-key", func() diag.Diagnostic { return yamlpos.UnknownKey(f.File, &f.Node.Items[i], known) })
		}
	}
}
