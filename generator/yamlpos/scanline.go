package yamlpos

import "unicode/utf8"

const (
	longestKey   = 200  // bytes; the library refuses keys from 1024 characters on
	mostKeys     = 64   // of a map; each is compared with those before it
	deepest      = 24   // levels; the library counts them exactly
	longestPlain = 1000 // bytes of a text in a flow collection
)

// key reports whether a key with its colon stands at pos, and where it ends.
func (s *scanner) key() (end int, ok bool) {
	i := s.pos
	if i < len(s.text) && !letters[s.text[i]] {
		return 0, false
	}
	for i < len(s.text) && keyBytes[s.text[i]] {
		i++
	}
	if i == s.pos || i-s.pos > longestKey || i == len(s.text) || s.text[i] != ':' {
		return 0, false
	}
	return i, i+1 == len(s.text) || s.text[i+1] == ' ' || s.text[i+1] == '\n' || s.text[i+1] == '\r'
}

// pair reads "key: value" as an item of the innermost frame.
func (s *scanner) pair() bool {
	end, ok := s.key()
	top := &s.frames[len(s.frames)-1]
	if !ok || len(s.frames) > deepest {
		return false
	}
	siblings := s.stack[top.first:]
	if len(siblings) > mostKeys {
		return false
	}
	n, ok := s.named(end, siblings)
	if !ok {
		return false
	}
	s.stack = append(s.stack, n)
	for s.pos < len(s.text) && s.text[s.pos] == ' ' {
		s.pos++
	}
	if s.pos == len(s.text) || s.text[s.pos] == '\n' || s.text[s.pos] == '\r' || s.text[s.pos] == '#' {
		return true
	}
	return s.value() && s.rest()
}

// named begins a node with the key that ends at end, and passes its colon.
func (s *scanner) named(end int, siblings []Node) (n Node, ok bool) {
	n.Key, n.KeySpan = s.text[s.pos:end], s.here()
	for i := range siblings {
		if siblings[i].Key == n.Key {
			return n, false
		}
	}
	s.pass(end)
	s.end(&n.KeySpan)
	s.pos++
	n.Span = s.here()
	return n, true
}

// pass moves pos to end, and counts in extra the bytes that are not the first
// of a UTF-8 character.
func (s *scanner) pass(end int) {
	for i := s.pos; i < end; i++ {
		if s.text[i]&0xc0 == 0x80 {
			s.extra++
		}
	}
	s.pos = end
}

// rest reads the end of a line after a value: space and a comment.
func (s *scanner) rest() bool {
	i := s.pos
	for i < len(s.text) && s.text[i] == ' ' {
		i++
	}
	return i == len(s.text) || s.text[i] == '\n' || s.text[i] == '\r' || s.text[i] == '#' && i > s.pos
}

// value reads the value at pos into the last node.
func (s *scanner) value() bool {
	n := &s.stack[len(s.stack)-1]
	n.Span = s.here()
	switch s.text[s.pos] {
	case '[':
		n.Kind = List
		return s.flowList(n)
	case '{':
		n.Kind = Map
		return s.flowMap(n)
	case '"':
		return s.quoted(n)
	}
	if !s.begins() {
		return false
	}
	i, stop := s.pos, s.pos
	for ; i < len(s.text); i++ {
		switch c := s.text[i]; c {
		case '\n', '\r':
			s.take(n, stop)
			return true
		case ' ':
			continue
		case '#':
			if s.text[i-1] == ' ' {
				s.take(n, stop)
				return true
			}
		case ':':
			if i+1 == len(s.text) || s.text[i+1] == ' ' || s.text[i+1] == '\n' || s.text[i+1] == '\r' {
				return false
			}
		}
		stop = i + 1
	}
	s.take(n, stop)
	return true
}

// begins reports whether a plain text may begin with what stands at pos.
func (s *scanner) begins() bool {
	c := s.text[s.pos]
	if c == '-' {
		return s.pos+1 < len(s.text) && letters[s.text[s.pos+1]] && s.text[s.pos+1] < utf8.RuneSelf
	}
	return letters[c] || c == '/' || c == '.' || c == '+' || c == '~'
}

// take makes the text from pos to end the value of a node.
func (s *scanner) take(n *Node, end int) {
	n.Text = s.text[s.pos:end]
	s.pass(end)
	s.end(&n.Span)
}

// quoted reads a text in double quotes.
func (s *scanner) quoted(n *Node) bool {
	for i := s.pos + 1; i < len(s.text); i++ {
		switch s.text[i] {
		case '"':
			n.Text, n.Quoted = s.text[s.pos+1:i], true
			s.pass(i + 1)
			s.end(&n.Span)
			return true
		case '\\', '\n', '\r':
			return false
		}
	}
	return false
}

// flowList reads [a, b] without collections in it.
func (s *scanner) flowList(n *Node) bool {
	from := len(s.arena)
	for s.pos++; ; s.pos++ {
		s.spaces()
		if s.pos < len(s.text) && s.text[s.pos] == ']' && len(s.arena) == from {
			break // []
		}
		s.arena = append(s.arena, Node{})
		if !s.flowScalar(&s.arena[len(s.arena)-1]) {
			return false
		}
		if s.text[s.pos] == ']' {
			break
		}
		if s.text[s.pos] != ',' {
			return false
		}
	}
	return s.endFlow(n, from)
}

// flowMap reads {a: b, c: d} without collections in it.
func (s *scanner) flowMap(n *Node) bool {
	from := len(s.arena)
	for s.pos++; ; s.pos++ {
		s.spaces()
		if s.pos < len(s.text) && s.text[s.pos] == '}' && len(s.arena) == from {
			break // {}
		}
		end, ok := s.key()
		if !ok || len(s.arena)-from > mostKeys {
			return false
		}
		item, ok := s.named(end, s.arena[from:])
		if !ok {
			return false
		}
		s.spaces()
		s.arena = append(s.arena, item)
		if !s.flowScalar(&s.arena[len(s.arena)-1]) {
			return false
		}
		if s.text[s.pos] == '}' {
			break
		}
		if s.text[s.pos] != ',' {
			return false
		}
	}
	return s.endFlow(n, from)
}

func (s *scanner) endFlow(n *Node, from int) bool {
	s.pos++
	s.end(&n.Span)
	n.Items = s.arena[from:len(s.arena):len(s.arena)]
	return len(s.frames) < deepest
}

func (s *scanner) spaces() {
	for s.pos < len(s.text) && s.text[s.pos] == ' ' {
		s.pos++
	}
}

// flowScalar reads a text and the spaces after it; some byte follows.
func (s *scanner) flowScalar(n *Node) bool {
	if s.pos >= len(s.text) {
		return false
	}
	n.Span = s.here()
	if s.text[s.pos] == '"' {
		if !s.quoted(n) {
			return false
		}
	} else {
		if !s.begins() {
			return false
		}
		i, stop := s.pos, s.pos
		for ; i < len(s.text) && (flowBytes[s.text[i]] || s.text[i] == ' '); i++ {
			if s.text[i] != ' ' {
				stop = i + 1
			}
		}
		if i-s.pos > longestPlain {
			return false
		}
		s.take(n, stop)
	}
	s.spaces()
	return s.pos < len(s.text)
}

// The bytes with which keys and texts may begin, of which keys consist, and
// of which texts in flow collections consist. All characters beyond ASCII are
// letters here.
var (
	letters   = byteSet("_")
	keyBytes  = byteSet("_-./()")
	flowBytes = byteSet("_-./+()%=;~$^<>")
)

func byteSet(more string) (t [256]bool) {
	for c := range t {
		t[c] = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf
	}
	for i := range more {
		t[more[i]] = true
	}
	return t
}
