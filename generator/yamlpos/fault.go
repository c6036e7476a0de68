package yamlpos

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"annals/generator/diag"
)

// recoveryBudget is how many bytes may be read again in search of a faulty
// line. It bounds the time that a hostile text takes.
const recoveryBudget = 2 << 20

// longestLine is the length in bytes of the longest line that is searched for
// typing mistakes. The search uses patterns that take a hundred times as long
// as reading the line.
const longestLine = 64 << 10

// fault returns the diagnostic of a part that cannot be read. err is the
// library's error; it is nil if the part is valid YAML but not "key: value".
func (d *document) fault(err error, budget *int) diag.Diagnostic {
	line := d.firstContent()
	if err != nil {
		line = d.faultyLine(err, budget)
	}
	for n := line; n >= max(1, line-1); n-- {
		if key, start, end, ok := recognise(d.line(n)); ok {
			base := d.lines[n-1]
			return diag.New("front-matter/"+key, d.at(base+start, base+end), "text", d.text[base+start:base+end])
		}
	}
	text := d.line(line)
	start := len(text) - len(strings.TrimLeft(text, " \t"))
	at := d.at(d.lines[line-1]+start, d.lines[line-1]+len(text))
	if err == nil {
		return diag.New("front-matter/line", at)
	}
	_, problem := libraryLine(err)
	if key, known := problems[problem]; known {
		if key == "colon" && line > d.firstContent() { // "a: 1", and below it a deeper "b: 2"
			key = "indent"
		}
		return diag.New("front-matter/"+key, at)
	}
	return diag.New("front-matter", at, "problem", problem)
}

// firstContent returns the first line that is neither blank nor a comment.
func (d *document) firstContent() int {
	for n := range d.lines {
		if text := strings.TrimSpace(d.line(n + 1)); text != "" && text[0] != '#' {
			return n + 1
		}
	}
	return 1
}

// faultyLine returns the number of the first line at which the text stops being
// valid YAML: the line after the longest run of lines from the top that can be
// read. Where finding it would exceed the budget, in bytes, it returns the line
// that the library names.
func (d *document) faultyLine(err error, budget *int) int {
	for n := len(d.lines); n > 1; n-- {
		prefix := d.text[:d.lines[n-1]]
		if *budget -= len(prefix); *budget < 0 {
			line, _ := libraryLine(err)
			return min(max(line, 1), len(d.lines))
		}
		if _, _, err := decode(prefix); err == nil {
			for n < len(d.lines) && strings.TrimSpace(d.line(n)) == "" {
				n++
			}
			return n
		}
	}
	return d.firstContent()
}

var libraryError = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// libraryLine returns the line number in the library's message.
func libraryLine(err error) (line int, problem string) {
	m := libraryError.FindStringSubmatch(err.Error())
	if m == nil {
		return 1, err.Error()
	}
	line, _ = strconv.Atoi(m[1])
	return line, m[2]
}

// problems maps messages of the library to the variants of our message.
var problems = map[string]string{
	"did not find expected key":                                    "indent",
	"did not find expected '-' indicator":                          "indent",
	"did not find expected ',' or ']'":                             "bracket",
	"did not find expected ',' or '}'":                             "bracket",
	"did not find expected node content":                           "bracket",
	"found unexpected end of stream":                               "quote",
	"found unknown escape character":                               "escape",
	"did not find expected hexdecimal number":                      "escape",
	"mapping values are not allowed in this context":               "colon",
	"could not find expected ':'":                                  "line",
	"found character that cannot start any token":                  "start",
	"block sequence entries are not allowed in this context":       "indent",
	"found a tab character that violates indentation":              "tab",
	"found a tab character where an indentation space is expected": "tab",
}

var (
	fullWidthColon = regexp.MustCompile(`^\s*(?:- +)?[^\s:"'#\[\]{},]+(\x{ff1a})`)
	noSpace        = regexp.MustCompile(`^\s*(?:- +)?[\pL\pN_.-]+(:[^\s:/]\S*)`)
	keyed          = regexp.MustCompile(`^(\s*(?:- +)*(?:[^\s:"'#\[\]{},&*!|>%@-][^:"']*?:\s+)?)(\S.*)$`)
	afterQuote     = regexp.MustCompile(`^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*([^\s#].*)$`)
	aliasWord      = regexp.MustCompile(`^\*[^\s,\[\]{}]+`)
)

// recognise looks for a common typing mistake in a line, and returns the
// variant of the message and the range of bytes that it is about.
func recognise(line string) (key string, start, end int, ok bool) {
	if len(line) > longestLine {
		return "", 0, 0, false
	}
	indent := len(line) - len(strings.TrimLeft(line, " \t"))
	if tab := strings.IndexByte(line[:indent], '\t'); tab >= 0 {
		return "tab", tab, tab + 1, true
	}
	if strings.HasPrefix(line[indent:], "#") {
		return "", 0, 0, false
	}
	spaced := strings.Contains(line, ": ") || strings.HasSuffix(strings.TrimSpace(line), ":")
	if m := fullWidthColon.FindStringSubmatchIndex(line); m != nil && !spaced {
		return "wide-colon", m[2], m[3], true
	}
	if m := noSpace.FindStringSubmatchIndex(line); m != nil && !spaced {
		return "space", m[2], m[2] + 1, true
	}
	m := keyed.FindStringSubmatchIndex(line)
	if m == nil {
		return "", 0, 0, false
	}
	at, value := m[4], strings.TrimRight(line[m[4]:], " \t")
	switch value[0] {
	case '*':
		if word := aliasWord.FindString(value); word != "" {
			return "unknown-alias", at, at + len(word), true
		}
	case '@', '`', '%':
		return "start", at, at + 1, true
	case '"', '\'':
		if m := afterQuote.FindStringSubmatchIndex(value); m != nil {
			return "after-quote", at + m[2], at + m[3], true
		}
		if !closed(value) {
			return "quote", at, at + len(value), true
		}
	case '[', '{':
		if n := unbalanced(value); n >= 0 {
			return "bracket", at + n, at + n + 1, true
		}
	default:
		if n := strings.Index(value, ": "); n >= 0 && m[2] != m[3] && strings.Contains(line[m[2]:m[3]], ":") {
			return "colon", at + n, at + n + 1, true
		}
	}
	return "", 0, 0, false
}

// closed reports whether a text in quotes ends on its line.
func closed(value string) bool {
	quote := value[0]
	for i := 1; i < len(value); i++ {
		switch {
		case value[i] == '\\' && quote == '"':
			i++
		case value[i] == quote:
			return true
		}
	}
	return false
}

// unbalanced returns the bracket of a line that has no partner, or -1.
func unbalanced(value string) int {
	var open []int
	for i := 0; i < len(value); i++ {
		switch c := value[i]; c {
		case '[', '{':
			open = append(open, i)
		case ']', '}':
			if len(open) == 0 || value[open[len(open)-1]]+2 != c { // ASCII: [ \ ] and { | }
				return i
			}
			open = open[:len(open)-1]
		case '"':
			n := i + 1
			for n < len(value) && value[n] != '"' {
				_, size := utf8.DecodeRuneInString(value[n:])
				n += size
			}
			i = n
		}
	}
	if len(open) > 0 {
		return open[len(open)-1]
	}
	return -1
}
