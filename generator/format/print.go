package format

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/generator/yamlpos"
)

// print writes the document.
func (d *document) print() []byte {
	p := printer{d: d}
	if d.fenced {
		p.b.WriteString("---\n")
	}
	for _, c := range d.top.above {
		p.b.WriteString(c + "\n")
	}
	for i, e := range d.top.kids {
		if e.spaced && i > 0 {
			p.b.WriteString("\n")
		}
		p.entry(e, 0, "")
	}
	for _, c := range d.top.below {
		p.b.WriteString(c + "\n")
	}
	front := aligned(p.b.String())
	p.b.Reset()
	p.b.WriteString(front)
	if d.fenced {
		p.b.WriteString("---\n")
		if body := d.body; body != "" {
			p.b.WriteString(body)
			if !strings.HasSuffix(body, "\n") {
				p.b.WriteString("\n")
			}
		}
	}
	return p.b.Bytes()
}

// printer writes the entries of a document.
type printer struct {
	d *document
	b bytes.Buffer
}

// entry writes e at an indentation. dash is "- " for an item of a list, otherwise
// "".
func (p *printer) entry(e *entry, indent int, dash string) {
	pad := strings.Repeat(" ", indent)
	for _, c := range e.above {
		p.b.WriteString(pad + c + "\n")
	}
	start := p.b.Len()
	p.b.WriteString(pad + dash)
	if e.keyed {
		p.b.WriteString(key(e.key) + ":")
	}
	switch {
	case !e.flow && e.keyed:
		p.beside(e, start)
		p.kids(e, indent+2)
	case !e.flow: // an item that is a map, whose first key is on the line of the dash
		p.item(e, indent)
	default:
		if text, below := p.value(e, indent+2); text != "" {
			if e.keyed {
				p.b.WriteString(" ")
			}
			p.b.WriteString(text)
			p.beside(e, start)
			p.b.WriteString(below)
		} else {
			p.beside(e, start)
		}
	}
	for _, c := range e.below {
		p.b.WriteString(pad + c + "\n")
	}
}

// kids writes the entries below e.
func (p *printer) kids(e *entry, indent int) {
	dash := ""
	if e.node.Kind == yamlpos.List {
		dash = "- "
	}
	for _, k := range e.kids {
		p.entry(k, indent, dash)
	}
}

// item writes an item of a list that is a map or a list itself.
func (p *printer) item(e *entry, indent int) {
	p.b.Truncate(len(bytes.TrimSuffix(p.b.Bytes(), []byte("- "))))
	inner := printer{d: p.d}
	inner.kids(e, indent+2)
	body := inner.b.String()
	// Comments above the first key go above the dash.
	for strings.HasPrefix(strings.TrimLeft(body, " "), "#") {
		line, rest, _ := strings.Cut(body, "\n")
		p.b.Truncate(len(bytes.TrimRight(p.b.Bytes(), " ")))
		p.b.WriteString(strings.Repeat(" ", indent) + strings.TrimLeft(line, " ") + "\n" + strings.Repeat(" ", indent))
		body = rest
	}
	p.b.WriteString("- " + strings.TrimPrefix(body, strings.Repeat(" ", indent+2)))
	for _, c := range e.beside {
		p.b.WriteString(strings.Repeat(" ", indent+2) + c + "\n")
	}
}

// beside ends the line that begins at start, with its comment if it has one. Of
// several comments, such as those of a row that was written over several lines, the
// last stays beside the value and the others go above the line.
func (p *printer) beside(e *entry, start int) {
	if len(e.beside) == 0 {
		p.b.WriteString("\n")
		return
	}
	if len(e.beside) == 1 {
		p.b.WriteString(mark + e.beside[0] + "\n")
		return
	}
	line := string(p.b.Bytes()[start:])
	pad := line[:len(line)-len(strings.TrimLeft(line, " "))]
	p.b.Truncate(start)
	for _, c := range e.beside[:len(e.beside)-1] {
		p.b.WriteString(pad + c + "\n")
	}
	p.b.WriteString(line + mark + e.beside[len(e.beside)-1] + "\n")
}

// value returns a value as written on the line of its key, and for a block scalar
// the lines below.
func (p *printer) value(e *entry, indent int) (text, below string) {
	n := e.node
	if n.Kind == yamlpos.Scalar && n.Quoted && (e.style == '|' || e.style == '>') && literal(n.Text) {
		var b strings.Builder
		for line := range strings.SplitSeq(strings.TrimSuffix(n.Text, "\n"), "\n") {
			if line != "" {
				b.WriteString(strings.Repeat(" ", indent) + line)
			}
			b.WriteString("\n")
		}
		if strings.HasSuffix(n.Text, "\n") {
			return "|", b.String()
		}
		return "|-", b.String()
	}
	if len(e.kids) > 0 { // the numbers of a row that were on lines of their own
		var parts []string
		for _, k := range e.kids {
			parts = append(parts, flowText(k.node))
		}
		return "[" + strings.Join(parts, ", ") + "]", ""
	}
	return flowText(n), ""
}

// literal reports whether a text stays the same if written as a block scalar.
func literal(s string) bool {
	body := strings.TrimSuffix(s, "\n")
	if body == "" || strings.HasSuffix(body, "\n") || body[0] == ' ' || body[0] == '\n' {
		return false
	}
	for line := range strings.SplitSeq(body, "\n") {
		if strings.TrimRight(line, " ") != line || strings.ContainsFunc(line, func(r rune) bool { return !printable(r) }) ||
			strings.TrimSpace(line) == "---" {
			return false
		}
	}
	return true
}

// flowText writes a value on one line.
func flowText(n *yamlpos.Node) string {
	switch n.Kind {
	case yamlpos.List:
		var parts []string
		for i := range n.Items {
			parts = append(parts, flowText(&n.Items[i]))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case yamlpos.Map:
		var parts []string
		for i := range n.Items {
			k := &n.Items[i]
			parts = append(parts, key(k.Key)+": "+flowText(k)) // the space is needed before an empty value too, because in {a:} the key is a:
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	if n.Quoted || strings.Contains(n.Text, "\n") {
		return Quote(n.Text)
	}
	return n.Text
}

// key returns a key as written: without quotes if none of its characters has a
// meaning in YAML.
func key(s string) string {
	for i, r := range s {
		ok := r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) && (i > 0 || r > 127) ||
			i > 0 && strings.ContainsRune("-./() ", r) || r > 127 && unicode.IsPunct(r)
		if !ok {
			return Quote(s)
		}
	}
	if s == "" || strings.HasSuffix(s, " ") {
		return Quote(s)
	}
	return s
}

// Quote writes a text as a YAML scalar in double quotes.
func Quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case printable(r):
			b.WriteRune(r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// printable reports whether a character is allowed in YAML without an escape, and
// is not one of those that readers do not see.
func printable(r rune) bool {
	return r >= ' ' && r != 0x7f && !(r >= 0x80 && r < 0xa0) && r != 0xfeff && r != 0x2028 && r != 0x2029 &&
		r != utf8.RuneError && r != 0xfffe && r != 0xffff
}
