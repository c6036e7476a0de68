package bind

import (
	"math/big"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"annals/generator/form"
)

var number = regexp.MustCompile(`^([+\-]?)((?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)$`)

// signs are the marks that a report prints where it gives no number, with the
// spelling in which the archive keeps them; words for it are the language's.
var signs = map[string]string{
	"": "", "/": "/", "\\": "/", "-": "-", "--": "-", "–": "—", "—": "—", "——": "—", "―": "—", "─": "—",
}

// token reads a text that stands for no number.
func (b *Bound) token(plain string) (kept string, ok bool) {
	if kept, ok = signs[plain]; !ok {
		kept, ok = b.Form.Language.Tokens[plain]
	}
	return kept, ok
}

// counts reports whether a text only counts the rows.
func (b *Bound) counts(text string) bool {
	return b.Form.Language.Label.Counter.Regexp().MatchString(text)
}

// plain brings signs to one spelling: full-width to ASCII, the minus sign to
// the hyphen. Circled numbers stay, they mark notes.
func plain(text string) string {
	var b strings.Builder
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r == '−':
			b.WriteByte('-')
		case r >= '①' && r <= '⑳':
			b.WriteRune(r)
		case r < 0x80 || r >= 0x4e00 && r <= 0x9fff: // letters of either kind, as they are
			b.WriteRune(r)
		default:
			b.WriteString(norm.NFKC.String(string(r)))
		}
	}
	return b.String()
}

// isValue reports whether a text is what a cell for a number may hold.
func (b *Bound) isValue(text string) bool {
	s := plain(text)
	if _, ok := b.token(s); ok {
		return true
	}
	n := &b.Form.Language.Number
	return number.MatchString(s) || n.Remarked.Regexp().MatchString(s) || n.Changed.Regexp().MatchString(s)
}

// reading is what a cell's text says.
type reading struct {
	text  string // for the report's file
	plain bool   // a number
	note  string
	doubt string // message of import-read that tells how it was read, or ""
}

// read reads the text of a cell of the column.
func (b *Bound) read(text string, c *form.Column) reading {
	s := plain(text)
	known := &b.Form.Language.Number
	if token, ok := b.token(s); ok {
		return reading{text: token}
	}
	if m := known.Changed.Regexp().FindStringSubmatch(s); m != nil && c.Type == form.Change {
		sign := ""
		if strings.HasPrefix(m[1], known.Less) {
			sign = "-"
		}
		return exact(sign, m[2], c, "")
	}
	if m := number.FindStringSubmatch(s); m != nil {
		return exact(m[1], m[2], c, "")
	}
	m := known.Remarked.Regexp().FindStringSubmatch(s)
	if m == nil {
		return reading{text: text, doubt: "not-a-number"}
	}
	n := number.FindStringSubmatch(strings.TrimSpace(m[1]))
	if n == nil {
		return reading{text: text, doubt: "not-a-number"}
	}
	r := exact(n[1], n[2], c, "")
	if r.doubt != "" && r.doubt != "grouped" {
		return reading{text: text, doubt: r.doubt}
	}
	unit := b.Form.Own(c.Unit)
	switch {
	case m[2] == "" || m[2] == unit:
	case c.Type == form.Amount && unit != "":
		converted, ok := convert(r.text, known.Units[m[2]], known.Units[unit])
		if !ok {
			return reading{text: text, doubt: "unit"}
		}
		r.text, r.doubt, r.note = converted, "converted", text
	case c.Type == form.Amount:
		r.note, r.doubt = text, "unit-kept"
	case strings.HasSuffix(m[2], known.Money):
		return reading{text: text, doubt: "unit"}
	}
	if m[3] != "" {
		r.note, r.doubt = text, "note"
	}
	return r
}

// exact reads digits that are a number of the column, spelt as the archive
// spells it. Digits that begin with a zero, or do not fit, stay as they are.
func exact(sign, digits string, c *form.Column, doubt string) reading {
	raw := sign + digits
	if strings.ContainsAny(digits, ", ") {
		doubt = "grouped"
		digits = strings.NewReplacer(",", "", " ", "").Replace(digits)
	}
	whole, decimals, point := strings.Cut(digits, ".")
	switch {
	case len(whole) > 1 && whole[0] == '0':
		return reading{text: raw, doubt: "zeros"}
	case point && c.Type != form.Amount:
		if strings.Trim(decimals, "0") != "" {
			return reading{text: raw, doubt: "decimals"}
		}
		digits, doubt = whole, "whole"
	case len(whole) > 15 || c.Type == form.Amount && len(whole) > 12 || len(decimals) > 6:
		return reading{text: raw, doubt: "long"}
	}
	if sign == "+" || strings.Trim(digits, "0.") == "" {
		sign = ""
	}
	return reading{text: sign + digits, plain: true, doubt: doubt}
}

// convert changes the unit of an amount, exactly or not at all. A unit of no
// size is unknown.
func convert(text string, from, to int64) (string, bool) {
	n, ok := new(big.Rat).SetString(text)
	if from == 0 || to == 0 || !ok {
		return "", false
	}
	n.Mul(n, big.NewRat(from, to))
	s := n.FloatString(6)
	if back, _ := new(big.Rat).SetString(s); back.Cmp(n) != 0 {
		return "", false
	}
	return strings.TrimRight(strings.TrimRight(s, "0"), "."), true
}
