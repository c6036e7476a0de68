package form

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

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
	label = strings.ToValidUTF8(label, "")
	if strings.Contains(label, "\xe2\x91") { // U+2440 to U+247F, the circled numbers among them
		label = circled.Replace(label)
	}
	label = composed(label)
	label = strings.Map(func(r rune) rune {
		if han(r) {
			return known.han[r-firstHan]
		}
		if unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) {
			return -1
		}
		if s, ok := known.usual[r]; ok {
			return s
		}
		return unicode.ToLower(r)
	}, label)
	for {
		n := known.number(label[:min(len(label), maxNumbering)])
		rest := label[n:]
		decimal := n > 0 && label[n-1] == '.' && rest != "" && '0' <= rest[0] && rest[0] <= '9'
		if n == 0 || decimal || strings.IndexFunc(rest, significant) < 0 {
			return bare(label)
		}
		label = rest
	}
}

// number returns the length of the number at the start of a label, or 0.
func (f folding) number(label string) int {
	if first, _ := utf8.DecodeRuneInString(label); !f.first[first] {
		return 0
	}
	return len(f.numbering.FindString(label))
}

// bare drops all characters but letters, marks and digits. A mark may then
// follow another letter than before, so the result is composed once more.
func bare(s string) string {
	return composed(strings.Map(func(r rune) rune {
		if significant(r) {
			return r
		}
		return -1
	}, s))
}

// composed returns the text in NFKC. It returns most lines unchanged without
// calling the library: Han characters, the commas and stops between them, and
// ASCII are in NFKC already.
func composed(s string) string {
	for _, r := range s {
		if r >= 0x80 && !han(r) && r != 0x3001 && r != 0x3002 {
			return norm.NFKC.String(s)
		}
	}
	return s
}

// significant reports whether normalising keeps a character.
func significant(r rune) bool {
	return han(r) || unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
}

// The block of the common Han characters: letters without cases, of which the
// lines of a document consist that are compared with labels.
const firstHan, lastHan = 0x4e00, 0x9fff

func han(r rune) bool { return r >= firstHan && r <= lastHan }

// maxNumbering is the length in bytes of the longest number before a label.
const maxNumbering = 96

// folding is the languages' data for normalising labels: patterns for a number
// at the start, in NFKC, and the standard characters for variant ones.
type folding struct {
	numbering *regexp.Regexp
	first     map[rune]bool // what may begin a number, and more: all characters of the patterns
	usual     map[rune]rune
	han       []rune // the same for the Han characters, all of them
}

var foldings = sync.OnceValue(func() folding {
	f := folding{usual: map[rune]rune{}, han: make([]rune, 0, lastHan-firstHan+1)}
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
	for r := rune(firstHan); r <= lastHan; r++ {
		if s, ok := f.usual[r]; ok {
			f.han = append(f.han, s)
		} else {
			f.han = append(f.han, r)
		}
	}
	numbering := strings.Join(patterns, "|")
	f.numbering, f.first = regexp.MustCompile(numbering), characters(numbering)
	return f
})

// characters returns all characters that a match of the pattern may have. Few
// lines begin with one of them, and the others need no matching.
func characters(pattern string) map[rune]bool {
	list := map[rune]bool{}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		panic(err) // it was compiled before
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		panic(err)
	}
	for _, inst := range prog.Inst {
		if len(inst.Rune) == 1 {
			list[inst.Rune[0]] = true
		}
		for i := 0; i+1 < len(inst.Rune); i += 2 {
			for r := inst.Rune[i]; r <= inst.Rune[i+1]; r++ {
				list[r] = true
			}
		}
	}
	return list
}

// circled numbers would become bare digits through NFKC.
var circled = strings.NewReplacer("①", "(1)", "②", "(2)", "③", "(3)", "④", "(4)", "⑤", "(5)", "⑥", "(6)", "⑦", "(7)", "⑧", "(8)", "⑨", "(9)", "⑩", "(10)")
