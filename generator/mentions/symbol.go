package mentions

import (
	"strings"
	"unicode/utf8"

	"annals/generator/prose"
)

// Symbols that stand for more than a character. They are of a private area of
// Unicode, which no word has.
const (
	symThis   rune = 0xf800 + iota // the report's year
	symLast                        // the year before
	symNext                        // the year after
	symYear                        // another year
	symDate                        // a day, or the end of the period
	symMonth                       // a month
	symNumber                      // a number, with its unit
	symCode                        // digits that count nothing
)

// symbol is a character of a sentence, or what stands for several.
type symbol struct {
	r        rune
	from, to int32 // in prose.Text.Norm
	number   int32 // of a symNumber: its index
}

// reader turns sentences into symbols. Its slices are used again.
type reader struct {
	*vocabulary
	year    int // of the report
	symbols []symbol
	numbers []number
	steps   *int // for the test of the cost: counts what is looked at
}

// look counts a look at a symbol or a token.
func (x *reader) look() {
	if x.steps != nil {
		*x.steps++
	}
}

func quotation(r rune) bool {
	switch r {
	case '"', '\'', 0x201c, 0x201d, 0x2018, 0x2019, 0x300c, 0x300d, 0x300e, 0x300f:
		return true
	}
	return false
}

func lower(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// read reads a sentence of a text.
func (x *reader) read(text string, s prose.Stretch) {
	x.symbols, x.numbers = x.symbols[:0], x.numbers[:0]
	for i := s.From; i < s.To; {
		x.look()
		if isDigit(text[i]) {
			i = x.figure(text, s, i)
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:s.To])
		if r >= utf8.RuneSelf && x.class.is(r, numeral) {
			if n := x.numeral(text[:s.To], s.From, i); n > i {
				i = n
				continue
			}
		}
		if !quotation(r) {
			x.emit(lower(r), i, i+size)
		}
		i += size
	}
}

func (x *reader) emit(r rune, from, to int) {
	x.symbols = append(x.symbols, symbol{r, int32(from), int32(to), -1})
}

// figure reads what begins with a digit, and returns where it ends.
func (x *reader) figure(text string, s prose.Stretch, at int) int {
	text = text[:s.To]
	end := digits(text, at)
	rest := text[end:]
	next, _ := utf8.DecodeRuneInString(rest)
	plain := x.class.is(next, behind) && end-at <= 4 && strings.IndexByte(text[at:end], ',') < 0 && strings.IndexByte(text[at:end], '.') < 0
	if plain {
		value := 0
		for _, c := range text[at:end] {
			value = value*10 + int(c-'0')
		}
		if to, r := x.calendar(text, at, end, value); to > 0 {
			x.emit(r, at, to)
			return to
		}
	}
	if at > s.From && x.counts(text[s.From:at]) || at == s.From && hasPrefix(rest, x.prose.Numberings) > 0 {
		x.emit(symCode, at, end)
		return end
	}
	n, to, ok := x.measured(text, at, end)
	if !ok {
		x.emit(symCode, at, end)
		return end
	}
	x.add(n, at, to)
	return to
}

// counts reports whether what stands before a number says that it counts nothing.
func (x *reader) counts(before string) bool {
	for _, o := range x.prose.Ordinals {
		if strings.HasSuffix(before, o) {
			return true
		}
	}
	c := before[len(before)-1]
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' // A4, IPv6
}

// calendar reads a year, a month or a day; to is 0 where it is none.
func (x *reader) calendar(text string, at, end, value int) (to int, r rune) {
	rest := text[end:]
	p := x.prose
	switch n := hasPrefix(rest, p.Years); {
	case end-at == 4 && n > 0 && value >= 1900 && value < 2200:
		return end + n, yearSymbol(value, x.year)
	}
	if end-at > 2 {
		return 0, 0
	}
	if n := hasPrefix(rest, p.Months); n > 0 && 1 <= value && value <= 12 {
		to = end + n
		if day := digits(text, to); day > to && day-to <= 2 {
			if n := hasPrefix(text[day:], p.Days); n > 0 {
				return day + n, symDate
			}
		}
		if value == p.LastMonth {
			return to, symDate
		}
		return to, symMonth
	}
	if n := hasPrefix(rest, p.Days); n > 0 && 1 <= value && value <= 31 {
		return end + n, symDate
	}
	return 0, 0
}

// hasPrefix returns the length of the word with which a text begins, the first of
// the list, or 0.
func hasPrefix(text string, list []string) int {
	for _, w := range list {
		if strings.HasPrefix(text, w) {
			return len(w)
		}
	}
	return 0
}

// digits returns where a number in digits ends: 3,021 and 12.5.
func digits(text string, i int) int {
	point := false
	for i < len(text) {
		switch c := text[i]; {
		case isDigit(c):
			i++
		case c == ',' && group(text, i) && !point:
			i += 4
		case c == '.' && !point && i+1 < len(text) && isDigit(text[i+1]):
			point = true
			i++
		default:
			return i
		}
	}
	return i
}

// group reports whether a comma is followed by a group of three digits.
func group(text string, i int) bool {
	return i+3 < len(text) && isDigit(text[i+1]) && isDigit(text[i+2]) && isDigit(text[i+3]) && (i+4 == len(text) || !isDigit(text[i+4]))
}
