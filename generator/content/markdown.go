package content

import (
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// dialect is the one Markdown of Annals: CommonMark with tables, strikethrough
// and footnotes, less what would eat Chinese writing whose author meant no
// mark. The rule for a deviation is: what was typed reaches the reader, as a
// mark or as text. docs/content-format.md lists them.
//
//   - blocks.go: indented lines are paragraphs; a heading is underlined only
//     where it stands alone; a list begins with 1; a mark without text is text
//   - emphasis.go: a single * or _ within writing is text; ~~ strikes out, ~ does not
//   - references.go: what leads to no address, or a footnote nobody refers to, is text
//   - pipes.go: a table has bars, and no row has more cells than its head
//
// Raw HTML is text, headings get no ids, attributes cannot be written.
var dialect = parser.NewParser(
	parser.WithBlockParsers(append(blockParsers(), util.Prioritized(extension.NewFootnoteBlockParser(), 999))...),
	parser.WithInlineParsers(
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(extension.NewFootnoteParser(), 101),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(emphasis{}, 500),
		util.Prioritized(strikethrough{}, 500),
	),
	parser.WithParagraphTransformers(
		util.Prioritized(references{}, 100),
		util.Prioritized(pipes{extension.NewTableParagraphTransformer()}, 200),
	),
	parser.WithASTTransformers(
		util.Prioritized(extension.NewTableASTTransformer(), 0),
		util.Prioritized(loneFootnotes{}, 998), // before those without a reference are dropped
		util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
	),
)
