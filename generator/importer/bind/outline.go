package bind

import (
	"slices"
	"unicode/utf8"

	"annals/generator/form"
	"annals/generator/importer/draft"
)

// Headings maps the normalised text of a heading to the section of the form. It
// is made once for each form, because a document may have thousands of lines to
// look up.
type Headings map[string]*form.Section

// NewHeadings makes the map for a form.
func NewHeadings(f *form.Form) Headings {
	h := Headings{}
	for _, s := range f.Sections {
		for _, name := range append([]string{s.Label.ZH, s.Label.EN}, s.Aliases...) {
			if key := form.Normalise(name); h[key] == nil && key != "" {
				h[key] = s
			}
		}
	}
	return h
}

// Find returns the section of which the line is the heading, or nil.
func (h Headings) Find(line string) *form.Section {
	if len(line) > 240 {
		return nil
	}
	return h[form.Normalise(line)]
}

// outline finds the headings of the form's sections by their text, and then, with
// guessHeadings, those that are worded in another way. More paragraphs than one may
// have the text of a heading. outline chooses a sequence of them that keeps the
// form's order and finds most sections; of several such sequences it chooses the
// one with the later paragraphs, because a table of contents comes first.
func (b *binder) outline() {
	order := map[*form.Section]int{}
	for i, s := range b.Form.Sections {
		order[s] = i
	}
	type candidate struct {
		block   *block
		at      int // among the blocks
		section *form.Section
		length  int // of the longest sequence that ends here
		before  int // the candidate before it in that sequence, or -1
	}
	var list []candidate
	longest := make([]int, len(b.Form.Sections)) // by section: the last candidate for it that ends a longest sequence, or -1
	for i := range longest {
		longest[i] = -1
	}
	for at, k := range b.blocks {
		p := k.paragraph
		if p == nil || p.Role != draft.Body || utf8.RuneCountInString(p.Text) > 60 {
			continue
		}
		s := b.heads.Find(p.Text)
		if s == nil {
			continue
		}
		c := candidate{block: k, at: at, section: s, length: 1, before: -1}
		for _, i := range longest[:order[s]] {
			if i >= 0 && list[i].length+1 >= c.length && (list[i].length+1 > c.length || i > c.before) {
				c.length, c.before = list[i].length+1, i
			}
		}
		if i := longest[order[s]]; i < 0 || c.length >= list[i].length {
			longest[order[s]] = len(list)
		}
		list = append(list, c)
	}
	best := -1
	for i, c := range list {
		if best < 0 || c.length >= list[best].length {
			best = i
		}
	}
	var chosen []*block
	for i := best; i >= 0; i = list[i].before {
		first := i // of several in one place, as where a table repeats the heading above it
		for first > 0 && list[first-1].section == list[i].section && b.isGap(list[first-1].at+1, list[first].at) {
			p := list[first].block.paragraph
			p.Use, p.To = Label, list[i].section.ID
			first--
		}
		list[first].block.section = list[i].section
		chosen = append(chosen, list[first].block)
	}
	chosen = b.guessHeadings(chosen)
	var section *form.Section
	for _, k := range b.blocks {
		if slices.Contains(chosen, k) {
			section = k.section
			k.heading = true
			k.paragraph.Use, k.paragraph.To = Heading, section.ID
			continue
		}
		k.section = section
	}
	for _, c := range list {
		if !c.block.heading && c.block.paragraph.Use != Label && c.section != c.block.section && !b.found(c.section, chosen) {
			b.report("import-ambiguous/heading", c.block.paragraph, "heading", c.block.paragraph.Text)
		}
	}
}

// isGap reports whether there is no text between two headings, but at most a remark.
func (b *binder) isGap(from, to int) bool {
	return to-from <= 2 && !slices.ContainsFunc(b.blocks[from:to], func(k *block) bool {
		return k.paragraph == nil || b.Form.Language.Document.Sentence.Regexp().MatchString(k.paragraph.Text)
	})
}

// found reports whether one of the chosen headings is that of the section.
func (b *binder) found(s *form.Section, chosen []*block) bool {
	return slices.ContainsFunc(chosen, func(k *block) bool { return k.section == s })
}

// assignGrids decides for every grid to which table of the form it belongs, by
// its labels; or by the heading above it, if fewer than two labels are found. A
// grid with rows that an earlier one has already is reported and belongs to none,
// because it may be last year's table. On a page a table that stands below its own
// heading does not go on below another: charts may have tables of their own.
func (b *binder) assignGrids(d *draft.Draft) {
	taken := map[*form.Row]bool{}
	settled := map[*form.Table]bool{} // a grid below its heading belongs to it
	for _, k := range b.blocks {
		if k.grid == nil || b.outside(d, k) {
			continue
		}
		text := k.text()
		var best *form.Table
		most := 0
		for _, t := range b.Form.Tables {
			if n := b.tables[t].hits(text); n > most {
				best, most = t, n
			}
		}
		if here := k.sectionTable(); most < 2 && here != nil {
			best = here
		} else if most < 2 {
			continue
		}
		if best == nil {
			continue
		}
		below := k.sectionTable() == best
		if d.Page && settled[best] && !below && k.section != nil {
			continue
		}
		settled[best] = settled[best] || below
		again := 0
		rows := b.tables[best].rowsIn(text)
		for _, r := range rows {
			if taken[r] {
				again++
			}
		}
		if again > 1 || again == 1 && len(rows) == 1 {
			b.report("import-ambiguous/twice", k.rows[0][0], "table", b.tables[best].name)
			continue
		}
		for _, r := range rows {
			taken[r] = true
		}
		k.table = best
	}
}

// sectionTable returns the table of the section that the block is in, or nil.
func (k *block) sectionTable() *form.Table {
	if k.section == nil {
		return nil
	}
	return k.section.Table
}
