package content

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// blockParsers are the library's, each behind a guard of this dialect. There
// is none for indented code: whoever indents a paragraph means a paragraph.
func blockParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(underlined{parser.NewSetextHeadingParser()}, 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(lists{parser.NewListParser()}, 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(withText{parser.NewATXHeadingParser(), "#"}, 600),
		util.Prioritized(fences{parser.NewFencedCodeBlockParser()}, 700),
		util.Prioritized(withText{parser.NewBlockquoteParser(), "> "}, 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(paragraphs{parser.NewParagraphParser()}, 1000),
	}
}

// paragraphs may be indented as far as their author likes.
type paragraphs struct{ parser.BlockParser }

func (paragraphs) CanAcceptIndentedLine() bool { return true }

// underlined is a heading over === or ---: one line below a blank one. Below
// any other text, such as the last line of a paragraph, === and --- stay text.
type underlined struct{ parser.BlockParser }

func (u underlined) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	p, ok := pc.LastOpenedBlock().Node.(*ast.Paragraph)
	line, _ := reader.PeekLine()
	if !ok || p.Lines().Len() != 1 || !p.HasBlankPreviousLines() || len(bytes.TrimSpace(line)) < 3 {
		return nil, parser.NoChildren
	}
	return u.BlockParser.Open(parent, reader, pc)
}

// withText is a block that its marks open only with a space and some text
// behind them: # alone is text, and so is >100 件.
type withText struct {
	parser.BlockParser
	marks string
}

func (w withText) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	line = bytes.TrimLeft(line[max(pc.BlockOffset(), 0):], w.marks)
	before, _ := reader.PeekLine()
	at := len(before) - len(line)
	if len(bytes.TrimSpace(line)) == 0 || line[0] != ' ' && line[0] != '\t' && (at == 0 || before[at-1] != ' ') {
		return nil, parser.NoChildren
	}
	return w.BlockParser.Open(parent, reader, pc)
}

// fences opens code by ``` and an optional name of a language. Unlike in
// CommonMark, ~~~ does not: people type a line of ~ as a rule.
type fences struct{ parser.BlockParser }

func (f fences) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	line = line[max(pc.BlockOffset(), 0):]
	for _, c := range bytes.TrimSpace(bytes.TrimLeft(line, "`")) {
		if c <= ' ' || c >= 0x7f {
			return nil, parser.NoChildren
		}
	}
	if line[0] != '`' {
		return nil, parser.NoChildren
	}
	return f.BlockParser.Open(parent, reader, pc)
}

// lists opens a numbered list only by 1, or by the number after the last one
// of the list above, and ends it at a number that does not follow: 2024. and a
// lone 3. are text, and every number is shown as it was typed. A mark without
// text behind it, of either kind of list, is text.
type lists struct{ parser.BlockParser }

// lastLists holds the last numbered list of each parent.
var lastLists = parser.NewContextKey()

func (l lists) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	line = line[max(pc.BlockOffset(), 0):]
	node, state := l.BlockParser.Open(parent, reader, pc)
	if node == nil {
		return nil, state
	}
	number, rest := listMark(line)
	if len(bytes.TrimSpace(rest)) == 0 {
		return nil, parser.NoChildren
	}
	if list := node.(*ast.List); list.IsOrdered() {
		last, _ := pc.ComputeIfAbsent(lastLists, func() any { return map[ast.Node]*ast.List{} }).(map[ast.Node]*ast.List)
		if above := last[parent]; number != "1" && (above == nil || above.Marker != list.Marker || number != following(above)) {
			return nil, parser.NoChildren
		}
		last[parent] = list
	}
	return node, state
}

func (l lists) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	list := node.(*ast.List)
	line, _ := reader.PeekLine()
	indent, pos := util.IndentWidth(line, reader.LineOffset())
	if last, ok := list.LastChild().(*ast.ListItem); ok && list.IsOrdered() && pos < len(line) && indent < last.Offset {
		if number, rest := listMark(line[pos:]); number != "" && number != following(list) && len(rest) > 0 && util.IsSpace(rest[0]) {
			return parser.Close
		}
	}
	return l.BlockParser.Continue(node, reader, pc)
}

// following is the number of the item that may come after a list.
func following(list *ast.List) string { return strconv.Itoa(list.Start + list.ChildCount()) }

// listMark takes the mark of a list's item off a line: its number, "" for a
// bullet, and what follows; nil if the line has no number and is no bullet's.
func listMark(line []byte) (number string, rest []byte) {
	i := 0
	for i < len(line) && line[i] >= '0' && line[i] <= '9' {
		i++
	}
	if i == len(line) || i > 0 && line[i] != '.' && line[i] != ')' {
		return "", nil
	}
	return string(line[:i]), line[i+1:]
}
