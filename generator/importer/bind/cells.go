package bind

import (
	"math/big"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"annals/generator/form"
)

var number = regexp.MustCompile(`^([+\-]?)((?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)$`)

// signs are the marks that are printed in place of a number, each with the
// spelling in which the archive keeps it. Words in place of a number are in the
// data of the language.
var signs = map[string]string{
	"": "", "/": "/", "\\": "/", "-": "-", "--": "-", "–": "—", "—": "—", "——": "—", "―": "—", "─": "—",
}

// token returns the archive's spelling of a text that is printed in place of a
// number; ok is false for any other text.
func (b *Bound) token(plain string) (kept string, ok bool) {
	if kept, ok = signs[plain]; !ok {
		kept, ok = b.Form.Language.Tokens[plain]
	}
	return kept, ok
}

// isCounter reports whether a text only numbers a row.
func (b *Bound) isCounter(text string) bool {
	return b.Form.Language.Label.Counter.Regexp().MatchString(text)
}

// plain replaces full-width characters by ASCII and the minus sign by the hyphen.
// Circled numbers are kept, because they refer to notes.
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

// isValue reports whether a text is a number, with or without a remark, or a
// token in place of one.
func (b *Bound) isValue(text string) bool {
	s := plain(text)
	if _, ok := b.token(s); ok {
		return true
	}
	n := &b.Form.Language.Number
	return number.MatchString(s) || n.Remarked.Regexp().MatchString(s) || n.Changed.Regexp().MatchString(s)
}

// reading is the result of reading a cell's text.
type reading struct {
	text  string // for the report's file
	plain bool   // text is a number
	note  string // remark beside the number
	doubt string // message to report: of the rule import-read for a number, else of import-number; "" for none
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

// exact reads sign and digits as a number of the column, in the archive's
// spelling. Digits that begin with a zero, or are too many, are kept as text.
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

// convert converts an amount between units of the given sizes; 0 is the size of
// an unknown unit. It returns false if the result would not be exact.
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
