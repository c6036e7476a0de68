package yamlpos

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/generator/diag"
)

// slip is a common typing mistake: the variant of the message, and the bytes
// that it is about. Where the repair is certain, with replaces the bytes
// between from and to; otherwise from and to are -1.
type slip struct {
	key        string
	start, end int
	from, to   int
	with       string
}

func (s *slip) shift(n int) {
	s.start, s.end = s.start+n, s.end+n
	if s.from >= 0 {
		s.from, s.to = s.from+n, s.to+n
	}
}

// told returns the diagnostic of a slip, without its repair.
func (d *document) told(s slip) diag.Diagnostic {
	return diag.New("front-matter/"+s.key, d.at(s.start, s.end), "text", strings.TrimSpace(d.text[s.start:s.end]))
}

// mended returns the diagnostic of a slip with its repair.
func (d *document) mended(s slip) diag.Diagnostic {
	x := d.told(s)
	x.Fix = &diag.Fix{Place: d.at(s.from, s.to), Replace: s.with}
	return x
}

// Spaces that editors show as spaces and YAML does not take for any: a
// no-break space and an ideographic one.
const wideSpaces = "\u00a0\u3000"

var (
	wideColon  = regexp.MustCompile(`^\s*(?:- +)?([^\s:"'#\[\]{},]+?)([` + wideSpaces + `]*\x{ff1a}[\s` + wideSpaces + `]*)(.*)$`)
	noSpace    = regexp.MustCompile(`^\s*(?:- +)?[\pL\pN_.-]+(:[` + wideSpaces + `]*)([^\s:/` + wideSpaces + `]\S*)`)
	keyed      = regexp.MustCompile(`^(\s*(?:- +)*(?:[^\s:"'#\[\]{},&*!|>%@-][^:"']*?:\s+)?)(\S.*)$`)
	afterQuote = regexp.MustCompile(`^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*([^\s#].*)$`)
	afterList  = regexp.MustCompile(`^\[[^\[\]{}"'#]*\]\s*([,;.\x{ff0c}\x{3001}\x{ff1b}\x{3002}\x{ff1a}]+)\s*$`)
	// Inside of { }: a full-width comma before a key, a full-width colon behind one.
	wideFlow  = regexp.MustCompile(`([\x{ff0c}\x{3001}\x{ff1b};])\s*([a-z0-9_]+\s*[:\x{ff1a}])|([{,\x{ff0c}\x{ff5b}]\s*[a-z0-9_]+)(\x{ff1a})\s*`)
	twoKeys   = regexp.MustCompile(`^(?:[0-9.]+|\[[^\[\]]*\])([ ,;\x{ff0c}\x{ff1b}\x{3000}]+)[a-z_]+: `)
	twoCommas = regexp.MustCompile(`[\[,]\s*(,)`)
	aliasWord = regexp.MustCompile(`^\*[^\s,\[\]{}]+`)
	// A key that is a word of the program, or a value that only a table has: then
	// a full-width colon is no punctuation of a sentence.
	asciiKey  = regexp.MustCompile(`^[a-z][a-z_]*$`)
	tableCell = regexp.MustCompile(`^(?:[\[0-9"].*)?$`)
)

// recognise looks for a typing mistake in a line. A tab in the indentation is
// taken for as many spaces as width; with 0 its repair is not certain.
func recognise(line string, width int) (slip, bool) {
	found := func(key string, start, end int) (slip, bool) { return slip{key, start, end, -1, -1, ""}, true }
	if len(line) > longestLine {
		return slip{}, false
	}
	rest := strings.TrimLeft(line, " \t"+wideSpaces)
	indent := len(line) - len(rest)
	if odd := strings.IndexAny(line[:indent], "\t"+wideSpaces); odd >= 0 && rest != "" && rest[0] != '#' {
		key, end := "tab", odd+1
		if line[odd] != '\t' {
			_, size := utf8.DecodeRuneInString(line[odd:])
			key, end = "wide-space", odd+size
		}
		s := slip{key, odd, end, -1, -1, ""}
		if width > 0 {
			s.from, s.to = 0, indent
			s.with = strings.NewReplacer("\t", strings.Repeat(" ", width), "\u3000", "  ", "\u00a0", " ").Replace(line[:indent])
		}
		return s, true
	}
	if rest == "" || rest[0] == '#' {
		return slip{}, false
	}
	if prose(rest) {
		return found("text", indent, len(line))
	}
	spaced := strings.Contains(line, ": ") || strings.HasSuffix(strings.TrimSpace(line), ":")
	if m := wideColon.FindStringSubmatchIndex(line); m != nil && !spaced {
		colon := m[4] + strings.IndexRune(line[m[4]:m[5]], '\uff1a')
		s := slip{"wide-colon", colon, colon + len("\uff1a"), -1, -1, ""}
		if asciiKey.MatchString(line[m[2]:m[3]]) || tableCell.MatchString(line[m[6]:m[7]]) {
			s.from, s.to, s.with = m[4], m[5], ": "
			if m[6] == m[7] {
				s.with = ":"
			}
		}
		return s, true
	}
	if m := noSpace.FindStringSubmatchIndex(line); m != nil && !spaced {
		return slip{"space", m[2], m[2] + 1, m[2], m[3], ": "}, true
	}
	m := keyed.FindStringSubmatchIndex(line)
	if m == nil {
		return slip{}, false
	}
	at, value := m[4], strings.TrimRight(line[m[4]:], " \t")
	switch value[0] {
	case '*':
		if word := aliasWord.FindString(value); word != "" {
			return found("unknown-alias", at, at+len(word))
		}
	case '@', '`', '%':
		return found("start", at, at+1)
	case '"', '\'':
		if m := afterQuote.FindStringSubmatchIndex(value); m != nil {
			return found("after-quote", at+m[2], at+m[3])
		}
		if !closed(value) {
			return found("quote", at, at+len(value))
		}
	case '[', '{':
		if s, ok := recogniseFlow(value, at); ok {
			return s, true
		}
		return recogniseList(value, at)
	case '|': // a block of text begins with it, but has nothing else on its line
		if cells := strings.FieldsFunc(value, func(r rune) bool { return r == '|' || unicode.IsSpace(r) }); len(cells) > 1 {
			return slip{"pipes", at, at + 1, at, at + len(value), "[" + strings.Join(cells, ", ") + "]"}, true
		}
	default:
		if s, ok := recogniseFlow(value, at); ok {
			return s, true
		}
		if m := twoKeys.FindStringSubmatchIndex(value); m != nil {
			return slip{"two-keys", at + m[3], at + len(value), at + m[2], at + m[3], "\n" + line[:indent]}, true
		}
		if n := strings.Index(value, ": "); n >= 0 && m[2] != m[3] && strings.Contains(line[m[2]:m[3]], ":") {
			s := slip{"colon", at + n, at + n + 1, -1, -1, ""}
			if !strings.ContainsAny(value, "\"\\#") {
				s.from, s.to, s.with = at, at+len(value), `"`+value+`"`
			}
			return s, true
		}
	}
	return slip{}, false
}

// recogniseFlow looks for full-width characters in place of those that a value in
// brackets is made of.
func recogniseFlow(value string, at int) (slip, bool) {
	right := value
	switch first, _ := utf8.DecodeRuneInString(value); first {
	case '{', '\uff5b':
		right = wideFlow.ReplaceAllStringFunc(right, func(s string) string {
			return strings.NewReplacer("\uff0c", ", ", "\u3001", ", ", "\uff1b", ", ", ";", ", ", "\uff1a", ": ").Replace(s)
		})
		right = strings.NewReplacer("\uff5b", "{", "\uff5d", "}").Replace(right)
	case '[':
		if strings.Count(value, `"`)%2 == 1 {
			right = strings.NewReplacer("\u201c", `"`, "\u201d", `"`).Replace(right)
		}
	}
	if right == value {
		return slip{}, false
	}
	wrong := 0
	for wrong < len(right) && right[wrong] == value[wrong] {
		wrong++
	}
	for !utf8.RuneStart(value[wrong]) {
		wrong--
	}
	_, size := utf8.DecodeRuneInString(value[wrong:])
	return slip{"wide", at + wrong, at + wrong + size, at, at + len(value), right}, true
}

// recogniseList looks for a typing mistake in a list of one line, which begins
// at the byte at of that line.
func recogniseList(value string, at int) (slip, bool) {
	end := at + len(value)
	if m := afterList.FindStringSubmatchIndex(value); m != nil {
		return slip{"after-list", at + m[2], at + m[3], at + m[2], end, ""}, true
	}
	if m := twoCommas.FindStringSubmatchIndex(value); m != nil {
		return slip{"comma-twice", at + m[2], at + m[3], -1, -1, ""}, true
	}
	n := unbalanced(value)
	if n < 0 {
		return slip{}, false
	}
	s := slip{"bracket", at + n, at + n + 1, -1, -1, ""}
	if value[0] == '[' && n == 0 {
		listed := strings.TrimRightFunc(value, func(r rune) bool {
			return strings.ContainsRune(")\uff09\uff3d\u3011\u3015,\uff0c\u3001;\uff1b\u3002", r) || unicode.IsSpace(r)
		})
		s.key, s.from, s.to, s.with = "bracket-open", at+len(listed), end, "]"
	}
	return s, true
}

// prose reports whether a line is text or a row of a pasted table, and nothing
// that was meant to be YAML.
func prose(line string) bool {
	if strings.Contains(line, ": ") || strings.HasSuffix(line, ":") || strings.IndexByte("-[{\"'&*!>%@`", line[0]) >= 0 {
		return false
	}
	if line[0] == '|' {
		return strings.Count(line, "|") > 1
	}
	if strings.ContainsAny(line, "\u3002\uff1b\uff01\uff1f") { // a full stop, a semicolon, marks of exclamation and question
		return true
	}
	if m := wideColon.FindStringSubmatch(line); m != nil && tableCell.MatchString(m[3]) {
		return false
	}
	const sentence = 12 // Han characters; no key and number has as many without a colon
	han := 0
	for _, r := range line {
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	return han >= sentence
}

// endOfProse returns the offset at which the text ends that begins on a line.
func (d *document) endOfProse(line int) int {
	end := d.lines[line-1] + len(d.line(line))
	for n := line + 1; n <= len(d.lines); n++ {
		switch text := strings.TrimSpace(d.line(n)); {
		case text == "" || text[0] == '#':
		case prose(text) || !strings.Contains(text, ":"):
			end = d.lines[n-1] + len(d.line(n))
		default:
			return end
		}
	}
	return end
}
