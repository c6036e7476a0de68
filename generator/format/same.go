package format

import (
	"bytes"
	"slices"

	"annals/generator/yamlpos"
)

// same parses the output and reports whether it has the same values under the same
// keys, the same comments and the same body as the document, and whether formatting
// it again would leave it unchanged.
func (d *document) same(out []byte) bool {
	parsed := document{file: d.file, year: d.year, forms: d.forms}
	if diags := parsed.read(out); parsed.root == nil || len(diags) > 0 {
		return false
	}
	if !parsed.build() || !equal(d.top, parsed.top) || !slices.Equal(texts(d.comments), texts(parsed.comments)) {
		return false
	}
	return parsed.body == ending(d.body) && bytes.Equal(parsed.print(), out)
}

// ending returns a body as it is written: with a line end, if it is not empty.
func ending(body string) string {
	if body != "" && body[len(body)-1] != '\n' {
		return body + "\n"
	}
	return body
}

// texts returns the texts of comments, sorted.
func texts(list []comment) []string {
	var out []string
	for _, c := range list {
		out = append(out, c.text)
	}
	slices.Sort(out)
	return out
}

// equal reports whether two entries have the same keys and values in the same
// order.
func equal(a, b *entry) bool {
	if len(a.kids) == 0 && len(b.kids) == 0 {
		return equalNodes(a.node, b.node)
	}
	// A row whose numbers were on lines of their own has entries for them in one
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
