package format

import (
	"bytes"
	"slices"

	"annals/generator/yamlpos"
)

// same reads the output again and compares it with what was meant: the same
// values under the same keys, the same comments, the same text below; and
// formatting the output must not change it.
func (d *document) same(out []byte) bool {
	again := document{file: d.file, year: d.year, forms: d.forms}
	if diags := again.read(out); again.root == nil || len(diags) > 0 {
		return false
	}
	if !again.build() || !equal(d.top, again.top) || !slices.Equal(texts(d.comments), texts(again.comments)) {
		return false
	}
	return again.body == ending(d.body) && bytes.Equal(again.print(), out)
}

// ending is a body as it is written: with a line end, if it has any text.
func ending(body string) string {
	if body != "" && body[len(body)-1] != '\n' {
		return body + "\n"
	}
	return body
}

func texts(list []comment) []string {
	var out []string
	for _, c := range list {
		out = append(out, c.text)
	}
	slices.Sort(out)
	return out
}

// equal compares two documents after both have been put in order.
func equal(a, b *entry) bool {
	if len(a.kids) == 0 && len(b.kids) == 0 {
		return equalNodes(a.node, b.node)
	}
	// A row whose numbers stood below each other has entries for them in one
	// document and none in the other.
	if len(a.kids) == 0 || len(b.kids) == 0 {
		return a.isTable && equalNodes(a.node, b.node)
	}
	return a.node.Kind == b.node.Kind && slices.EqualFunc(a.kids, b.kids, func(x, y *entry) bool {
		return x.key == y.key && equal(x, y)
	})
}

func equalNodes(a, b *yamlpos.Node) bool {
	if a.Kind != b.Kind || len(a.Items) != len(b.Items) {
		return false
	}
	if a.Kind == yamlpos.Scalar {
		return a.Text == b.Text && (a.Quoted == b.Quoted || len(a.Text) > 0 && bytes.ContainsRune([]byte(a.Text), '\n'))
	}
	for i := range a.Items {
		if a.Items[i].Key != b.Items[i].Key || !equalNodes(&a.Items[i], &b.Items[i]) {
			return false
		}
	}
	return true
}
