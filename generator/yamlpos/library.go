package yamlpos

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"annals/generator/diag"
	"annals/generator/source"
)

// parseLibrary reads a text with the YAML library. What the scanner does must
// agree with what this does.
func parseLibrary(file, text string, firstLine int) (*Node, []diag.Diagnostic) {
	// The size is checked first, because the library makes all nodes at once.
	if strings.Count(text, ",")+strings.Count(text, "\n")+strings.Count(text, "[")+strings.Count(text, "{") > MaxNodes {
		return nil, []diag.Diagnostic{diag.New("front-matter/nodes", source.At(firstLine, 1).In(file), "limit", MaxNodes)}
	}
	d := newDocument(file, text, firstLine)
	if bad, found := d.forbidden(); found {
		return nil, []diag.Diagnostic{bad}
	}
	first, second, err := decode(text)
	if err != nil {
		return d.recover(err)
	}
	c := converter{document: d}
	if second != nil {
		off := d.offset(max(second.Line, 1), max(second.Column, 1))
		c.report("front-matter/documents", off, min(off+3, len(text)))
	}
	return c.root(first), c.found.List()
}

// decode returns the first document of a text, nil if it has none, and the
// second one if it has that. The library panics on some invalid texts; decode
// returns such a panic as a syntax error.
func decode(text string) (first, second *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			first, second, err = nil, nil, fmt.Errorf("yaml: %v", r)
		}
	}()
	dec := yaml.NewDecoder(strings.NewReader(text))
	var nodes [2]*yaml.Node
	for i := range nodes {
		n := new(yaml.Node)
		if err := dec.Decode(n); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, nil, err
		}
		nodes[i] = n
	}
	return nodes[0], nodes[1], nil
}

// A converter turns the library's nodes into Nodes: it reports the features of
// YAML that the package comment excludes, and finds the end of every node in
// the text.
type converter struct {
	*document
	found diag.Collector
	nodes int
	full  bool // MaxNodes was reached and has been reported
}

func (c *converter) report(key string, start, end int, args ...any) {
	rule, _, _ := strings.Cut(key, "/")
	c.found.Add(rule, func() diag.Diagnostic { return diag.New(key, c.at(start, end), args...) })
}

func (c *converter) root(doc *yaml.Node) *Node {
	if doc == nil || len(doc.Content) == 0 {
		return emptyMap(c.first)
	}
	y := doc.Content[0]
	start := c.offset(y.Line, y.Column)
	tagged := start < len(c.text) && c.text[start] == '!' // the library drops a lone "!"
	if y.Kind == yaml.ScalarNode && y.Value == "" && y.Style == 0 && y.Anchor == "" && !tagged {
		return emptyMap(c.first)
	}
	n := new(Node)
	_, end := c.convert(n, y, -1, 1)
	if n.Kind != Map {
		c.report("front-matter/not-a-map", start, max(start, min(end, c.endOfLine(start))))
		return nil
	}
	return n
}

// convert fills n from y, which lies in a block collection at the column
// indent (counted from 0; -1 outside of any), and returns its bytes.
func (c *converter) convert(n *Node, y *yaml.Node, indent, depth int) (start, end int) {
	start = c.offset(y.Line, y.Column)
	body := c.properties(y, start)
	if c.nodes++; c.nodes > MaxNodes {
		if !c.full {
			c.full = true
			c.report("front-matter/nodes", start, start, "limit", MaxNodes)
		}
		return start, start
	}
	switch y.Kind {
	case yaml.AliasNode:
		end = wordEnd(c.text, start)
		c.report("front-matter/alias", start, end, "name", y.Value)
		if y.Alias.Kind == yaml.ScalarNode { // continue with the value that the alias stands for
			n.Text, n.Quoted = y.Alias.Value, y.Alias.Style&^yaml.TaggedStyle != 0
		}
	case yaml.ScalarNode:
		n.Text, n.Quoted = y.Value, y.Style&^yaml.TaggedStyle != 0
		end = c.scalarEnd(y, body, indent)
		if y.Style&yaml.DoubleQuotedStyle != 0 {
			c.escapes(body, end)
		}
	default:
		n.Kind = List
		if y.Kind == yaml.MappingNode {
			n.Kind = Map
		}
		if depth > MaxDepth {
			c.report("front-matter/depth", start, start, "limit", MaxDepth)
			return start, start
		}
		if y.Style&yaml.FlowStyle == 0 {
			indent = y.Column - 1
		}
		if n.Kind == Map {
			end = c.mapItems(n, y, indent, depth)
		} else {
			n.Items = make([]Node, len(y.Content))
			for i, child := range y.Content {
				_, e := c.convert(&n.Items[i], child, indent, depth+1)
				end = max(end, e)
			}
		}
		end = max(end, body)
		if y.Style&yaml.FlowStyle != 0 {
			end = flowEnd(c.text, body, end)
		}
	}
	n.Span = c.span(start, end)
	return start, end
}

// mapItems fills the items of a map and returns where the last one ends.
func (c *converter) mapItems(n *Node, y *yaml.Node, indent, depth int) (end int) {
	n.Items = make([]Node, 0, len(y.Content)/2)
	seen := make(map[string]source.Span, len(y.Content)/2)
	for i := 0; i+1 < len(y.Content); i += 2 {
		var key, item Node
		start, keyEnd := c.convert(&key, y.Content[i], indent, depth+1)
		_, e := c.convert(&item, y.Content[i+1], indent, depth+1)
		end = max(end, keyEnd, e)
		item.Key, item.KeySpan = key.Text, key.Span
		if item.Null() && y.Content[i+1].Kind == yaml.ScalarNode {
			item.Span = c.afterColon(keyEnd, item.Span)
		}
		if c.full {
			break
		}
		first, again := seen[key.Text]
		switch {
		case y.Content[i].Kind == yaml.AliasNode:
			// reported already
		case start > 0 && c.text[start-1] == '?': // the library loses a ? that begins a word
			c.report("front-matter/key", start-1, max(start, min(keyEnd, c.endOfLine(start))))
		case key.Kind != Scalar, key.Null(), key.Span.EndLine != key.Span.Line, !followedByColon(c.text, keyEnd):
			c.report("front-matter/key", start, max(start, min(keyEnd, c.endOfLine(start))))
		case key.Text == "<<" && !key.Quoted:
			c.report("front-matter/merge", start, keyEnd)
		case again:
			c.found.Add("duplicate-key", func() diag.Diagnostic { return duplicate(c.file, key.Span, first, key.Text) })
		default:
			seen[key.Text] = key.Span
			n.Items = append(n.Items, item)
		}
	}
	return end
}

// properties reports the anchor and tag of a node and returns where its value
// begins.
func (c *converter) properties(y *yaml.Node, start int) (body int) {
	if y.Kind == yaml.AliasNode {
		return start
	}
	for body = start; body < len(c.text); body = skipSpace(c.text, wordEnd(c.text, body)) {
		switch end := wordEnd(c.text, body); {
		case c.text[body] == '&' && y.Anchor != "":
			c.report("front-matter/anchor", body, end, "name", y.Anchor)
		case c.text[body] == '!':
			c.report("front-matter/tag", body, end, "name", c.text[body:end])
		default:
			return body
		}
	}
	return body
}
