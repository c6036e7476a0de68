package importer

import (
	"regexp"
	"strings"
)

// special are the characters that mean something to Markdown anywhere in a line.
var special = regexp.MustCompile("[\\\\`*_\\[\\]<|]|&[a-zA-Z#]|~~+")

// leading is what makes a line something else than a paragraph.
var leading = regexp.MustCompile(`^(?:#{1,6} |[+\-] |(?:- *){3,}$|>[> ]* |1[.)] )`)

// Markdown escapes a line of text so that it reads in Markdown, as the archive
// has it, as it stands.
func Markdown(text string) string {
	text = special.ReplaceAllStringFunc(text, func(m string) string {
		if m[0] == '~' {
			return strings.Repeat(`\~`, len(m))
		}
		return `\` + m
	})
	switch m := leading.FindString(text); {
	case m == "":
		return text
	case m[0] == '1':
		return text[:1] + `\` + text[1:] // 1\. rather than \1.
	}
	return `\` + text
}
