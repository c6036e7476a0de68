//go:build unix

package cost

import (
	"fmt"
	"strings"
)

// A shape is a text that repeats one thing, as often as its size allows. Each
// represents a way in which a reader has needed, or could need, more time or memory
// for the next piece than for the one before.
type shape struct {
	name string
	text func(n int) string // of about n bytes
}

// many is a shape that repeats a text.
func many(name, unit string) shape { return between(name, "", unit, "") }

// between is a shape that repeats a text, with other texts before and after it.
func between(name, head, unit, tail string) shape {
	return shape{name, func(n int) string {
		return head + strings.Repeat(unit, max(1, (n-len(head)-len(tail))/len(unit))) + tail
	}}
}

// counted is a shape whose pieces differ by their number, counted from 1.
func counted(name, head, format, tail string) shape {
	return shape{name, func(n int) string {
		var b strings.Builder
		b.WriteString(head)
		for i := 1; b.Len() < n-len(tail); i++ {
			fmt.Fprintf(&b, format, i)
		}
		return b.String() + tail
	}}
}

// sides is a shape with many copies of one text, and then as many of another.
func sides(name, left, middle, right string) shape {
	return shape{name, func(n int) string {
		k := max(1, n/(len(left)+len(right)))
		return strings.Repeat(left, k) + middle + strings.Repeat(right, k)
	}}
}

// stairs is a shape of lines, each indented deeper than the one before.
func stairs(name, step, line string) shape {
	return shape{name, func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(strings.Repeat(step, i) + line + "\n")
		}
		return b.String()
	}}
}

// square is a shape with a table that has as many columns as rows.
func square(name, head, rule, cell string) shape {
	return shape{name, func(n int) string {
		k := 1
		for (k+1)*(k+1)*(len(cell)+1) < n {
			k++
		}
		row := strings.Repeat("|"+cell, k) + "|\n"
		return strings.Repeat("|"+head, k) + "|\n" + strings.Repeat("|"+rule, k) + "|\n" + strings.Repeat(row, max(1, k-2))
	}}
}

// growing is a shape of runs of a character, each longer than the one before.
func growing(name, sign, between string) shape {
	return shape{name, func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			b.WriteString(strings.Repeat(sign, i) + between)
		}
		return b.String()
	}}
}

// markdown are the shapes for bodies.
var markdown = []shape{
	many("prose", "本机关主动公开政府信息、行政规范性文件1~3件。\n\n"),
	many("one line", "本机关主动公开政府信息、行政规范性文件。"),
	many("short lines", "公\n"),
	many("blank lines", "\n"),
	between("blank lines with spaces", "a", " \n", "b"),
	many("spaces", " "), between("tabs", "", "\t", "x"), many("tabs and text", "\ta"), many("tabbed lines", "\ta\n"), many("hard breaks", "a  \n"), many("backslash breaks", "a\\\n"), many("trailing spaces", "a"+strings.Repeat(" ", 60)+"\n"),
	many("CR", "a\r"), many("CRLF", "a\r\n"), many("CR alone", "\r"), many("NUL", "\x00"), many("BOM", "a\ufeff"), many("combining", "\u0301"), many("base and combining", "é\u0301\u0301"), many("emoji", "👩‍👩‍👧"), many("no-break", "a\u00a0"), many("line separators", "a\u2028"), many("replacement", "\ufffd"), many("ideographic spaces", "公\u3000"), many("full width", "ＡＢ１２"), many("rare Han", "𠀀𪚥"), many("bytes", "\xff"),
	many("headings", "# a\n"), many("headings 2", "## a\n\n"), many("signs", "#"), counted("numbered headings", "", "## 第%d节\n\n文\n\n", ""), many("one heading", "## 总体情况\n\n文\n\n"), between("closing signs", "# a ", "#", ""), between("spaced signs", "# a ", " #", ""), many("setext", "a\n===\n\n"), many("setext lines", "===\n"), between("one underline", "a\n", "=", ""), many("setext close", "a\n---\n"), many("rules", "---\n"), many("spaced rules", "* * *\n"), between("a long rule", "", "- ", ""), between("no rule", "", "_ ", "a"), many("yaml marks", "---\n\n"),
	many("fences", "```\n"), many("fence pairs", "```\na\n```\n"), between("open fence", "```\n", "a\n", ""), many("tilde fences", "~~~\n"), between("long fence", "", "`", "\n"), growing("growing fences", "`", "\n"), growing("backticks", "`", "a"), many("code", "`a` "), many("backticks apart", "` "), many("indented code", "    a\n"), many("info", "``` a\n"),
	many("tildes", "~"), many("tilde pairs", "~~a"), many("struck", "~~a~~ "), many("spaced tildes", "~ "), many("figures", "1~3、4~6日"),
	many("entities", "&amp;"), many("numeric entities", "&#x4e00;"), many("no entities", "&"), many("long entity", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), many("open numeric", "&#1234567"), many("backslashes", "\\"), many("escaped", "\\*"),
	many("quotes", ">"), many("spaced quotes", "> "), many("quoted lines", "> a\n"), many("quoted blanks", ">\n"), many("lazy", "> a\nb\n"), stairs("quotes stairs", ">", "a"), many("quotes in lists", "- > "), many("two quotes", ">> a\n> b\n"), many("quotes apart", "> a\n\n"), many("quoted list", "> - a\n"),
	many("asterisks", "*"), many("asterisk pairs", "*a **a "), many("open both", "*a_ "), many("emphasis", "*甲* "), many("strong", "**甲** "), many("underscores", "_"), many("underscored", "a_b_"), growing("asterisk runs", "*", "a"), sides("nested emphasis", "*a ", "b", " c*"), sides("nested strong", "**a ", "b", " c**"), many("left", "**a"), many("right", "a**"), many("three", "***a** "), many("by paragraph", "*a **b\n\n"), many("strong paragraphs", "**甲**乙\n\n"),
	many("brackets", "["), many("closing brackets", "]"), many("bracket pairs", "[]"), many("images", "!["), many("image marks", "!"), sides("nested brackets", "[", "a", "]"), sides("nested links", "[", "a", "](b)"), sides("nested images", "![", "a", "](b)"), many("links", "[a](b.pdf) "), many("link paragraphs", "[a](b.pdf)\n\n"), many("open links", "[a]("), many("open pointed", "[a](<b"), many("open title", `[a](b "`), many("titles", `[a](b "c") `), between("parentheses", "[a](", "(", ""), sides("matched parentheses", "[a](", "", ")"), between("long address", "[a](", "b", ")"), between("long label", "[", "a", "]"), many("two labels", "[a][b]"), many("open second", "[a]["), many("labels", "[a]"), many("bracketed breaks", "[a\n"), many("image links", "[![a](b.png)](c.pdf)\n\n"),
	many("autolinks", "<https://a.example/> "), many("pointed", "<"), many("open autolinks", "<https://a"), many("addresses", "https://a.example/ "), many("one address", "https://a.example/"), many("www", "www.a.example "), many("mail", "a@b.cn "), many("at signs", "a@"), many("dots", "a.b."), many("schemes", "https:"), many("slashes", "https://"), many("open parens", "https://a.example/("), many("closing parens", "https://a.example/)))) "), many("address paragraphs", "https://a.example/\n\n"),
	many("html", "<b>"), many("html pairs", "<b>甲</b>"), many("html blocks", "<div>\n"), many("html apart", "<div>\n\n"), many("open tags", "<a "), many("open attributes", "<a b='"), many("comments", "<!-- -->"), many("open comments", "<!--"), many("comment lines", "<!--\n"), many("instructions", "<?"), many("declarations", "<!A"), many("data", "<![CDATA["), many("script", "<script>\n"), many("closing tags", "</b>"), many("line breaks", "甲<br>"), many("ends", ">"),
	many("footnotes", "[^1]"), many("footnote paragraphs", "[^1]\n\n"), counted("footnotes used", "", "甲[^%d]\n\n", ""), counted("footnotes unused", "", "[^%d]: 甲\n\n", ""), shape{"footnotes", func(n int) string { return paired(n, "甲[^%d]\n\n", "[^%d]: 乙\n\n") }}, between("one footnote", "[^1]: 乙\n\n", "甲[^1]\n\n", ""), between("one note in a line", "[^1]: 乙\n\n", "甲[^1]", ""), stairs("notes in notes", "    ", "[^1]: a"),
	many("one definition", "[a]: /b\n"), counted("definitions", "", "[a%d]: /b\n", ""), counted("definitions apart", "", "[a%d]: /b\n\n", ""), shape{"references", func(n int) string { return paired(n, "[a%d]\n\n", "[a%d]: /b\n\n") }}, shape{"references in a line", func(n int) string { return paired(n, "[a%d]", "[a%d]: /b\n\n") }}, between("one reference", "[a]: /b\n\n", "[a]\n\n", ""), between("long definition", "[a]: /b\n\n", "[a] ", ""), between("expanding", "[a]: /"+strings.Repeat("b", 2000)+"\n\n", "[a]\n\n", ""), many("open definitions", "[a]:\n"), many("defined titles", "[a]: /b '\n"), between("long title", "[a]: /b '", "c\n", ""),
	between("a long table", "|a|b|\n|-|-|\n", "|甲|1|\n", ""), between("rows of one cell", "|a|b|\n|-|-|\n", "|\n", ""), square("a square table", "a", "-", "1"), square("a wide table", "a", ":-:", ""), many("tables", "|a|b|\n|-|-|\n|1|2|\n\n"), many("bars", "|"), many("cells", "|a"), shape{"a wide row", func(n int) string { return strings.Repeat("|a", n/4) + "|\n" + strings.Repeat("|-", n/4) + "|\n" }}, many("rules of tables", "|-|-|\n"), many("heads of tables", "|a|\n|-|\n"), between("marked cells", "|a|b|\n|-|-|\n", "|**甲**|[x](y.pdf)|\n", ""), between("escaped bars", "|a|b|\n|-|-|\n", `|\||\||`+"\n", ""), between("aligned", "|a|b|\n|:-|-:|\n", "|"+strings.Repeat(" ", 200)+"甲|1|\n", ""), between("long cells", "|a|b|\n|-|-|\n", "|"+strings.Repeat("甲", 300)+"|1|\n", ""), between("one long cell", "|a|b|\n|-|-|\n|", "甲", "|\n"),
	many("items", "- a\n"), many("loose items", "- a\n\n"), many("lists in a line", "- "), stairs("nested lists", "  ", "- a"), many("numbers", "1. a\n"), many("numbers in a line", "1. "), counted("numbered", "", "%d. 甲\n", ""), many("two lists", "- a\n* b\n"), many("empty items", "-\n"), many("pluses", "+ a\n"), many("item and text", "- a\n\n  b\n"), many("two levels", "- a\n  - b\n"), many("five levels", "- a\n  - b\n    - c\n      - d\n        - e\n"), between("long item", "- ", "甲", ""), between("lazy item", "- a\n", "b\n", ""), between("item of paragraphs", "- a\n\n", "  b\n\n", ""), many("blank items", "- a\n\n\n"), many("tasks", "- [ ] a\n"), many("parens", "1) a\n"), stairs("numbered stairs", "   ", "1. a"), many("Chinese numbers", "（一）公开\n"), many("dashes", "——"), many("hyphens", "-"),
}

func paired(n int, use, define string) string {
	var a, b strings.Builder
	for i := 1; a.Len()+b.Len() < n; i++ {
		fmt.Fprintf(&a, use, i)
		fmt.Fprintf(&b, define, i)
	}
	return a.String() + b.String()
}

// yaml are the shapes for front matter, settings and forms.
var yaml = []shape{
	many("lists in lists", "["), sides("nested lists", "[", "", "]"), sides("nested maps", "{a: ", "1", "}"), many("open maps", "{a: "), stairs("stairs", " ", "a:"), many("items in a line", "- "), stairs("items stairs", "  ", "- a:"), many("questions", "? "), many("anchors", "&a "), many("tags", "!x "), many("aliases", "*a "), many("quotes", "'"), many("double quotes", `"`),
	between("wide list", "a: [", "1, ", "1]\n"), between("wide list of commas", "a: [", ",", "]\n"), counted("wide map", "a: {", "k%d: 1, ", "k: 1}\n"), between("wide map, one key", "a: {", "b: 1, ", "}\n"), between("list of lists", "a: [", "[1], ", "[1]]\n"), between("list of maps", "a: [", "{b: 1}, ", "{b: 1}]\n"), between("block list", "a:\n", "  - 1\n", ""), between("block list of maps", "a:\n", "  - b: 1\n    c: 2\n", ""),
	between("long scalar", "title: ", "甲", "\n"), between("long quoted", `title: "`, "甲", "\"\n"), between("single quoted", `title: '`, "甲", "'\n"), between("doubled quotes", `title: '`, "''", "'\n"), between("escapes", `title: "`, `\x41`, "\"\n"), between("folded quoted", `title: "`, "a\n ", "\"\n"), between("folded plain", "title: a\n", "  b\n", ""), between("blank folded", "title: a", "\n", " b\n"), between("block scalar", "title: |\n", "  甲\n", ""), between("folded scalar", "title: >\n", "  甲\n", ""), between("blank block scalar", "title: |\n", "\n", ""), between("spaces in a block", "title: |\n", "   \n", "  a\n"), between("long key", "", "k", ": 1\n"), between("long quoted key", `"`, "k", "\": 1\n"), between("spaces", "title: a", " ", "\n"), between("tabs", "title: a", "\t", "\n"), between("spaces before", "title:", " ", "a\n"), between("comment", "title: a #", "甲", "\n"), between("colons", "title: a", ":", "\n"), between("open quote", `title: "`, "甲\n", ""), between("wide colons", "", "甲：乙\n", ""),
	counted("keys", "", "key%d: 1\n", ""), counted("Chinese keys", "", "键%d: 甲\n", ""), many("one key", "a: 1\n"), many("one known key", "title: a\n"), many("empty keys", ": 1\n"), many("null keys", "~: 1\n"), counted("open keys", "", "key%d\n", ""), many("lines", "a\n"), many("faulty", "a: @\n"), many("tabs before", "\ta: 1\n"), many("deeper", "a: 1\n  b: 2\n"), many("comments", "# a\n"), many("comments behind", "a: 1 # b\n"), many("blank", "\n"), many("space lines", " \n"), many("documents", "---\n"), many("documents of keys", "a: 1\n---\n"), many("ends", "...\n"), many("CR", "a: 1\r"), many("anchored", "a: &x 1\n"), counted("anchors of maps", "", "k%d: &a%[1]d {}\n", ""), counted("aliased", "", "k%d: *a%[1]d\n", ""), many("merges", "<<: {a: 1}\n"), counted("tagged", "", "k%d: !!str 1\n", ""), many("directives", "%YAML 1.1\n"), many("open lists", "a: [\n"), many("closed lists", "a: ]\n"), counted("faulty keys", "", "k%d: [1\n", ""), counted("faulty quotes", "", "k%d: 'a\n", ""), counted("deep faults", "a:\n", "  k%d: @\n", ""), many("BOMs", "\ufeff"), many("NUL", "\x00"),
	between("accepts", "accept:\n", "  - {rule: new-total, cell: requests.new.total, reason: 原文如此}\n", ""), between("accepts of no rule", "accept:\n", "  - {rule: x, cell: y, reason: z}\n", ""), between("empty accepts", "accept:\n", "  -\n", ""), between("words as accepts", "accept:\n", "  - a\n", ""), between("notes", "notes:\n", "  - {cell: requests.new.total, note: 甲}\n", ""), between("notes of no cell", "notes:\n", "  - {cell: x.y, note: 甲}\n", ""), between("notes of a long cell", "notes:\n  - cell: ", "x.", "y\n    note: a\n"), between("notes of a near cell", "notes:\n", "  - {cell: requests.nwe.total, note: 甲}\n", ""), between("corrections", "corrections:\n", "  - {date: 2025-03-01, cell: requests.new.total, was: 12, note: 甲}\n", ""), between("corrections of no day", "corrections:\n", "  - {date: 2025-13-41}\n", ""), between("long note", "notes:\n  - cell: requests.new.total\n    note: ", "甲", "\n"), between("source", "source:\n", "  url: x\n", ""), counted("keys of a source", "source:\n", "  k%d: x\n", ""), counted("keys of a table", "reviews:\n", "  k%d: [1, 2]\n", ""), between("near keys", "", "tilte: a\n", ""), counted("near keys of a table", "reviews:\n", "  litigation_direkt%d: 1\n", ""), between("wide row", "proactive:\n  permits: [", "1, ", "1]\n"), between("digits", "proactive:\n  permits: ", "9", "\n"), between("fraction", "proactive:\n  permits: 0.", "9", "\n"), between("commas", "proactive:\n  permits: 1", ",000", "\n"), between("date", "published: 2025-01-", "0", "\n"), between("form", "form: ", "cn-", "\n"), between("url", "source:\n  url: https://a.example/", "a/", "\n"), between("hash", "source:\n  sha256: ", "0f", "\n"),
}

// code are the shapes for layouts, styles, scripts and other text files.
var code = []shape{
	many("text", "公开 "), many("braces", "{"), sides("nested braces", "{", "", "}"), sides("nested parens", "(", "1", ")"), sides("nested brackets", "[", "1", "]"), many("actions", "{{.}}"), many("open actions", "{{"), many("ifs", "{{if .}}"), sides("nested ifs", "{{if .}}", "a", "{{end}}"), sides("nested ranges", "{{range .}}", "a", "{{end}}"), sides("nested withs", "{{with .}}", "a", "{{end}}"), counted("variables", "", "{{$v%d := .}}", ""), counted("defines", "", `{{define "x%d"}}a{{end}}`, ""), between("a pipe", "{{1", " | print", "}}"), between("a sum", "{{print", " 1", "}}"), many("rules", "a{color:red}"), between("selectors", "", "a,", "b{color:red}"), between("declarations", "a{", "color:red;", "}"), between("descendants", "", "a ", "{color:red}"), many("comments", "/* a */"), many("open comments", "/*"), many("line comments", "// a\n"), many("quotes", "'"), many("double quotes", `"`), many("backticks", "`"), between("long string", "x='", "a", "'"), many("backslashes", "\\"), many("statements", "f();"), counted("functions", "", "function f%d(a){return a}\n", ""), between("long sum", "x=1", "+1", ";"), between("calls", "f", "()", ";"), sides("functions in functions", "function(){", "", "}"), many("vars", "var a=1;"), counted("names", "", "var v%d=1;", ""), between("long var", "var a", ",a", ";"), between("ternaries", "x=", "a?b:", "c"), between("nots", "x=", "!", "a"), many("regexps", "/a/;"), many("less", "<"), many("tags", "<b>"), sides("nested tags", "<div>", "a", "</div>"), between("attributes", "<a", " b=c", ">"), many("scripts", "<script>f()</script>"), many("styles", "<style>a{}</style>"), many("html comments", "<!--a-->"), many("media", "@media print{"), many("imports", "@import 'a';"), between("urls", "a{b:url(", "x", ")}"), many("vars of css", "a{--b:c}"), many("json lists", "["), sides("json maps", `{"a":`, "1", "}"), counted("json keys", "{", `"k%d":{"zh":"a","en":"b"},`, `"k":{"zh":"a","en":"b"}}`), between("json string", `{"title":{"zh":"`, "a", `"}}`), between("json list", `{"a":[`, "1,", "1]}"), between("svg", "<svg xmlns='http://www.w3.org/2000/svg'>", "<g>", "</svg>"), many("arrows", "x=>"), many("templates", "`${"), many("semicolons", ";"), many("spaces", " "), many("lines", "\n"), many("commas", ","), many("async", "async "), many("yields", "yield "), many("dots", "."), many("numbers", "1 "), many("keywords", "if "),
}
