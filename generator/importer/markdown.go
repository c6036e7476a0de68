package importer

import (
	"regexp"
	"strings"
)

// special matches what has a meaning in Markdown anywhere in a line.
var special = regexp.MustCompile("[\\\\`*_\\[\\]<|]|&[a-zA-Z#]|~~+")

// leading matches what makes a line something other than a paragraph if it begins
// with it.
var leading = regexp.MustCompile(`^(?:#{1,6} |[+\-] |(?:- *){3,}$|>[> ]* |1[.)] )`)

// Markdown escapes a line of text, so that the archive's Markdown shows it
// unchanged.
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
