package office

import (
	"bytes"
	"html"
)

// tag is a tag of an XML part, as it was written.
type tag struct {
	name  []byte // without prefix, because programs use different ones
	attrs []byte
	open  bool // a start tag
	empty bool // a start tag that ends its element at once: <a/>
}

// is reports whether the tag has one of the names.
func (t tag) is(names ...string) bool {
	for _, n := range names {
		if string(t.name) == n {
			return true
		}
	}
	return false
}

// attr returns the value of an attribute, its name without prefix.
func (t tag) attr(name string) string {
	rest := t.attrs
	for {
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return ""
		}
		key := local(bytes.TrimSpace(rest[:eq]))
		rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return ""
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return ""
		}
		if string(key) == name {
			return html.UnescapeString(string(rest[1 : 1+end]))
		}
		rest = rest[2+end:]
	}
}

// on reports what a switch says: <w:vanish/> and <w:vanish w:val="1"/> are on.
func (t tag) on() bool {
	switch t.attr("val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// scan goes through a part once, from tag to tag. text is the text between the tag
// and the one before. Unlike a parser it accepts any input. Broken XML may hide
// traces from it, but a document that no office program can open does no harm.
func scan(part []byte, visit func(text []byte, t tag)) {
	for {
		at := bytes.IndexByte(part, '<')
		if at < 0 {
			return
		}
		text, rest := part[:at], part[at+1:]
		if len(rest) > 0 && rest[0] == '!' || len(rest) > 0 && rest[0] == '?' {
			end := ">"
			switch {
			case bytes.HasPrefix(rest, []byte("!--")):
				end = "-->"
			case bytes.HasPrefix(rest, []byte("![CDATA[")):
				end = "]]>"
			}
			n := bytes.Index(rest, []byte(end))
			if n < 0 {
				return
			}
			if end == "]]>" {
				visit(rest[len("![CDATA["):n], tag{})
			}
			part = rest[n+len(end):]
			continue
		}
		end := closing(rest)
		if end < 0 {
			return
		}
		t := tag{open: true}
		body := rest[:end]
		if len(body) > 0 && body[0] == '/' {
			t.open, body = false, body[1:]
		}
		if n := len(body); n > 0 && body[n-1] == '/' {
			t.empty, body = true, body[:n-1]
		}
		if n := bytes.IndexAny(body, " \t\r\n"); n >= 0 {
			t.attrs, body = body[n:], body[:n]
		}
		t.name = local(body)
		visit(text, t)
		part = rest[end+1:]
	}
}

// closing returns the index of the > that ends a tag; a > within quotes does not.
func closing(s []byte) int {
	for i := 0; i < len(s); {
		n := bytes.IndexAny(s[i:], `>"'`)
		if n < 0 {
			return -1
		}
		i += n
		if s[i] == '>' {
			return i
		}
		q := bytes.IndexByte(s[i+1:], s[i])
		if q < 0 {
			return -1
		}
		i += q + 2
	}
	return -1
}

func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }
