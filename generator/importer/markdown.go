package importer

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

// quote writes a YAML scalar in double quotes.
func quote(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic("importer: " + err.Error()) // a string always encodes
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// special are the characters that mean something to Markdown anywhere in a line.
var special = regexp.MustCompile("[\\\\`*_\\[\\]<>~|]|&(?:[a-zA-Z#])|!\\[")

// leading is what makes a line something else than a paragraph.
var leading = regexp.MustCompile(`^(?:#{1,6}(?: |$)|[+\-](?: |$)|=+$|-{2,}$|[0-9]{1,9}[.)](?: |$)|:?-+:?$)`)

// Markdown escapes a line of text so that Markdown shows it as it is.
func Markdown(text string) string {
	text = special.ReplaceAllStringFunc(text, func(m string) string { return `\` + m })
	if m := leading.FindString(text); m != "" {
		trimmed := strings.TrimRight(m, " ")
		if strings.IndexFunc(trimmed, func(r rune) bool { return r < '0' || r > '9' }) > 0 {
			i := len(trimmed) - 1 // 1\. rather than \1.
			return text[:i] + `\` + text[i:]
		}
		return `\` + text
	}
	return text
}
