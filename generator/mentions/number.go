package mentions

import (
	"math"
	"math/bits"
	"strings"
	"unicode/utf8"

	"annals/generator/form"
)

// number is a number of a sentence.
type number struct {
	value   int64 // millionths
	step    int64 // the value of its last digit: what it may have been rounded to
	unit    *unit // nil where it has none
	inexact bool  // 200余件
	spelled bool  // in words
}

func (x *reader) add(n number, from, to int) {
	x.symbols = append(x.symbols, symbol{symNumber, int32(from), int32(to), int32(len(x.numbers))})
	x.numbers = append(x.numbers, n)
}

// measured reads what follows the digits of a number: powers such as 万, a word
// that it is more, and its unit.
func (x *reader) measured(text string, at, end int) (n number, to int, ok bool) {
	whole, decimals, _ := strings.Cut(strings.ReplaceAll(text[at:end], ",", ""), ".")
	if len(whole) > 12 || len(decimals) > 6 {
		return n, end, false
	}
	n.step = form.Scale
	for range decimals {
		n.step /= 10
	}
	for _, c := range whole + decimals {
		n.value = n.value*10 + int64(c-'0')
	}
	n.value *= n.step
	return x.unitOf(n, text, end)
}

// unitOf reads the powers and the unit behind a number that ends at an offset.
func (x *reader) unitOf(n number, text string, end int) (number, int, bool) {
	for {
		if r, _ := utf8.DecodeRuneInString(text[end:]); !x.class.is(r, behind) {
			return n, end, true
		}
		if k := x.skipSpace(text, end); k > end {
			end = k
		}
		if k := hasPrefix(text[end:], x.prose.More); k > 0 && x.leads(text[end+k:]) {
			n.inexact = true
			end += k
			continue
		}
		if u := x.unitAt(text[end:]); u != nil {
			if u.none {
				return n, end, true
			}
			n.unit = u
			end += len(u.name)
			if u.money > 0 {
				var ok bool
				if n, ok = n.times(u.money, form.Scale); !ok {
					return n, end, false
				}
			}
			if k := hasPrefix(text[end:], x.prose.More); k > 0 && !x.leads(text[end+k:]) {
				n.inexact = true
			}
			return n, end, true
		}
		r, size := utf8.DecodeRuneInString(text[end:])
		p := x.powers[r]
		if p == 0 {
			return n, end, true
		}
		var ok bool
		if n, ok = n.times(p, 1); !ok {
			return n, end, false
		}
		end += size
	}
}

func (x *reader) skipSpace(text string, i int) int {
	for i < len(text) && text[i] == ' ' {
		i++
	}
	return i
}

// leads reports whether a power or a unit begins a text.
func (x *reader) leads(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	u := x.unitAt(text)
	return x.powers[r] != 0 || u != nil && !u.none
}

func (x *reader) unitAt(text string) *unit {
	r, _ := utf8.DecodeRuneInString(text)
	if !x.class.is(r, behind) {
		return nil
	}
	for _, u := range x.unitsAt[r] {
		if strings.HasPrefix(text, u.name) {
			return u
		}
	}
	return nil
}

// times multiplies a number by a ratio; it is not ok where that is not exact.
func (n number) times(by, over int64) (number, bool) {
	var ok1, ok2 bool
	n.value, ok1 = ratio(n.value, by, over)
	n.step, ok2 = ratio(n.step, by, over)
	if n.step == 0 {
		n.step, ok2 = 1, true
	}
	return n, ok1 && ok2
}

func ratio(v, by, over int64) (int64, bool) {
	high, low := bits.Mul64(uint64(v), uint64(by))
	if high >= uint64(over) {
		return 0, false
	}
	q, r := bits.Div64(high, low, uint64(over))
	return int64(q), q <= math.MaxInt64/4 && r == 0
}

// numeral reads a number in words, 二十五件, or a year, 二〇二四年. It returns at
// where there is none: what has no unit behind it counts nothing.
func (x *reader) numeral(text string, from, at int) int {
	for _, idiom := range x.idioms {
		if strings.HasPrefix(text[at:], idiom) {
			return at
		}
	}
	var total, section, digit, plain int64
	seen, ones, count := false, true, 0
	end := at
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		d, isDigit := x.digits[r]
		p := x.powers[r]
		switch {
		case isDigit:
			digit, plain = d, plain*10+d
			seen = true
		case p >= 10000:
			total, section, digit, ones = (total+section+digit)*p, 0, 0, false
		case p > 0:
			if !seen || digit == 0 {
				digit = 1
			}
			section, digit, ones = section+digit*p, 0, false
		default:
			p = -1
		}
		if p < 0 || total > 1e9 || count > 12 {
			break
		}
		count++
		end += size
	}
	value := total + section + digit
	if ones && count > 1 {
		value = plain // digit by digit
	}
	rest := text[end:]
	if n := hasPrefix(rest, x.prose.Years); n > 0 && ones && count == 4 {
		if to, r := x.calendar(text, end-4, end, int(value)); to > 0 {
			x.emit(r, at, to)
			return to
		}
	}
	if count == 0 || at > from && x.counts(text[from:at]) {
		return at
	}
	n, to, ok := x.unitOf(number{value: value * form.Scale, step: form.Scale, spelled: true}, text, end)
	if !ok || n.unit == nil || n.unit.share {
		return at
	}
	x.add(n, at, to)
	return to
}
