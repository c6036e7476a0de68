package yamlpos

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"annals/generator/source"
)

// The library says where a node begins and not where it ends. The functions
// here find the end in the text, given that the text is valid YAML.

// scalarEnd returns the end of the scalar y whose value begins at start.
func (c *converter) scalarEnd(y *yaml.Node, start, indent int) int {
	switch style := y.Style &^ yaml.TaggedStyle; {
	case start >= len(c.text):
		return len(c.text)
	case style&yaml.DoubleQuotedStyle != 0:
		for i := start + 1; i < len(c.text); i++ {
			if c.text[i] == '\\' {
				i++
			} else if c.text[i] == '"' {
				return i + 1
			}
		}
		return len(c.text)
	case style&yaml.SingleQuotedStyle != 0:
		for i := start + 1; i < len(c.text); i++ {
			if c.text[i] != '\'' {
				continue
			}
			if i+1 < len(c.text) && c.text[i+1] == '\'' {
				i++
				continue
			}
			return i + 1
		}
		return len(c.text)
	case style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return blockEnd(c.text, start, indent)
	}
	return plainEnd(c.text, start, y.Value)
}

// plainEnd follows the value of a plain scalar through the text, in which a
// folded line break stands for a space, and n+1 of them for n line breaks.
func plainEnd(text string, start int, value string) int {
	i := start
	for j := 0; j < len(value) && i < len(text); {
		if text[i] == value[j] && text[i] != ' ' && text[i] != '\t' && text[i] != '\n' {
			i++
			j++
			continue
		}
		run := i
		for run < len(text) && strings.IndexByte(" \t\r\n", text[run]) >= 0 {
			run++
		}
		if run == i {
			return i
		}
		switch breaks := strings.Count(text[i:run], "\n"); breaks {
		case 0:
			j += run - i
		case 1:
			j++
		default:
			j += breaks - 1
		}
		i = run
	}
	return i
}

// blockEnd returns the end of the last line with text of the block scalar
// whose | or > stands at start, in a collection at the column indent.
func blockEnd(text string, start, indent int) int {
	header, next := cutLine(text, start)
	end := start + len(strings.TrimRight(header, " \t\r"))
	if comment := strings.Index(header, " #"); comment >= 0 {
		end = start + len(strings.TrimRight(header[:comment], " \t\r"))
	}
	least := max(indent, 0) + 1
	if indent < 0 {
		least = 0
	}
	fixed := false
	for _, ch := range header[1:min(3, len(header))] {
		if ch >= '1' && ch <= '9' {
			least, fixed = max(indent, 0)+int(ch-'0'), true
		}
	}
	for next < len(text) {
		line, after := cutLine(text, next)
		trimmed := strings.TrimLeft(line, " ")
		width := len(line) - len(trimmed)
		if trimmed = strings.TrimRight(trimmed, "\r"); trimmed == "" {
			if !fixed {
				least = max(least, width)
			}
			if fixed && width > least {
				end = next + width
			}
			next = after
			continue
		}
		if width < least {
			return end
		}
		if !fixed {
			least, fixed = width, true
		}
		end = next + width + len(trimmed)
		next = after
	}
	return end
}

// flowEnd returns the end of a flow collection that begins at start and whose
// last item ends at end. A pair without braces ("[a: b]") ends with its value.
func flowEnd(text string, start, end int) int {
	if start >= len(text) || text[start] != '[' && text[start] != '{' {
		return end
	}
	for i := max(end, start+1); i < len(text); i++ {
		switch text[i] {
		case ']', '}':
			return i + 1
		case ' ', '\t', '\r', '\n', ',', ':', '?':
		case '#':
			for i < len(text) && text[i] != '\n' {
				i++
			}
		default:
			return end
		}
	}
	return end
}

// followedByColon reports whether a key that ends at end is written as "key:".
func followedByColon(text string, end int) bool {
	for end < len(text) && (text[end] == ' ' || text[end] == '\t') {
		end++
	}
	return end < len(text) && text[end] == ':'
}

// afterColon returns the place just after the colon of a key that ends at end,
// where its value would begin; without a colon there it returns otherwise, the
// library's place.
func (d *document) afterColon(end int, otherwise source.Span) source.Span {
	for i := end; i < len(d.text) && (d.text[i] == ' ' || d.text[i] == '\t' || d.text[i] == ':'); i++ {
		if d.text[i] == ':' {
			return d.span(i+1, i+1)
		}
	}
	return otherwise
}

// wordEnd returns the end of the anchor, alias or tag at start.
func wordEnd(text string, start int) int {
	if n := strings.IndexAny(text[start:], " \t\r\n,[]{}"); n >= 0 {
		return start + n
	}
	return len(text)
}

// skipSpace returns the first byte from i on that is neither white space nor
// in a comment.
func skipSpace(text string, i int) int {
	for ; i < len(text); i++ {
		switch text[i] {
		case ' ', '\t', '\r', '\n':
		case '#':
			for i+1 < len(text) && text[i+1] != '\n' {
				i++
			}
		default:
			return i
		}
	}
	return i
}

// cutLine returns the rest of the line at start and where the next begins.
func cutLine(text string, start int) (line string, next int) {
	if n := strings.IndexByte(text[start:], '\n'); n >= 0 {
		return text[start : start+n], start + n + 1
	}
	return text[start:], len(text)
}

// endOfLine returns the end of the line that holds the offset.
func (d *document) endOfLine(off int) int {
	line, _ := cutLine(d.text, off)
	return off + len(strings.TrimSuffix(line, "\r"))
}
