package yamlpos

import (
	"strings"
	"sync"
	"unicode/utf8"

	"annals/generator/source"
)

// The scanner reads the regular lines of which front matter consists:
//
//	key: text, a number, "quoted without backslash", or nothing   # comment
//	key: [1, 2, "/"]        key: {rule: row-total, reason: "…"}
//	- any of these values, or the first key of a map
//
// nested by spaces. For these lines the scanner makes the same nodes as the
// library. For any other line, valid or not, it gives up on the whole text,
// which is then read by the library; the scanner never reports a fault.
type scanner struct {
	text   string
	pos    int
	line   int32
	start  int // the offset of the line
	extra  int // bytes of the line before pos that are not the first of a UTF-8 character
	frames []frame
	stack  []Node // the nodes of open collections, each below its children
	arena  []Node // the items of closed collections
}

// A frame is an open block collection. Its node is stack[first-1] and its
// items are stack[first:].
type frame struct {
	kind   Kind
	indent int
	first  int
	level  bool // a list at the column of the key it belongs to
}

// mostPooled is the size of the largest stack kept for the next text.
const mostPooled = 1024

var scanners = sync.Pool{New: func() any { return new(scanner) }}

// scan reads a text, or reports that it is not regular.
func scan(text string, firstLine int) (*Node, bool) {
	count, ok := survey(text)
	if !ok {
		return nil, false
	}
	s := scanners.Get().(*scanner)
	s.text, s.pos, s.line = text, 0, int32(firstLine)
	s.arena = make([]Node, 0, count)
	root, ok := s.run(firstLine)
	if cap(s.stack) <= mostPooled {
		clear(s.stack[:cap(s.stack)]) // the pool must not keep a text alive
		s.text, s.arena, s.stack, s.frames = "", nil, s.stack[:0], s.frames[:0]
		scanners.Put(s)
	}
	return root, ok
}

// survey looks at every byte once. It returns false for a text with bytes that
// no regular text contains, and estimates the number of nodes.
func survey(text string) (nodes int, ok bool) {
	wide := false
	for i := 0; i < len(text); i++ {
		switch classes[text[i]] {
		case counts:
			nodes++
		case high:
			wide = true
		case refused:
			return 0, false
		case looked:
			rest := text[i:]
			switch {
			case rest[0] == '\r':
				if len(rest) < 2 || rest[1] != '\n' {
					return 0, false
				}
			case len(rest) < 3, rest[0] == 0xc2 && rest[1] < 0xa0,
				strings.HasPrefix(rest, "\u2028"), strings.HasPrefix(rest, "\u2029"), strings.HasPrefix(rest, "\ufeff"),
				strings.HasPrefix(rest, "\ufffe"), strings.HasPrefix(rest, "\uffff"):
				return 0, false
			default:
				wide = true
			}
		}
	}
	return nodes + 8, nodes < MaxNodes/2 && (!wide || utf8.ValidString(text))
}

// The classes of bytes for survey.
const (
	plain = iota
	counts
	high
	looked
	refused
)

var classes = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c >= 0x80:
			t[c] = high
		case c < ' ', c == 0x7f:
			t[c] = refused
		}
	}
	for _, c := range "\n,[{" {
		t[c] = counts
	}
	t['\r'], t[0xc2], t[0xe2], t[0xef] = looked, looked, looked, looked
	return t
}()

func (s *scanner) run(firstLine int) (*Node, bool) {
	s.stack = append(s.stack[:0], Node{Kind: Map})
	for s.pos < len(s.text) {
		s.start, s.extra = s.pos, 0
		for s.pos < len(s.text) && s.text[s.pos] == ' ' {
			s.pos++
		}
		if s.pos < len(s.text) && s.text[s.pos] != '\n' && s.text[s.pos] != '\r' && s.text[s.pos] != '#' {
			if !s.content(s.pos - s.start) {
				return nil, false
			}
		}
		if n := strings.IndexByte(s.text[s.pos:], '\n'); n >= 0 {
			s.pos += n + 1
		} else {
			s.pos = len(s.text)
		}
		s.line++
	}
	if len(s.frames) == 0 {
		return emptyMap(firstLine), true
	}
	for len(s.frames) > 0 {
		s.close()
	}
	root := s.stack[0]
	return &root, true
}

// content reads a line that holds more than a comment, at its indentation.
func (s *scanner) content(indent int) bool {
	dash := s.text[s.pos] == '-' && s.pos+1 < len(s.text) && s.text[s.pos+1] == ' '
	if indent == 0 && (strings.HasPrefix(s.text[s.pos:], "---") || strings.HasPrefix(s.text[s.pos:], "...")) {
		return false
	}
	kind := Map
	if dash {
		kind = List
	}
	for len(s.frames) > 0 {
		top := s.frames[len(s.frames)-1]
		if top.indent < indent || top.indent == indent && (top.kind == kind || !top.level) {
			break
		}
		s.close()
	}
	switch {
	case len(s.frames) == 0:
		if dash || s.stack[0].Span.Line != 0 {
			return false
		}
		s.open(Map, indent, false)
	case s.frames[len(s.frames)-1].indent < indent:
		if !s.awaiting() {
			return false
		}
		s.open(kind, indent, false)
	case s.frames[len(s.frames)-1].kind != kind:
		if !dash || !s.awaiting() {
			return false
		}
		s.open(List, indent, true)
	}
	if !dash {
		return s.pair()
	}
	s.pos += 2
	for s.pos < len(s.text) && s.text[s.pos] == ' ' {
		s.pos++
	}
	if s.pos == len(s.text) {
		return false
	}
	s.stack = append(s.stack, Node{})
	if _, key := s.key(); key {
		s.stack[len(s.stack)-1].Span = s.here()
		s.frames = append(s.frames, frame{kind: Map, indent: s.pos - s.start, first: len(s.stack)})
		s.stack[len(s.stack)-1].Kind = Map
		return s.pair()
	}
	return s.value() && s.rest()
}

// awaiting reports whether the last item is a key without a value so far.
func (s *scanner) awaiting() bool {
	top := s.frames[len(s.frames)-1]
	last := &s.stack[len(s.stack)-1]
	return top.kind == Map && last.Null()
}

// open begins a block collection as the value of the last node.
func (s *scanner) open(kind Kind, indent int, level bool) {
	n := &s.stack[len(s.stack)-1]
	n.Kind, n.Span = kind, s.here()
	s.frames = append(s.frames, frame{kind: kind, indent: indent, first: len(s.stack), level: level})
}

// close ends the innermost block collection and gives its node the items.
func (s *scanner) close() {
	top := s.frames[len(s.frames)-1]
	s.frames = s.frames[:len(s.frames)-1]
	items := s.stack[top.first:]
	from := len(s.arena)
	s.arena = append(s.arena, items...)
	n := &s.stack[top.first-1]
	n.Items = s.arena[from:len(s.arena):len(s.arena)]
	n.Span = n.Span.To(items[len(items)-1].Span)
	s.stack = s.stack[:top.first]
}

// here is the place at pos.
func (s *scanner) here() source.Span {
	column := int32(s.pos - s.start - s.extra + 1)
	return source.Span{Line: s.line, Column: column, EndLine: s.line, EndColumn: column}
}

// end sets the end of a span at pos.
func (s *scanner) end(n *source.Span) { n.EndColumn = int32(s.pos - s.start - s.extra + 1) }
