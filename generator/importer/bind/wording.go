package bind

import (
	"slices"
	"unicode/utf8"

	"annals/generator/form"
	"annals/generator/importer/draft"
)

// How similar a line must be to the wording of a heading (see pairs.alike, from
// 0 to 1) to be taken for it: with the section's number, and without.
const (
	alikeNumbered = 0.2
	alikeAlone    = 0.6
	alikeLabel    = 0.4 // a line and a label of a table
)

// longestHeading is the largest number of characters that a heading may have.
const longestHeading = 40

// guessHeadings finds headings that are worded in another way than the form's: a
// short line between the headings of the sections before and after, with the
// section's number and some of its words, or most of its words. If the heading of
// the section right before is known, or if the numbers nearby leave no other
// reading, the number alone is enough. chosen are the headings found so far;
// guessHeadings returns them and those that it finds.
func (b *binder) guessHeadings(chosen []*block) []*block {
	known := map[*form.Section]int{} // by section: the index of its heading among the blocks
	for i, k := range b.blocks {
		if slices.Contains(chosen, k) {
			known[k.section] = i
		}
	}
	sections := b.Form.Sections
	if len(known) == 0 || len(known) == len(sections) {
		return chosen
	}
	lines := b.headingLikes()
	after, last := -1, -1 // the heading before, as a block and as a section
	for i, s := range sections {
		if at, ok := known[s]; ok {
			after, last = at, i
			continue
		}
		before := len(b.blocks)
		for _, next := range sections[i+1:] {
			if at, ok := known[next]; ok {
				before = at
				break
			}
		}
		between := slices.DeleteFunc(slices.Clone(lines), func(l headingLike) bool { return l.block <= after || l.block >= before })
		ordered := last == i-1 || isNext(between, sections, last, i)
		if at := b.likeHeading(s, between, ordered); at >= 0 {
			k := b.blocks[at]
			k.section, known[s], after, last = s, at, at, i
			chosen = append(chosen, k)
			b.report("import-read/heading", k.paragraph, "text", k.paragraph.Text, "heading", s.Heading)
		}
	}
	for _, s := range sections {
		if _, ok := known[s]; !ok && s.Table == nil && !s.Optional {
			b.report("import-unread/heading", b.Pieces[0], "heading", s.Heading)
		}
	}
	return chosen
}

// isNext reports whether just one of the lines has the number of section i, and those
// before it have numbers of sections between it and the last one that was found. If
// they count from one, they are the items of a list.
func isNext(lines []headingLike, sections []*form.Section, last, i int) bool {
	found := 0
	for _, l := range lines {
		of := slices.IndexFunc(sections, func(s *form.Section) bool { return s.Number != "" && s.Number == l.number })
		switch {
		case of == i:
			found++
		case found == 0 && of >= 0 && (of <= last || of > i):
			return false
		}
	}
	return found == 1
}

// headingLike is a short line that may be a heading.
type headingLike struct {
	block  int
	number string
	pairs  pairs
}

// headingLikes lists the lines that may be headings: short lines that are
// neither sentences nor labels, and that begin with a number or have at least half
// of their characters in common with the form's headings.
func (b *binder) headingLikes() (list []headingLike) {
	known := map[rune]bool{}
	for name := range b.heads {
		for _, r := range name {
			known[r] = true
		}
	}
	for i, k := range b.blocks {
		p := k.paragraph
		if p == nil || p.Role != draft.Body || len(p.Text) > 4*longestHeading || utf8.RuneCountInString(p.Text) > longestHeading {
			continue
		}
		number, share, all := b.numberOf(p.Text), 0, 0
		for _, r := range p.Text {
			if all++; known[r] {
				share++
			}
		}
		if number == "" && share*2 < all || b.Form.Language.Document.Sentence.Regexp().MatchString(p.Text) || b.isFoldedLabel(p.fold()) {
			continue
		}
		list = append(list, headingLike{i, number, pairsOf(form.Normalise(p.Text))})
	}
	return list
}

// likeHeading returns the index of the block that is most similar to the heading
// of the section, or -1. If ordered is true, the section's number is enough.
func (b *binder) likeHeading(s *form.Section, lines []headingLike, ordered bool) int {
	best, most := -1, 0.0
	var names []pairs
	for name, section := range b.heads {
		if section == s {
			names = append(names, pairsOf(name))
		}
	}
	for _, l := range lines {
		alike := l.pairs.alike(names)
		switch numbered := l.number != "" && l.number == s.Number; {
		case numbered && (ordered || alike >= alikeNumbered):
			alike++
		case alike < alikeAlone:
			continue
		}
		if alike > most {
			best, most = l.block, alike
		}
	}
	return best
}

// numberOf returns the section number at the beginning of a line, or "".
func (b *binder) numberOf(text string) string {
	m := b.Form.Language.Document.PartNumber.Regexp().FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	return m[1]
}

// isNumbered reports whether a text of a table's row is numbered like a section and
// is no label, by what it says and by what is like it.
func (b *binder) isNumbered(text string) bool {
	number := b.numberOf(text)
	if number == "" || len(text) > 4*longestHeading || b.Form.Language.Document.Sentence.Regexp().MatchString(text) ||
		!slices.ContainsFunc(b.Form.Sections, func(s *form.Section) bool { return s.Number == number }) {
		return false
	}
	if b.labels == nil {
		b.labels = &likeness{of: map[[2]rune][]int{}}
		for _, v := range b.tables {
			for _, u := range v.units {
				for _, name := range u.names {
					b.labels.add(string(name))
				}
			}
		}
	}
	return b.labels.most(text) < alikeLabel
}

// isLike reports whether a numbered line is similar to a heading of the form.
func (b *binder) isLike(text string) bool {
	if len(text) > 4*longestHeading || b.numberOf(text) == "" {
		return false
	}
	if b.headings == nil {
		b.headings = &likeness{of: map[[2]rune][]int{}}
		for name := range b.heads {
			b.headings.add(name)
		}
	}
	return b.headings.most(text) >= alikeAlone
}

// pairs is the set of pairs of adjacent characters in a text.
type pairs map[[2]rune]bool

// alike returns the similarity to the most similar of the names, from 0 to 1: the
// Dice coefficient of the two sets of pairs.
func (p pairs) alike(names []pairs) (most float64) {
	for _, name := range names {
		both := 0
		for pair := range p {
			if name[pair] {
				both++
			}
		}
		most = max(most, float64(2*both)/float64(max(1, len(p)+len(name))))
	}
	return most
}

func pairsOf(text string) pairs {
	list := pairs{}
	last := rune(-1)
	for _, r := range text {
		if last >= 0 {
			list[[2]rune{last, r}] = true
		}
		last = r
	}
	return list
}

// likeness finds how similar a text is to the most similar of many names, without
// comparing it with each: a document may have thousands of texts.
type likeness struct {
	of    map[[2]rune][]int // the names that have the pair
	sizes []int             // by name: how many pairs it has
}

func (x *likeness) add(name string) {
	words := pairsOf(name)
	for pair := range words {
		x.of[pair] = append(x.of[pair], len(x.sizes))
	}
	x.sizes = append(x.sizes, len(words))
}

// most returns the greatest similarity of the text, as pairs.alike has it.
func (x *likeness) most(text string) (most float64) {
	words := pairsOf(form.Normalise(text))
	both := map[int]int{}
	for pair := range words {
		for _, name := range x.of[pair] {
			both[name]++
		}
	}
	for name, n := range both {
		most = max(most, float64(2*n)/float64(max(1, len(words)+x.sizes[name])))
	}
	return most
}
