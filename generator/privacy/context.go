package privacy

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"

	"annals/generator/locale"
)

// words are those of all languages: a page may be written in either.
var words = sync.OnceValue(func() *locale.Personal {
	w := new(locale.Personal)
	for _, l := range locale.All() {
		w.Identity = append(w.Identity, l.Personal.Identity...)
		w.Card = append(w.Card, l.Personal.Card...)
		w.Mobile = append(w.Mobile, l.Personal.Mobile...)
		w.Units = append(w.Units, l.Personal.Units...)
		w.CreditCode = append(w.CreditCode, l.Personal.CreditCode...)
	}
	return w
})

// wordsOf returns the words that stand beside numbers of a kind.
func wordsOf(k Kind) []string {
	switch k {
	case Mobile:
		return words().Mobile
	case Identity:
		return words().Identity
	}
	return words().Card
}

// How far from a number a word stands beside it, in bytes.
const (
	before = 72
	behind = 36
)

// mostRows is how far down in a table a word of its first line reaches.
const mostRows = 40

var blankLine = []byte("\n\n")

// beside reports whether one of the words stands beside a number: close to it in its paragraph, or,
// in a table, in its line or the table's first one.
func beside(text []byte, n Number, list []string) bool {
	near := text[max(0, n.Start-before):n.Start]
	if i := bytes.LastIndex(near, blankLine); i >= 0 {
		near = near[i:]
	}
	next, _, _ := bytes.Cut(text[n.End:min(len(text), n.End+behind)], blankLine)
	if has(near, list) || has(next, list) {
		return true
	}
	start := 1 + bytes.LastIndexByte(text[:n.Start], '\n')
	if start == len(text) || text[start] != '|' {
		return false
	}
	if has(text[start:n.Start], list) {
		return true
	}
	for range mostRows {
		if start == 0 {
			break
		}
		above := 1 + bytes.LastIndexByte(text[:start-1], '\n')
		if text[above] != '|' {
			break
		}
		start = above
	}
	line, _, _ := bytes.Cut(text[start:], []byte("\n"))
	return has(line, list)
}

func has(text []byte, list []string) bool {
	s := strings.ToLower(string(text))
	for _, w := range list {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// lettered reports whether a Latin letter stands directly before or behind the
// bytes: then they are part of a code, not a number.
func lettered(text []byte, start, end int) bool {
	r, _ := utf8.DecodeLastRune(text[:start])
	next, _ := utf8.DecodeRune(text[end:])
	return latin(r) || latin(next)
}

func latin(r rune) bool {
	if r >= 0xff00 {
		r -= 0xfee0 // full-width
	}
	return 'a' <= r|0x20 && r|0x20 <= 'z'
}

// within reports whether a number is part of an address: of a page, of a mailbox,
// or the target of a link that is no telephone.
func within(text []byte, n Number) bool {
	from, to := n.Start, n.End
	for from > 0 && n.Start-from < widest && ofAddress[text[from-1]] {
		from--
	}
	for to < len(text) && to-n.End < widest && ofAddress[text[to]] {
		to++
	}
	around := strings.ToLower(string(text[from:to]))
	head := strings.ToLower(string(text[from:n.Start]))
	if i := strings.LastIndex(head, "]("); i >= 0 && !strings.Contains(head[i:], ")") {
		target := head[i+2:]
		return !strings.HasPrefix(target, "tel:") && !strings.HasPrefix(target, "sms:")
	}
	if strings.Contains(head, "://") || strings.Contains(head, "www.") || strings.Contains(head, "mailto:") {
		return true
	}
	at := strings.IndexByte(around, '@')
	return at >= 0 && strings.Contains(around[at:], ".")
}

// ofAddress tells which bytes may stand in an address as it is written.
var ofAddress = func() (t [256]bool) {
	for c := '!'; c < utf8.RuneSelf; c++ {
		t[c] = !strings.ContainsRune("<>|\"`\\^{}", c)
	}
	return t
}()

// counted reports whether a unit stands behind a number, which is then an amount.
func counted(text []byte) bool {
	text = bytes.TrimLeft(text[:min(len(text), behind)], " *_")
	for _, u := range words().Units {
		if bytes.HasPrefix(text, []byte(u)) {
			return true
		}
	}
	return false
}
