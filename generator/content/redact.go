package content

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"annals/generator/diag"
	"annals/generator/privacy"
	"annals/generator/yamlpos"
)

// What a report may ask to be masked, so that masking costs little.
const (
	maxRedactions  = 20
	maxRedactedKey = 60 // characters
)

// redact masks the digits that the entries of the key redact name: in the Markdown,
// and in the texts of the front matter. It is done before anything is made of
// either, so that nothing that is published can forget it. It returns the bytes from
// which the body is made.
func (d *Document) redact(body int) (masked []byte, found []diag.Diagnostic) {
	entries := d.Front.Get("redact")
	if entries == nil || entries.Kind != yamlpos.List { // reported when the keys are read
		return d.Data, nil
	}
	var list []privacy.Pattern
	var nodes []*yamlpos.Node
	for i := range entries.Items {
		n := entries.Items[i].Get("text")
		if n == nil || n.Kind != yamlpos.Scalar || strings.TrimSpace(n.Text) == "" {
			continue
		}
		p := privacy.Compile(n.Text)
		switch {
		case len(list) == maxRedactions:
			found = append(found, diag.New("unused-redact/many", n.Span.In(d.File), "limit", maxRedactions))
			return d.Data, found
		case utf8.RuneCountInString(n.Text) > maxRedactedKey:
			found = append(found, diag.New("unused-redact/long", n.Span.In(d.File), "limit", maxRedactedKey))
		case p.Empty():
			found = append(found, diag.New("unused-redact/none", n.Span.In(d.File)))
		default:
			list, nodes = append(list, p), append(nodes, n)
		}
	}
	counts := make([]int, len(list))
	text := privacy.Redact(d.Data[body:], list, counts)
	for i := range d.Front.Items {
		if d.Front.Items[i].Key != "redact" {
			redactTexts(&d.Front.Items[i], list, counts)
		}
	}
	for i, n := range counts {
		if n == 0 {
			found = append(found, diag.New("unused-redact", nodes[i].Span.In(d.File), "text", list[i].Stars()))
		}
	}
	return append(d.Data[:body:body], text...), found
}

// redactTexts masks what the patterns name in a value and all below it. A number is
// no text.
func redactTexts(n *yamlpos.Node, list []privacy.Pattern, counts []int) {
	if n.Kind == yamlpos.Scalar && strings.Trim(n.Text, "0123456789.-") != "" {
		n.Text = string(privacy.Redact([]byte(n.Text), list, counts))
	}
	for i := range n.Items {
		redactTexts(&n.Items[i], list, counts)
	}
}

// Shown returns the bytes of a file as its lines may be shown outside of it: with
// the masks of its entries of redact, and with all personal numbers masked. Every
// line keeps its characters, one for one.
func Shown(file string, data []byte) []byte {
	if len(privacy.Find(data)) == 0 && !bytes.Contains(data, []byte("redact")) {
		return data
	}
	d := &Document{File: file, Data: data}
	if parts, _ := Split(file, data); parts.Found {
		d.Front, _ = yamlpos.Parse(file, parts.Front, parts.FrontLine)
		data, _ = d.redact(parts.Body)
	}
	return privacy.Mask(data)
}
