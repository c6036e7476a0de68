// Package yamlpos reads strict YAML and keeps the place of every value.
//
// It accepts the part of YAML whose meaning nobody can mistake: maps, lists
// and scalars. Anchors, aliases, tags, merge keys, duplicate keys and several
// documents are diagnostics with their place. A scalar is its text: nothing
// here turns it into a number, a date or a truth value, because 010, 1_000
// and yes mean different things to different readers.
//
// Two readers make the same tree. A scanner reads the simple lines of which
// nearly all front matter consists, much faster than the YAML library. A text
// with anything else in it is read by the library instead, as a whole. A fuzz
// test compares the two: same values, same places, same faults.
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
	Cut     bool        // a root, or a map in it, of which parts could not be read; diagnostics name them
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
