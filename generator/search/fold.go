package search

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Folding makes characters that people take for the same one equal: wide and
// narrow, upper and lower case, compatibility forms (NFKC), traditional and
// simplified. It works character by character on text in NFC, so that each
// folded character belongs to one character as written, and a hit can be
// marked in the text as it is shown. Characters that cannot be seen (zero
// width, soft hyphen) fold to nothing, and every kind of space to a space.
//
// Folding is idempotent: a character that occurs in the index is already
// folded. A browser therefore needs the folding table only for a query with a
// character that the index does not contain, which is rare.

//go:embed simplified.txt
var simplifiedTxt string

// lastFolded is the end of the variation selectors, the last characters that
// Unicode assigns besides private ones.
const lastFolded = 0xe01ef

// foldTable maps the characters that folding changes. bmp holds the
// single-character results of the basic plane, 0 for "see rest".
type foldTable struct {
	bmp  [1 << 16]uint16
	rest map[rune]string
}

var folding = sync.OnceValue(func() *foldTable {
	simplified := map[rune]string{}
	for line := range strings.Lines(simplifiedTxt) {
		if from, n := utf8.DecodeRuneInString(line); from != '#' {
			simplified[from] = strings.TrimSuffix(line[n:], "\n")
		}
	}
	t := &foldTable{rest: map[rune]string{}}
	for r := rune(0); r <= lastFolded; r++ {
		if r >= 0xd800 && r < 0xe000 {
			continue
		}
		if _, ok := simplified[r]; !ok && plain(r) {
			if r < 1<<16 {
				t.bmp[r] = uint16(r)
			}
			continue
		}
		as, to := string(r), foldOnce(string(r), simplified)
		for as != to {
			as, to = to, foldOnce(to, simplified)
		}
		one, n := utf8.DecodeRuneInString(to)
		switch {
		case r < 1<<16 && r != 0 && n == len(to) && n > 0 && one < 1<<16:
			t.bmp[r] = uint16(one)
		case to != string(r):
			t.rest[r] = to
		}
	}
	return t
})

// plain reports whether r lies in a block of ideographs or syllables in which
// only simplification changes a character, or in a plane where folding changes
// none. These are most of Unicode; skipping them saves most of the time of
// making the table.
func plain(r rune) bool {
	return r >= 0x3400 && r < 0xa000 || r >= 0xac00 && r < 0xd7a4 || r >= 0x20000 && r < 0x2f800 || r >= 0x2fa20 && r < 0xe0000
}

func foldOnce(s string, simplified map[rune]string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(s) {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r), unicode.Is(unicode.Variation_Selector, r):
		default:
			r = unicode.ToLower(r)
			if to, ok := simplified[r]; ok {
				b.WriteString(to)
			} else {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// Fold returns the folded text of s, its spaces run together and trimmed.
func Fold(s string) string {
	return string(appendFold(nil, norm.NFC.String(s), nil))
}

// appendFold appends the folded characters of s, which is in NFC, to dst. The
// characters that folding changes are added to changed, if it is not nil.
func appendFold(dst []rune, s string, changed map[rune]bool) []rune {
	t := folding()
	start := len(dst)
	for i := 0; i < len(s); {
		// Nearly all characters are ideographs: three bytes from 4 to 9.
		if c := s[i]; c >= 0xe4 && c <= 0xe9 && i+2 < len(s) && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80 {
			r := rune(c&0xf)<<12 | rune(s[i+1]&0x3f)<<6 | rune(s[i+2]&0x3f)
			if t.bmp[r] == uint16(r) {
				dst = append(dst, r)
				i += 3
				continue
			}
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		one := rune(0)
		if r < 1<<16 {
			one = rune(t.bmp[r])
		}
		if one != 0 {
			dst = appendFolded(dst, start, one)
		} else if to, ok := t.rest[r]; ok {
			for _, r := range to {
				dst = appendFolded(dst, start, r)
			}
		} else {
			one = r
			dst = appendFolded(dst, start, r)
		}
		if one != r && changed != nil && !changed[r] {
			changed[r] = true
		}
	}
	if len(dst) > start && dst[len(dst)-1] == ' ' {
		dst = dst[:len(dst)-1]
	}
	return dst
}

func appendFolded(dst []rune, start int, r rune) []rune {
	if r == ' ' && (len(dst) == start || dst[len(dst)-1] == ' ') {
		return dst
	}
	return append(dst, r)
}

// of returns the folded form of one character; a space is returned unchanged.
func (t *foldTable) of(r rune) string {
	if r < 1<<16 && t.bmp[r] != 0 {
		return string(rune(t.bmp[r]))
	}
	if to, ok := t.rest[r]; ok {
		return to
	}
	return string(r)
}

// foldFile is a part of the table as the browser reads it: From[i] becomes
// To[i], and the characters of Multi become more or less than one character.
type foldFile struct {
	From  string            `json:"from"`
	To    string            `json:"to"`
	Multi map[string]string `json:"multi"`
}

// foldFiles returns the table in two files, because a query that needs any
// of it is nearly always in traditional characters: those of the blocks of
// unified ideographs up to U+9FFF, and all others.
// An archive without any ideograph has no use for what becomes one.
func foldFiles(ideographs bool) (han, other []byte, err error) {
	t := folding()
	changed := make([]rune, 0, len(t.rest)+8192)
	for r, x := range t.bmp {
		if x != 0 && rune(x) != rune(r) {
			changed = append(changed, rune(r))
		}
	}
	for r := range t.rest {
		changed = append(changed, r)
	}
	slices.Sort(changed)
	if !ideographs {
		changed = slices.DeleteFunc(changed, func(r rune) bool { return strings.ContainsFunc(t.of(r), isHan) })
	}
	files := [2][]rune{}
	for _, r := range changed {
		if r >= 0x3400 && r < 0xa000 {
			files[0] = append(files[0], r)
		} else {
			files[1] = append(files[1], r)
		}
	}
	if han, err = json.Marshal(t.file(files[0])); err == nil {
		other, err = json.Marshal(t.file(files[1]))
	}
	return han, other, err
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func (t *foldTable) file(chars []rune) foldFile {
	f := foldFile{Multi: map[string]string{}}
	var from, to strings.Builder
	for _, r := range chars {
		if x := t.of(r); utf8.RuneCountInString(x) == 1 {
			from.WriteRune(r)
			to.WriteString(x)
		} else {
			f.Multi[string(r)] = x
		}
	}
	f.From, f.To = from.String(), to.String()
	return f
}
