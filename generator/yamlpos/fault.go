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
	if text := strings.TrimSpace(d.line(line)); err != nil && (text == "" || !prose(text)) {
		line = d.faultyLine(err, budget)
	}
	for n := line; n >= max(1, line-1); n-- {
		if s, ok := recognise(d.line(n), 0); ok {
			s.shift(d.lines[n-1])
			if s.key == "text" {
				s.end = d.endOfProse(n)
			}
			return d.told(s)
		}
	}
	if err != nil {
		if s, ok := d.realign(max(1, line-1), line, budget); ok {
			return d.mended(s)
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
