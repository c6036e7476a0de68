// Package yamlpos reads strict YAML and keeps the place of every value.
//
// It accepts the part of YAML whose meaning nobody can mistake: maps, lists
// and scalars. Anchors, aliases, tags, merge keys, duplicate keys and several
// documents are diagnostics with their place. A scalar is its text: nothing
// here turns it into a number, a date or a truth value, because 010, 1_000
// and yes mean different things to different readers.
//
// Two readers make the same tree. The scanner takes the regular lines that
// nearly all front matter consists of, at the speed of reading; whatever it
// does not know for certain it leaves to the YAML library, document by
// document. A fuzz test holds the two together: same values, same places,
// same faults.
package yamlpos

import "annals/generator/source"

// Kind is the shape of a node.
type Kind uint8

const (
	Scalar Kind = iota
	Map
	List
)

// Node is a value with its place. A map's items carry their key; the order is
// the file's.
type Node struct {
	Kind    Kind
	Quoted  bool        // a scalar in quotes, or a block scalar
	Cut     bool        // a root of which parts could not be read, as was told
	Text    string      // a scalar's text
	Span    source.Span // the value; for a scalar including its quotes
	Key     string      // the key, where the node is an item of a map
	KeySpan source.Span
	Items   []Node // of a map or list
}

// Null reports whether nothing was written: "key:" with no value. A quoted
// empty string is not null.
func (n *Node) Null() bool { return n.Kind == Scalar && !n.Quoted && n.Text == "" }

// Get returns the item of a map with the key, or nil.
func (n *Node) Get(key string) *Node {
	if n == nil || n.Kind != Map {
		return nil
	}
	for i := range n.Items {
		if n.Items[i].Key == key {
			return &n.Items[i]
		}
	}
	return nil
}
