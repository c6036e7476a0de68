package importer

import (
	"slices"
	"unicode/utf8"

	"annals/generator/importer/bind"
	"annals/generator/importer/draft"
)

// locate separates the report from the text around it, and reads the date and
// the agency from that text. It needs to know where the report's parts are, because
// only text above the first part or below the last one may be left out.
func (n *names) locate(b *bind.Bound, o Options) {
	start := n.titleAt + 1
	first, last, ok := b.Extent()
	if !ok { // no part was found: a date may be in the first or the last lines
		middle := start + min(12, (len(n.lines)-start)/2)
		if middle < len(n.lines) {
			first = n.lines[middle].block
			last = first - 1
		}
	}
	var before, after []textLine
	for i, p := range n.lines {
		switch {
		case i < start && !n.titleParts[p.Paragraph], i >= start && p.block < first:
			before = append(before, p)
		case i >= start && p.block > last:
			after = append(after, p)
		}
	}
	n.repeated(before)
	n.findDates(before, after, n.tablesAbout(first))
	if n.draft.Page {
		n.cutBefore(before, b.Core)
		n.cutAfter(after, b.Core, last)
	}
	n.findAgency(n.lines, o)
}

// repeated marks as title the lines above the text in which a page prints the
// title once more, in up to three lines.
func (n *names) repeated(lines []textLine) {
	for i := range lines {
		text := ""
		for k := i; k < len(lines) && k < i+3 && n.title != ""; k++ {
			text += lines[k].Text
			if !same(n.unlabelled(squeeze(text)), n.title) {
				continue
			}
			for _, p := range lines[i : k+1] {
				n.titleParts[p.Paragraph] = true
			}
			break
		}
	}
}

// tablesAbout leaves out the tables that a page has above the report, with its
// metadata such as a document number and a date. It returns their rows as lines.
func (n *names) tablesAbout(first int) (rows []string) {
	if !n.draft.Page {
		return nil
	}
	for _, b := range n.draft.Blocks[:min(first, len(n.draft.Blocks))] {
		if b.Grid == nil {
			continue
		}
		n.setAside(b.Grid)
		for _, row := range b.Grid.Rows {
			text := ""
			for _, c := range row {
				text += c.Text + " "
			}
			rows = append(rows, text)
		}
	}
	return rows
}

// setAside leaves out the cells of a table.
func (n *names) setAside(g *draft.Grid) {
	for _, row := range g.Rows {
		for _, c := range row {
			n.aside[c.At] = true
		}
	}
}

// cutBefore leaves out what a page prints between the title and the text: links,
// fields, words of the page, and everything but sentences outside of core, the
// element that holds the text.
func (n *names) cutBefore(lines []textLine, core *draft.Element) {
	for _, p := range lines {
		sentence := n.in.Sentence.Regexp().MatchString(p.Text)
		if !sentence && (p.Linked || n.isField(p.Paragraph) || core != nil && !core.Holds(n.draft.Blocks[p.block].In)) || n.isChrome(p) {
			n.around[p.Paragraph] = true
		}
	}
}

// cutAfter leaves out what a page prints below the text: everything after the
// signature; everything after the first line with words of the page; links; and
// everything outside of core, the element that holds the text, tables too.
func (n *names) cutAfter(lines []textLine, core *draft.Element, last int) {
	signed := slices.IndexFunc(lines, func(p textLine) bool { return p.Paragraph == n.signed })
	end := false
	for i, p := range lines {
		end = end || i > signed && n.isChrome(p)
		outside := core != nil && !core.Holds(n.draft.Blocks[p.block].In)
		if p.Paragraph != n.signed && (end || outside || signed >= 0 && i > signed || p.Linked && !n.in.Sentence.Regexp().MatchString(p.Text)) {
			n.around[p.Paragraph] = true
		}
	}
	for i := last + 1; core != nil && i < len(n.draft.Blocks); i++ {
		if g := n.draft.Blocks[i].Grid; g != nil && !core.Holds(n.draft.Blocks[i].In) {
			n.setAside(g)
		}
	}
}

// isChrome reports whether a line has words that belong to a page and not to a
// text, such as those for printing it.
func (n *names) isChrome(p textLine) bool {
	return utf8.RuneCountInString(p.Text) <= longestField && n.in.Chrome.Regexp().MatchString(p.Text)
}

// take marks the pieces that are metadata, or that are not part of the report.
func (n *names) take(b *bind.Bound) {
	paragraphs := map[draft.Origin]string{}
	for p, word := range n.heads {
		paragraphs[p.At] = word
	}
	for p := range n.titleParts {
		paragraphs[p.At] = "title"
	}
	if n.signed != nil && (n.signedBy == "" || n.agency != nil && same(n.signedBy, n.agency.Name)) {
		paragraphs[n.signed.At] = "published"
	}
	for p := range n.around {
		n.aside[p.At] = true
	}
	b.Take(func(p *bind.Piece) bool {
		if word, ok := paragraphs[p.At]; ok && p.Use == bind.Text {
			p.Use, p.To = bind.Metadata, word
			return true
		}
		if n.aside[p.At] && (p.Use == bind.Text || p.Use == bind.Loose) {
			p.Use, p.Role = bind.Loose, draft.Around
			return true
		}
		return false
	})
	if n.signed != nil && n.agency != nil && n.signedBy == "" {
		b.TakeBefore(n.signed.At, func(p *bind.Piece) bool { return same(p.Text, n.agency.Name) }, "agency")
	}
}
