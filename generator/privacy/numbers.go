package privacy

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// numbers returns the personal numbers in the run.
func (s *scanner) numbers(text []byte) (list []Number) {
	groups := s.groups()
	covered := 0 // groups in numbers
	for i := 0; i < len(groups); {
		n, j := s.from(text, groups, i)
		if j == 0 {
			i++
			continue
		}
		covered += j - i
		list = append(list, n)
		i = j
	}
	if covered == len(groups) {
		return list
	}
	// Among other figures, those that stand apart from each other are a number only
	// if nothing else explains them.
	return slices.DeleteFunc(list, func(n Number) bool {
		return n.Kind != Identity && n.spaced() && !beside(text, n, wordsOf(n.Kind))
	})
}

func (n Number) spaced() bool { return strings.Contains(n.Key, " ") }

// groups cuts the run at its gaps: it returns where each group begins, and the end.
func (s *scanner) groups() []int {
	var at []int
	for i, d := range s.digits {
		if i == 0 || d.gap != none {
			at = append(at, i)
		}
	}
	return at
}

// mostGroups is how many groups a number may be written in. With each digit alone it
// is more, where the run is not much longer than a number.
const (
	mostGroups = 7
	mostAlone  = 40
)

// from returns the number that begins with group i, and the group behind it; 0
// where none does.
func (s *scanner) from(text []byte, groups []int, i int) (Number, int) {
	most := mostGroups
	if len(s.digits) <= mostAlone {
		most = mostAlone
	}
	for _, find := range [...]func([]byte, []digit, []int) (Kind, int){s.identity, s.mobile, s.card} {
		for j := min(len(groups), i+most); j > i; j-- {
			end := len(s.digits)
			if j < len(groups) {
				end = groups[j]
			}
			part := s.digits[groups[i]:end]
			if len(part) < fewest || len(part) > 19 {
				continue
			}
			sizes := make([]int, 0, j-i)
			for k := i; k < j; k++ {
				next := end
				if k+1 < j {
					next = groups[k+1]
				}
				sizes = append(sizes, next-groups[k])
			}
			if kind, more := find(text, part, sizes); kind != "" {
				n := Number{Kind: kind, Start: part[0].start, End: part[len(part)-1].end + more, Digits: values(part)}
				n.Key = key(part, more > 0)
				n.at = slices.Clone(part)
				if more > 0 {
					_, size := utf8.DecodeLastRune(text[:n.End])
					n.at = append(n.at, digit{start: n.End - size, end: n.End})
				}
				return n, j
			}
		}
	}
	return Number{}, 0
}

func values(list []digit) string {
	b := make([]byte, len(list))
	for i, d := range list {
		b[i] = '0' + d.value
	}
	return string(b)
}

// key writes a number as an entry of redact names it.
func key(list []digit, x bool) string {
	var b strings.Builder
	for i, d := range list {
		if i > 0 {
			b.WriteString([...]string{"", " ", "-", "."}[d.gap])
		}
		b.WriteByte('*')
	}
	if x {
		b.WriteByte('*')
	}
	return b.String()
}

// identity recognises an identity number: 18 digits, or 17 and an X, whose check
// digit, province and date of birth are right; or the older one of 15 digits, which
// has no check digit, beside a word for it. more is the length of the X.
func (s *scanner) identity(text []byte, list []digit, _ []int) (kind Kind, more int) {
	d := values(list)
	at := Number{Start: list[0].start, End: list[len(list)-1].end}
	switch len(d) {
	case 17:
		var ok bool
		if more, ok = checkX(text, at.End); !ok || check(d) != 10 || !birth(d[:2], d[6:14]) || lettered(text, at.Start, at.End+more) {
			return "", 0
		}
		return Identity, more
	case 18:
		if check(d[:17]) == int(d[17]-'0') && birth(d[:2], d[6:14]) && !lettered(text, at.Start, at.End) && !within(text, at) {
			return Identity, 0
		}
	case 15:
		if birth(d[:2], "19"+d[6:12]) && !lettered(text, at.Start, at.End) && !within(text, at) && beside(text, at, words().Identity) {
			return Identity, 0
		}
	}
	return "", 0
}

// check computes the check digit of 17 digits (GB 11643, ISO 7064 MOD 11-2): 10 is
// an X.
func check(d string) int {
	weight, sum := 1, 0
	for i := len(d) - 1; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(d[i]-'0') * weight
	}
	return (12 - sum%11) % 11
}

// birth reports whether there are such a province (GB/T 2260) and such a day.
func birth(province, day string) bool {
	const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
	_, err := time.Parse("20060102", day)
	return strings.Contains(provinces, province) && err == nil && (day[:2] == "19" || day[:2] == "20")
}

// checkX reads the X behind the digits of an identity number.
func checkX(text []byte, i int) (n int, ok bool) {
	for start := i; i < len(text) && i-start < widest; {
		if r, n := runeAt(text, i); r|0x20 == 'x' || r == 'Ｘ' || r == 'ｘ' {
			return i + n - start, true
		}
		kind, n := gapAt(text, i, none)
		if n == 0 || kind == point {
			break
		}
		i += n
	}
	return 0, false
}

// mobile recognises a mobile number: 11 digits, with a 0 or the code of the country
// before it.
func (s *scanner) mobile(text []byte, list []digit, sizes []int) (Kind, int) {
	d := values(list)
	own := d
	for _, code := range [...]string{"0086", "086", "86", "0"} {
		if rest := strings.TrimPrefix(d, code); len(rest) == 11 {
			own = rest
		}
	}
	at := Number{Start: list[0].start, End: list[len(list)-1].end}
	if len(own) != 11 || own[0] != '1' || own[1] < '3' || lettered(text, at.Start, at.End) || within(text, at) || counted(text[at.End:]) {
		return "", 0
	}
	if code := len(d) - len(own); sizes[0] > code {
		sizes = append([]int{sizes[0] - code}, sizes[1:]...)
	} else { // the code stands alone
		sizes = sizes[1:]
	}
	if !slices.ContainsFunc(mobileGroups, func(g []int) bool { return slices.Equal(g, sizes) }) {
		return "", 0
	}
	if slices.ContainsFunc(list[1:], func(d digit) bool { return d.gap == point }) && !slices.Equal(sizes, mobileGroups[1]) {
		return "", 0
	}
	return Mobile, 0
}

// mobileGroups are the ways in which people write a mobile number.
var mobileGroups = [][]int{
	{11}, {3, 4, 4}, {3, 8}, {7, 4}, {3, 3, 5}, {3, 5, 3}, {4, 3, 4}, {4, 4, 3}, {5, 6}, {6, 5}, {1, 3, 3, 4}, {3, 2, 2, 2, 2},
	{3, 2, 3, 3}, {3, 3, 3, 2}, {2, 3, 3, 3}, {1, 2, 4, 4}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
}

// card recognises the number of a bank card: 16 to 19 digits, written whole or in
// fours, whose check digit is right.
func (s *scanner) card(text []byte, list []digit, sizes []int) (Kind, int) {
	d := values(list)
	at := Number{Start: list[0].start, End: list[len(list)-1].end}
	if len(d) < 16 || !luhn(d) || !inFours(sizes) || lettered(text, at.Start, at.End) || within(text, at) {
		return "", 0
	}
	switch {
	case beside(text, at, words().CreditCode) || len(d) == 18 && creditCode(d):
		return "", 0
	case beside(text, at, words().Card):
		return Card, 0
	case strings.ContainsRune("34569", rune(d[0])): // travel and banking, and China's own
		return Digits, 0
	}
	return "", 0
}

func inFours(sizes []int) bool {
	last := len(sizes) - 1
	return last == 0 || last == 1 && sizes[0] == 6 || !slices.ContainsFunc(sizes[:last], func(n int) bool { return n != 4 }) ||
		!slices.ContainsFunc(sizes, func(n int) bool { return n != 1 })
}

// luhn checks the check digit of a card (ISO/IEC 7812-1, annex B).
func luhn(d string) bool {
	sum := 0
	for i := range len(d) {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			n *= 2
			n = n/10 + n%10
		}
		sum += n
	}
	return sum%10 == 0 && strings.Trim(d, d[:1]) != ""
}

// creditCode checks the check digit of a unified social credit code (GB 32100)
// that has no letters.
func creditCode(d string) bool {
	weight, sum := 1, 0
	for i := range 17 {
		sum += int(d[i]-'0') * weight
		weight = weight * 3 % 31
	}
	return (31-sum%31)%31 == int(d[17]-'0')
}
