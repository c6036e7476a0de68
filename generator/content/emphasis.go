package content

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"annals/generator/lang"
)

// emphasis parses * and _ where Chinese and figures stand beside them.
//
//   - A single mark within writing is text: 3*4*5, 长*宽*高, （3）*5*（2）.
//   - By CommonMark a ** must not stand between a letter and a punctuation
//     mark, so that 依据**《条例》**规定 is not bold: Chinese sets no space
//     there. With an East Asian character outside of the mark the inner
//     punctuation does not matter.
//   - No mark opens before a bracket that closes, or closes behind one that
//     opens: （__）年（__）月 has blanks to fill in.
type emphasis struct{}

func (emphasis) Trigger() []byte { return []byte{'*', '_'} }

func (emphasis) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	before, length, after := around(line, block.PrecendingCharacter())
	if length == 1 && withinWriting(before, after) {
		return nil
	}
	node := parser.ScanDelimiter(line, before, 1, pairs(line[0]))
	if line[0] == '*' && length > 1 {
		eastAsian(node, before, after)
	}
	node.CanOpen = node.CanOpen && !closing(after)
	node.CanClose = node.CanClose && !opening(before)
	return push(node, block, pc)
}

// strikethrough parses ~~. A single ~ is how Chinese writes a span, 1~3日, and
// a longer run is a line that somebody drew.
type strikethrough struct{}

func (strikethrough) Trigger() []byte { return []byte{'~'} }

func (strikethrough) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	before, length, after := around(line, block.PrecendingCharacter())
	if length != 2 || before == '~' {
		return nil
	}
	node := parser.ScanDelimiter(line, before, 2, pairs('~'))
	eastAsian(node, before, after)
	return push(node, block, pc)
}

// around returns the run of marks with which the line begins, and what stands
// before and behind it. For a line that begins in the middle of a run it
// returns length 0, so that a long run is read only once.
func around(line []byte, preceding rune) (before rune, length int, after rune) {
	if preceding == rune(line[0]) && preceding == '~' {
		return preceding, 0, ' '
	}
	for length < len(line) && line[length] == line[0] {
		length++
	}
	after = '\n'
	if length < len(line) {
		after, _ = utf8.DecodeRune(line[length:])
	}
	return preceding, length, after
}

func push(node *parser.Delimiter, block text.Reader, pc parser.Context) ast.Node {
	_, segment := block.PeekLine()
	node.Segment = segment.WithStop(segment.Start + node.OriginalLength)
	block.Advance(node.OriginalLength)
	pc.PushDelimiter(node)
	return node
}

// eastAsian lets a mark open behind a character that is set without space, and
// close before one, whatever punctuation stands within.
func eastAsian(node *parser.Delimiter, before, after rune) {
	if util.IsEastAsianWideRune(before) && !unicode.IsSpace(after) {
		node.CanOpen = true
	}
	if util.IsEastAsianWideRune(after) && !unicode.IsSpace(before) {
		node.CanClose = true
	}
}

// withinWriting reports whether a mark stands within a word or a sum.
func withinWriting(before, after rune) bool {
	operand := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
	return (operand(before) || closing(before) || lang.Narrow(before) == '%') && (operand(after) || opening(after))
}

// opening and closing report whether a character is an opening or closing bracket or
// quotation mark of any script.
func opening(r rune) bool { return unicode.In(r, unicode.Ps, unicode.Pi) }
func closing(r rune) bool { return unicode.In(r, unicode.Pe, unicode.Pf) }

// pairs makes a node of two runs of the same character.
type pairs byte

func (p pairs) IsDelimiter(b byte) bool { return b == byte(p) }

func (p pairs) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (p pairs) OnMatch(consumes int) ast.Node {
	if p == '~' {
		return east.NewStrikethrough()
	}
	return ast.NewEmphasis(consumes)
}
