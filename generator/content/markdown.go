package content

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Markdown returns the one dialect of Annals: CommonMark with tables,
// strikethrough, footnotes and Chinese typography. Raw HTML is not rendered,
// headings get no ids, attributes cannot be written. The options are for the
// renderer; the dialect is the same for everyone.
func Markdown(options ...goldmark.Option) goldmark.Markdown {
	return goldmark.New(append([]goldmark.Option{
		goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
			extension.Strikethrough,
			extension.Footnote,
			extension.NewCJK(extension.WithEastAsianLineBreaks(extension.EastAsianLineBreaksCSS3Draft), extension.WithEscapedSpace()),
		),
		goldmark.WithParserOptions(parser.WithInlineParsers(util.Prioritized(emphasis{}, emphasisPriority))),
	}, options...)...)
}

// emphasisPriority comes before the library's own parser of emphasis, 500.
const emphasisPriority = 499

var dialect = Markdown()

// emphasis parses * where Chinese stands beside it. By CommonMark a ** must
// not stand between a letter and a punctuation mark, so that
// 依据**《条例》**规定 is not bold: Chinese sets no space there. With an East
// Asian character outside of the mark the inner punctuation does not matter.
type emphasis struct{}

func (emphasis) Trigger() []byte { return []byte{'*'} }

func (emphasis) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	node := parser.ScanDelimiter(line, before, 1, stars{})
	if node == nil {
		return nil
	}
	after := rune('\n')
	if rest := line[node.OriginalLength:]; len(rest) > 0 {
		after, _ = utf8.DecodeRune(rest)
	}
	if util.IsEastAsianWideRune(before) && !unicode.IsSpace(after) {
		node.CanOpen = true
	}
	if util.IsEastAsianWideRune(after) && !unicode.IsSpace(before) {
		node.CanClose = true
	}
	node.Segment = segment.WithStop(segment.Start + node.OriginalLength)
	block.Advance(node.OriginalLength)
	pc.PushDelimiter(node)
	return node
}

// stars makes emphasis of matched delimiters, as the library's own does.
type stars struct{}

func (stars) IsDelimiter(b byte) bool { return b == '*' }

func (stars) CanOpenCloser(opener, closer *parser.Delimiter) bool { return opener.Char == closer.Char }

func (stars) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }
