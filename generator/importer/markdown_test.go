package importer

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"annals/generator/content"
	"annals/generator/importer/bind"
	"annals/generator/importer/draft"
)

// typed are stretches of text as people type it, also by mistake.
func typed() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{
		"公开", "情况", "a", "5", "12", "1", " ", "  ", "*", "**", "_", "__", "~", "~~", "~~~", "`", "```", "[", "]", "[^1]", "[^1]: ", "(", ")", "（", "）",
		"<", ">", "> ", "<b>", "<!--", "&amp;", "&nbsp;", "&", "#", "## ", "- ", "-", "---", "+", "+ ", "1. ", "1) ", "2. ", "2024. ", "===", "|", ":---",
		`\`, `\*`, "!", "![", ": ", "/x", "https://a.cn", "<https://a.cn>", "“", "。", "：", "%", "\t", "　",
	})
	return rapid.Map(rapid.SliceOfN(piece, 1, 12), func(list []string) string { return strings.Join(list, "") })
}

// read returns the words of a Markdown text, and the cells of its tables.
func read(t interface{ Fatal(...any) }, body string) (text string, cells []string) {
	doc, _ := content.ReadDocument(fstest.MapFS{"f.md": {Data: []byte("---\na: 1\n---\n" + body)}}, "f.md")
	if doc == nil {
		t.Fatal("not read")
	}
	for cell := range doc.Body.TableCells() {
		cells = append(cells, cell)
	}
	var all []string
	for _, s := range doc.Body.Sections {
		all = append(all, s.Heading, doc.Body.Text(s.Blocks))
	}
	return strings.Trim(strings.Join(all, "\n"), "\n"), cells
}

// TestImportedTextReadsAsItStands: the report's Markdown shows a document's
// paragraphs and free tables with the same words, whatever they are.
func TestImportedTextReadsAsItStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines, source []string
		for _, s := range rapid.SliceOfN(typed(), 1, 4).Draw(t, "lines") {
			if s = draft.Tidy(s); s != "" {
				lines = append(lines, s)
				source = append(source, Markdown(s))
			}
		}
		if got, _ := read(t, strings.Join(source, "\n\n")); got != strings.Join(lines, "\n") {
			t.Fatalf("%q reads %q", source, got)
		}
	})
}

func TestImportedTableReadsAsItStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 4).Draw(t, "width")
		var rows [][]*bind.Piece
		var want []string
		for range rapid.IntRange(1, 4).Draw(t, "height") {
			var row []*bind.Piece
			for range width {
				text := draft.Tidy(typed().Draw(t, "cell"))
				row = append(row, &bind.Piece{Text: text})
				want = append(want, text)
			}
			rows = append(rows, row)
		}
		var w writer
		w.pipes(rows)
		if _, got := read(t, w.String()); !slices.Equal(got, want) {
			t.Fatalf("%q reads %q, want %q", w.String(), got, want)
		}
	})
}

// TestTypedTextIsNotEaten: text typed by people who know nothing of Markdown is
// shown as it was typed, except for marks that are meant as Markdown.
func TestTypedTextIsNotEaten(t *testing.T) {
	plain := rapid.SampledFrom([]string{
		"公开", "1~3日", "4~6日", "3*4*5", "长*宽*高", "第_条", "（__）年", "2024. ", "3. ", "（1）", "1、", "-5%", "+3", ">100件", "<10件", "#5", "=", "|",
		":---", "---", "===", "a*b", "[注]: 说明", "[1]", "~~~", "“", "”", "。", "，", "%", "&", "/", `D:\数据`, " ", "\n", "\n", "\n\n", "\n    ", "\n\t",
	})
	squeezed := func(s string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(" \n\t　-", r) { // a line of dashes may be a horizontal rule
				return -1
			}
			return r
		}, s)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(plain, 1, 14).Draw(t, "text"), "")
		if got, _ := read(t, text); squeezed(got) != squeezed(text) && !marked(text) {
			t.Fatalf("%q reads %q", text, got)
		}
	})
}

// marked reports whether a text may have a heading over === or a table.
func marked(text string) bool {
	return strings.Contains(text, "\n===") || strings.Contains(text, "|") && strings.Contains(text, "---")
}
