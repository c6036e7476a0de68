package search

import (
	"encoding/json"
	"fmt"
	"strings"
)

// node is an agency in the tree that filters results. Agencies are numbered in
// the order of the tree; the number of a node is Offset above that of its
// parent, and the node and its descendants have Size consecutive numbers from
// there on.
type node struct {
	Name    string `json:"name"`
	Segment string `json:"segment"` // what its path adds to its parent's
	Offset  int    `json:"offset"`
	Size    int    `json:"size"`
	Folder  string `json:"folder,omitempty"` // of the file with its children
	// Inline are the children of an only node, which root.json holds itself.
	Inline []node `json:"inline,omitempty"`

	children []*node
	path     string
	at       int
}

// inlineNodes is the largest number of nodes in root.json. If the top of the tree has
// more, it is in a file that is loaded when a reader filters by agency.
const inlineNodes = 64

// pageNodes is the number of children in one file; further ones come in a
// file of their own, to which the last entry leads.
const pageNodes = 1500

// writeTree emits the children of every node and returns the root's entries:
// the topmost nodes, or only the way to them.
func (b *builder) writeTree() ([]node, error) {
	top := &node{at: -1, Size: len(b.agencies)}
	open := []*node{top}
	for i, a := range b.agencies {
		n := &node{Name: a.name, path: a.path, at: i}
		for len(open) > 1 && !strings.HasPrefix(a.path, open[len(open)-1].path+"/") {
			closeNode(&open, i)
		}
		parent := open[len(open)-1]
		n.Segment = strings.TrimPrefix(a.path, parent.path+"/")
		if parent == top {
			n.Segment = a.path
		}
		n.Offset = i - max(0, parent.at)
		parent.children = append(parent.children, n)
		open = append(open, n)
	}
	for len(open) > 1 {
		closeNode(&open, len(b.agencies))
	}
	if len(top.children) > inlineNodes {
		h, err := b.writeChildren(top)
		return []node{{Folder: h, Size: top.Size}}, err
	}
	list, err := b.inline(top)
	return list, err
}

func closeNode(open *[]*node, next int) {
	n := (*open)[len(*open)-1]
	n.Size = next - n.at
	*open = (*open)[:len(*open)-1]
}

// inline returns the children of n for the root; an only child brings its own.
func (b *builder) inline(n *node) ([]node, error) {
	list := make([]node, 0, len(n.children))
	for _, c := range n.children {
		h, err := b.writeChildren(c)
		if err != nil {
			return nil, err
		}
		c.Folder = h
		if len(n.children) == 1 && len(c.children) <= inlineNodes {
			if c.Inline, err = b.inline(c); err != nil {
				return nil, err
			}
		}
		list = append(list, *c)
	}
	return list, nil
}

// writeChildren emits the files below n, the deepest first, because a file's
// folder is named in its parent's, and returns the folder of n's children.
func (b *builder) writeChildren(n *node) (string, error) {
	if len(n.children) == 0 || n.Folder != "" {
		return n.Folder, nil
	}
	list := make([]node, len(n.children))
	for i, c := range n.children {
		h, err := b.writeChildren(c)
		if err != nil {
			return "", err
		}
		c.Folder = h
		list[i] = *c
		list[i].Inline = nil
	}
	more := ""
	for len(list) > 0 {
		at := (len(list) - 1) / pageNodes * pageNodes
		page := list[at:]
		list = list[:at]
		if more != "" {
			page = append(page[:len(page):len(page)], node{Folder: more})
		}
		data, err := json.Marshal(page)
		if err != nil {
			return "", fmt.Errorf("search: %w", err)
		}
		files := []file{{"children.json", data}}
		more = hashName(folder("a", files))
		if err := b.emitAll(files); err != nil {
			return "", err
		}
	}
	n.Folder = more
	return more, nil
}
