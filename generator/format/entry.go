package format

import (
	"strings"

	"annals/generator/yamlpos"
)

// entry is a key with its value, or an item of a list, together with its comments.
// A value that is printed on one line has no entries below it.
type entry struct {
	node    *yamlpos.Node
	key     string // as it will be printed
	keyed   bool   // it has a key; an item of a list has none
	flow    bool   // the value is printed on the same line
	style   rune   // the first character of the value in the source, such as a quote
	kids    []*entry
	line    int      // its first line in the source
	last    int      // its last line in the source
	column  int      // the column at which it begins
	above   []string // comments on the lines above it
	beside  []string // comments beside it
	below   []string // comments after everything below it
	spaced  bool     // an empty line precedes it
	path    string   // path of the row or group of the form, or ""
	isTable bool     // the value is a table, a group or a row of the form
}

// build makes the entries of the document and gives them their comments. It
// returns false if two keys mean the same row.
func (d *document) build() bool {
	d.comments = findComments(d.root, d.lines, d.line)
	d.top = &entry{node: d.root, column: -1}
	d.top.kids = d.entriesOf(d.root, 0)
	d.attach()
	d.space()
	return d.order()
}

func (d *document) entriesOf(n *yamlpos.Node, depth int) []*entry {
	var list []*entry
	for i := range n.Items {
		item := &n.Items[i]
		e := &entry{node: item, style: styleOf(item, d.lines, d.line)}
		if n.Kind == yamlpos.Map {
			e.keyed, e.key = true, item.Key
			e.line, e.column = int(item.KeySpan.Line), int(item.KeySpan.Column)
		} else {
			e.line, e.column = int(item.Span.Line), max(int(item.Span.Column)-2, 1)
		}
		e.last = max(e.line, int(item.Span.EndLine))
		e.flow = item.Kind == yamlpos.Scalar || len(item.Items) == 0 || e.style == '[' || e.style == '{' || depth > yamlpos.MaxDepth
		if !e.flow {
			e.kids = d.entriesOf(item, depth+1)
		}
		list = append(list, e)
	}
	return list
}

// all lists the entries in the order of the source.
func (e *entry) all(list []*entry) []*entry {
	for _, k := range e.kids {
		list = k.all(append(list, k))
	}
	return list
}

// attach gives every comment to an entry. A comment beside a value belongs to the
// last entry that begins on or before its line. A comment on a line of its own
// belongs to the entry after it; but if it is indented deeper than that entry, it
// belongs to the end of the entry before.
func (d *document) attach() {
	list := d.top.all(nil)
	firstKey := map[*entry]*entry{} // first key of a list's item → the item
	for _, e := range list {
		if !e.keyed && len(e.kids) > 0 {
			firstKey[e.kids[0]] = e
		}
	}
	before := -1 // index of the last entry that begins before the comment; entries and comments are in the order of the source
	for _, c := range d.comments {
		for before+1 < len(list) && (list[before+1].line < c.line || list[before+1].line == c.line && !c.own) {
			before++
		}
		if !c.own || before >= 0 && list[before].flow && c.line <= list[before].last {
			if before < 0 {
				d.top.above = append(d.top.above, c.text)
			} else if e := list[before]; c.own {
				e.above = append(e.above, c.text)
			} else {
				e.beside = append(e.beside, c.text)
			}
			continue
		}
		var next *entry
		if before+1 < len(list) {
			next = list[before+1]
			if item, ok := firstKey[next]; ok && before >= 0 && list[before] == item && item.line == next.line {
				next = item
			}
		}
		if next != nil && c.column <= next.column || before < 0 && next != nil {
			next.above = append(next.above, c.text)
			continue
		}
		owner := d.top
		for i := before; i >= 0; i-- {
			if list[i].column <= c.column {
				owner = list[i]
				break
			}
		}
		if next != nil && owner.column <= next.column {
			next.above = append(next.above, c.text) // no deeper entry ends here
			continue
		}
		owner.below = append(owner.below, c.text)
	}
}

// space sets spaced for the keys of the first level that have an empty line before
// them or before the comments above them.
func (d *document) space() {
	for _, e := range d.top.kids {
		first := e.line
		for first > d.line && isComment(d.lines[first-1-d.line]) {
			first--
		}
		e.spaced = first > d.line && strings.TrimSpace(d.lines[first-1-d.line]) == ""
	}
}

func isComment(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "#") }
