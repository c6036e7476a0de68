package yamlpos

import (
	"slices"
	"strings"
	"unicode/utf8"

	"annals/generator/diag"
	"annals/generator/source"
)

// The library stops at the first syntax error and often names a wrong line. To
// report all errors with the right lines, a faulty text is cut at its top-level
// keys, and each part is read on its own.

// maxParts is how many parts are read on their own; real front matter has a dozen.
const maxParts = 1000

// recover returns the diagnostics for a text that the library refuses with err,
// and a root with the parts of the text that can be read.
func (d *document) recover(err error) (*Node, []diag.Diagnostic) {
	root := emptyMap(d.first)
	var found diag.Collector
	add := func(list []diag.Diagnostic) {
		for _, f := range list {
			found.Add(f.Rule, func() diag.Diagnostic { return f })
		}
	}
	budget := recoveryBudget
	parts := d.parts()
	if len(parts) > maxParts {
		parts, root.Cut = parts[:maxParts], true
	}
	for i, from := range parts {
		to := len(d.lines)
		if i+1 < len(parts) {
			to = parts[i+1]
		}
		end := len(d.text)
		if to < len(d.lines) {
			end = d.lines[to]
		}
		part := newDocument(d.file, d.text[d.lines[from]:end], d.first+from)
		first, second, err := decode(part.text)
		if err != nil {
			root.Cut = true
			if n := len(root.Items); n > 0 && from > 0 {
				root.Items[n-1].Cut = true
			}
			add(d.faults(part, parts, i, err, &budget))
			continue
		}
		c := converter{document: part}
		n := c.root(first)
		switch {
		case second != nil || n == nil:
			root.Cut = true
			found.Add("front-matter", func() diag.Diagnostic { return part.fault(nil, &budget) })
		default:
			add(c.found.List())
			add(root.join(d.file, n))
		}
	}
	if list := found.List(); len(list) > 0 {
		return root, list
	}
	return root, []diag.Diagnostic{d.fault(err, &budget)} // each part is valid, but the whole is not
}

// faults returns the diagnostics of part i, which the library refuses with err.
func (d *document) faults(part *document, parts []int, i int, err error, budget *int) []diag.Diagnostic {
	if list := part.mend(budget); list != nil {
		return list
	}
	fault := part.fault(err, budget)
	if i == 0 || fault.Fix != nil {
		return []diag.Diagnostic{fault}
	}
	// The first line, if it has a value, may have been meant as the last part's.
	joint := newDocument(d.file, d.text[d.lines[parts[i-1]]:d.lines[parts[i]]]+part.text, d.first+parts[i-1])
	line := parts[i] - parts[i-1] + 1
	if s, ok := joint.realign(line, line, budget); ok && !strings.HasSuffix(strings.TrimSpace(joint.line(line)), ":") {
		fault = joint.mended(s)
	}
	return []diag.Diagnostic{fault}
}

// parts returns the lines, counted from 0, at which parts begin: those that
// begin in the first column and cannot continue what stands above.
func (d *document) parts() []int {
	parts := []int{0}
	begun, text := false, false
	for i := range d.lines {
		line := d.line(i + 1)
		if line == "" {
			continue
		}
		switch r, _ := utf8.DecodeRuneInString(line); r {
		case ' ', '\t', '#', ']', '}', ',', '\u00a0', '\u3000':
			continue
		case '-':
			if begun {
				continue
			}
		}
		is := prose(line)
		if text && (is || !strings.Contains(line, ":")) {
			continue // one text, not as many faults as it has lines
		}
		if begun {
			parts = append(parts, i)
		}
		begun, text = true, is
	}
	return parts
}

// join adds the items of another root.
func (n *Node) join(file string, more *Node) (diags []diag.Diagnostic) {
	for _, item := range more.Items {
		if first := n.Get(item.Key); first != nil {
			diags = append(diags, duplicate(file, item.KeySpan, first.KeySpan, item.Key))
			continue
		}
		n.Items = append(n.Items, item)
	}
	if len(n.Items) > 0 {
		n.Span = n.Items[0].KeySpan.To(n.Items[len(n.Items)-1].Span)
	}
	return slices.Clip(diags)
}

func duplicate(file string, at, first source.Span, key string) diag.Diagnostic {
	return diag.New("duplicate-key", at.In(file), "key", key, "line", int(first.Line)).
		With(first.In(file), diag.Say("duplicate-key/first"))
}
