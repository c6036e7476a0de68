package form

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"annals/generator/locale"
)

// Normalise turns a label into what two spellings of it have in common:
//
//   - compatibility forms are one: full-width letters, digits and signs;
//   - the traditional characters that stand in labels become simplified;
//   - numbering at the start goes: 一、 （三） 1. 2、 ③ 第三、;
//   - spaces, punctuation, quotes and invisible characters go;
//   - letters are lower case.
//
// （三） 不予公开 and 不予公開 are both 不予公开. Numbering that is not followed
// by anything stays, so that no label becomes empty through it.
func Normalise(label string) string {
	known := foldings()
	label = circled.Replace(strings.ToValidUTF8(label, ""))
	label = norm.NFKC.String(label)
	label = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) {
			return -1
		}
		if s, ok := known.usual[r]; ok {
			return s
		}
		return unicode.ToLower(r)
	}, label)
	for {
		n := len(known.numbering.FindString(label))
		rest := label[n:]
		decimal := n > 0 && label[n-1] == '.' && rest != "" && '0' <= rest[0] && rest[0] <= '9'
		if n == 0 || decimal || bare(rest) == "" {
			return bare(label)
		}
		label = rest
	}
}

// bare drops what is neither a letter, a mark nor a digit. Marks may come to
// stand beside other letters by that, so the rest is composed once more.
func bare(s string) string {
	return norm.NFKC.String(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s))
}

// folding is what the languages know of labels: a number at the start, as it
// stands after NFKC, and the usual characters in the place of their variants.
type folding struct {
	numbering *regexp.Regexp
	usual     map[rune]rune
}

var foldings = sync.OnceValue(func() folding {
	f := folding{usual: map[rune]rune{}}
	var patterns []string
	for _, l := range locale.All() {
		patterns = append(patterns, l.Label.Numbering.Regexp().String())
		for _, line := range l.Variants {
			list := []rune(line)
			for i := 0; i+1 < len(list); i += 2 {
				f.usual[list[i]] = list[i+1]
			}
		}
	}
	f.numbering = regexp.MustCompile(strings.Join(patterns, "|"))
	return f
})

// circled numbers would become bare digits through NFKC.
var circled = strings.NewReplacer("①", "(1)", "②", "(2)", "③", "(3)", "④", "(4)", "⑤", "(5)", "⑥", "(6)", "⑦", "(7)", "⑧", "(8)", "⑨", "(9)", "⑩", "(10)")
