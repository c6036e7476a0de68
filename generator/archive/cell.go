package archive

import (
	"strconv"
	"strings"

	"annals/generator/form"
	"annals/generator/yamlpos"
)

// Digits that a number may have before and after the decimal point. An
// amount's value times form.Scale stays below 10^18, so that it fits 64 bits.
const (
	maxCountDigits  = 15
	maxAmountDigits = 12
	maxDecimals     = 6
)

// readCell reads a cell from its text. The second result is the key of a
// message where the text is neither a number nor a token that documents print.
func readCell(n *yamlpos.Node, typ form.Type, in *form.Form) (Fact, string) {
	f := Fact{Text: n.Text, Span: n.Span, Status: Invalid}
	if n.Quoted {
		switch {
		case n.Text == "":
			f.Status = Blank
			return f, ""
		case in.Token(n.Text):
			f.Status = NotApplicable
			return f, ""
		}
		if v, problem := readNumber(n.Text, typ); problem == "" {
			f.Value = v
			return f, "not-a-number/quoted"
		}
		return f, "not-a-number"
	}
	v, problem := readNumber(n.Text, typ)
	switch {
	case problem == "":
		f.Value, f.Status = v, Number
	case in.Token(n.Text):
		problem = "not-a-number/token"
	}
	return f, problem
}

// readNumber reads a number exactly as the format allows it to be written,
// and says what is wrong with it otherwise.
func readNumber(s string, typ form.Type) (int64, string) {
	digits, minus := strings.CutPrefix(s, "-")
	whole, decimals, point := strings.Cut(digits, ".")
	if !onlyDigits(whole) || point && !onlyDigits(decimals) {
		return 0, noNumber(s)
	}
	limit := maxCountDigits
	if typ == form.Amount {
		limit = maxAmountDigits
	}
	switch {
	case len(whole) > 1 && whole[0] == '0':
		return 0, "not-a-number/zeros"
	case point && typ != form.Amount:
		return 0, "not-a-number/whole"
	case len(whole) > limit || len(decimals) > maxDecimals:
		return 0, "not-a-number/long"
	case minus && strings.Trim(digits, "0.") == "":
		return 0, "not-a-number" // minus zero
	case minus && typ != form.Change:
		return 0, "negative"
	}
	if typ == form.Amount {
		whole += decimals + strings.Repeat("0", maxDecimals-len(decimals))
	}
	v, _ := strconv.ParseInt(whole, 10, 64) // at most 18 digits
	if minus {
		v = -v
	}
	return v, ""
}

// noNumber returns the key of the message for a text that does not consist of
// digits.
func noNumber(s string) string {
	switch {
	case s == "" || s == "~" || s == "null":
		return "not-a-number/empty"
	case s[0] == '+' && onlyDigits(s[1:]):
		return "not-a-number/sign"
	case strings.Contains(s, ",") && onlyDigits(strings.ReplaceAll(s, ",", "")):
		return "not-a-number/separator"
	}
	return "not-a-number"
}

func onlyDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// grouped reports whether the commas of s stand between groups of three digits.
func grouped(s string) bool {
	parts := strings.Split(s, ",")
	if len(parts) < 2 || len(parts[0]) == 0 || len(parts[0]) > 3 || !onlyDigits(parts[0]) {
		return false
	}
	for _, p := range parts[1:] {
		if len(p) != 3 || !onlyDigits(p) {
			return false
		}
	}
	return true
}

// Sum is the fact of a cell that continues some cells of another report: theirs
// if it is one, else their sum, which is only there where all are numbers.
func Sum(facts []Fact, cells []int, typ form.Type) Fact {
	sum := Fact{Status: Number}
	for _, c := range cells {
		if c >= len(facts) || !facts[c].Known() && len(cells) > 1 {
			return Fact{}
		}
		if len(cells) == 1 {
			return facts[c]
		}
		if sum.Value += facts[c].Value; !typ.Holds(sum.Value) {
			return Fact{}
		}
	}
	if len(cells) == 0 {
		return Fact{}
	}
	sum.Text = typ.Format(sum.Value)
	return sum
}
