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
	above := 0 // how many of before are above the title
	for i, p := range n.lines {
		if i == start {
			above = len(before)
		}
		switch {
		case i < start && !n.titleParts[p.Paragraph], i >= start && p.block < first:
			before = append(before, p)
		case i >= start && p.block > last:
			after = append(after, p)
		}
	}
	n.repeated(before)
	t := n.textOf(b.Core, first, last)
	rows := n.tablesAbout(first)
	n.findDates(before[:above], before[above:], after, rows, t)
	if n.draft.Page {
		n.cutBefore(before, t)
		n.cutAfter(after, t, last)
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
				text += squeeze(c.Text) + " "
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

// text describes where a page has the text of the report.
type text struct {
	core  *draft.Element          // that holds it, or nil
	paths map[string]bool         // of its paragraphs
	in    map[*draft.Element]bool // that hold them
}

// textOf returns where the lines of the report from block first to block last are;
// if there are none, where the sentences are.
func (n *names) textOf(core *draft.Element, first, last int) text {
	t := text{core, map[string]bool{}, map[*draft.Element]bool{}}
	for _, p := range n.lines {
		if p.block >= first && p.block <= last || last < first && n.in.Sentence.Regexp().MatchString(p.Text) {
			in := n.draft.Blocks[p.block].In
			t.paths[in.Path(core)], t.in[in.Up()] = true, true
		}
	}
	return t
}

// outside reports whether a block of the page is outside of the report's text.
func (n *names) outside(t text, block int) bool {
	return t.core != nil && !t.core.Holds(n.draft.Blocks[block].In)
}

// isAbout reports whether a line is about a text by how the page sets it: it is no
// sentence, and has links or fields, or is not set like the paragraphs of the text.
func (n *names) isAbout(p textLine, t text) bool {
	if n.in.Sentence.Regexp().MatchString(p.Text) {
		return n.outside(t, p.block)
	}
	return p.Links || n.outside(t, p.block) || n.isField(p.Paragraph) && !n.in.Item.Regexp().MatchString(p.Text) ||
		!t.paths[n.draft.Blocks[p.block].In.Path(t.core)]
}

// shortest is how many characters a line without a sentence has at least that
// stands between title and text and is of the text.
const shortest = 16

// cutBefore leaves out what a page prints between the title and the text: lines
// about it, short ones that are no sentence, and what is neither set like the text
// nor stands where it does.
func (n *names) cutBefore(lines []textLine, t text) {
	for _, p := range lines {
		sentence := n.in.Sentence.Regexp().MatchString(p.Text)
		short := utf8.RuneCountInString(p.Text) < shortest && !n.in.Item.Regexp().MatchString(p.Text)
		in := n.draft.Blocks[p.block].In
		apart := !t.paths[in.Path(t.core)] && !t.in[in.Up()] // a summary, a note
		if !sentence && (n.isAbout(p, t) || short) || apart {
			n.around[p.Paragraph] = true
		}
	}
}

// cutAfter leaves out what a page prints below the text: everything after the
// signature; everything from the foot of the page on; and everything that is
// outside of the element that holds the text, tables too.
func (n *names) cutAfter(lines []textLine, t text, last int) {
	foot := slices.IndexFunc(lines, func(p textLine) bool { return p.Paragraph == n.signed }) + 1
	if foot == 0 {
		foot = n.footOf(lines, t)
	}
	for i, p := range lines {
		link := p.Linked && !n.in.Sentence.Regexp().MatchString(p.Text)
		if p.Paragraph != n.signed && (i >= foot || link || n.outside(t, p.block)) {
			n.around[p.Paragraph] = true
		}
	}
	for i := last + 1; i < len(n.draft.Blocks); i++ {
		g := n.draft.Blocks[i].Grid
		if g != nil && (g.Linked || n.outside(t, i) || foot < len(lines) && i > lines[foot].block) {
			n.setAside(g)
		}
	}
}

// footOf returns the first line of the page's foot: a link, or a line about the
// text, if most that follow are about it or are no sentences; and the lines before
// it that are no sentences. The first line below the last heading is of the text,
// unless it is a link or is set in another way.
func (n *names) footOf(lines []textLine, t text) int {
	sentence := func(p textLine) bool { return n.in.Sentence.Regexp().MatchString(p.Text) }
	bare := func(p textLine) bool { return !sentence(p) && !n.in.Item.Regexp().MatchString(p.Text) }
	likely := make([]int, len(lines)+1) // by line: how many from it on are likely to be of a foot
	for i, p := range slices.Backward(lines) {
		if likely[i] = likely[i+1]; bare(p) || n.isAbout(p, t) {
			likely[i]++
		}
	}
	foot := len(lines)
	for i, p := range lines {
		alone := len(lines) == 1 || likely[0] < len(lines) || !n.isField(p.Paragraph)
		own := i == 0 && alone && !p.Linked && t.paths[n.draft.Blocks[p.block].In.Path(t.core)]
		most := likely[i]*5 >= (len(lines)-i)*3
		if !own && (p.Linked && !sentence(p) || most && n.isAbout(p, t)) {
			foot = i
			break
		}
	}
	if foot < len(lines) || len(lines) == 0 {
		for foot > 1 && bare(lines[foot-1]) {
			foot--
		}
		return foot
	}
	// No line shows that it is of a foot. The last ones are, which are no sentences,
	// if they are several, or all the others are sentences.
	for foot > 1 && bare(lines[foot-1]) {
		foot--
	}
	if foot+1 == len(lines) && !sentence(lines[foot-1]) {
		return len(lines)
	}
	return foot
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
