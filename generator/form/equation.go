package form

import (
	"strings"
	"unicode/utf8"
)

// The words of an equation that are not ids: a cell of the form, whichever
// it is, and the reports other than this one.
const (
	wordCell     = "cell"
	wordPrevious = "previous"
	wordChildren = "children"
)

// statement is an equation as it is written:
//
//	new + carried_in = results.total + carried_out
//	results.total = results.granted + results.refused.*
//	in_force = previous.in_force + issued - repealed
//	cell >= children.cell
//
// An operand is the path of a row below its table or the id of a column,
// as the relation says; x.* is every row below the group x. previous. takes
// it from the report of the year before, children. from the sum of the
// reports of the agency's children.
type statement struct {
	left, right []operand
	atLeast     bool
}

type operand struct {
	path  string // without previous., children. and .*
	all   bool   // x.*
	minus bool
	from  From
	at    int // in code points from the start of the equation
	width int
}

// mistake is what is wrong with the text of an equation: a message of the
// rule "form", and the stretch of text it is about, in code points.
type mistake struct {
	variant   string
	at, width int
	text      string
}

// parseEquation reads the text of an equation. It returns the first mistake
// only, since the text after a mistake cannot be read reliably.
func parseEquation(text string) (statement, *mistake) {
	p := &equationParser{rest: text}
	var s statement
	var wrong *mistake
	if s.left, wrong = p.side(); wrong != nil {
		return s, wrong
	}
	switch {
	case p.take("="):
	case p.take(">=") || p.take("≥"):
		s.atLeast = true
	default:
		return s, p.mistake("comparison")
	}
	if s.right, wrong = p.side(); wrong != nil {
		return s, wrong
	}
	if p.rest != "" {
		return s, p.mistake("end")
	}
	return s, nil
}

type equationParser struct {
	rest string
	at   int // code points read
}

func (p *equationParser) skip(n int) {
	p.at += utf8.RuneCountInString(p.rest[:n])
	p.rest = p.rest[n:]
}

// space skips blanks; a folded text of several lines has no others.
func (p *equationParser) space() {
	p.skip(len(p.rest) - len(strings.TrimLeft(p.rest, " \t\n")))
}

// take reads a sign, if it comes next.
func (p *equationParser) take(sign string) bool {
	p.space()
	if !strings.HasPrefix(p.rest, sign) {
		return false
	}
	p.skip(len(sign))
	return true
}

// mistake is about the next word, or the next character where it is none.
func (p *equationParser) mistake(variant string) *mistake {
	p.space()
	if p.rest == "" {
		return &mistake{variant: "equation-short", at: p.at}
	}
	n := wordLength(p.rest)
	if n == 0 {
		_, n = utf8.DecodeRuneInString(p.rest)
	}
	return &mistake{variant: "equation-" + variant, at: p.at, width: utf8.RuneCountInString(p.rest[:n]), text: p.rest[:n]}
}

func (p *equationParser) side() ([]operand, *mistake) {
	var list []operand
	minus := p.take("-")
	for {
		p.space()
		n := wordLength(p.rest)
		o := operand{minus: minus, at: p.at, width: n}
		if !o.read(p.rest[:n]) {
			return nil, p.mistake("operand")
		}
		list = append(list, o)
		p.skip(n)
		switch {
		case p.take("+"):
			minus = false
		case p.take("-"):
			minus = true
		default:
			return list, nil
		}
	}
}

func (o *operand) read(word string) bool {
	if rest, ok := strings.CutPrefix(word, wordPrevious+"."); ok {
		o.from, word = Previous, rest
	} else if rest, ok := strings.CutPrefix(word, wordChildren+"."); ok {
		o.from, word = Children, rest
	}
	word, o.all = strings.CutSuffix(word, ".*")
	o.path = word
	for _, id := range strings.Split(word, ".") {
		if !keyID.MatchString(id) {
			return false
		}
	}
	return true
}

// wordLength is the length in bytes of the word that s starts with. Words
// are ASCII, so that it is their length in code points too.
func wordLength(s string) int {
	n := strings.IndexFunc(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_' || r == '.' || r == '*')
	})
	if n < 0 {
		return len(s)
	}
	return n
}
