// Package prose is the text of a report as rules about words read it: divided
// into parts, sentences and clauses, in one spelling, each stretch with its
// place in the file.
//
//	text := prose.Of(report)
//	for _, part := range text.Parts {             // part.ID: preface, overview, …
//		for _, s := range part.Sentences {
//			words := text.In(s.Stretch)               // 全年收到申请1,024件,办结1,000件。
//			if i := strings.Index(words, "1,024"); i >= 0 {
//				number := prose.Stretch{From: s.From + i, To: s.From + i + 5}
//				text.Place(number)                      // file, line and column of the number
//				text.Raw(number)                        // １，０２４: as the file spells it
//			}
//		}
//	}
//
// The spelling is one width and one form of every character (NFKC), without
// white space but between Latin words and figures, and without invisible
// characters. So a full-width comma is ",", a full-width colon ":", a
// full-width bracket "(", while the Chinese full stop, the pause mark and
// quotation marks stay. What NFKC would write as several characters or as a
// digit stays as well: a circled 1 before an item is no figure.
//
// A sentence ends at the marks of the form's language (locale.Prose) and at the
// end of a paragraph, heading, item or cell; a clause ends at marks within it. A
// comma between groups of digits, a point between digits and a colon between
// digits end nothing. A line break within a paragraph is white space.
//
// Making it costs time in the length of the text and a few allocations. It is made
// once for a report; all rules about text share it, and only read it.
package prose

import (
	"sort"
	"unicode/utf8"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/form"
	"annals/generator/source"
)

// Text is the prose of a report.
type Text struct {
	Norm  string // all of it, in one spelling; parts and lines are set apart by \n
	Parts []Part // in the order of the file

	body  *content.Body
	marks []mark
}

// Part is what stands below a heading of level two, or before the first one.
type Part struct {
	// ID is that of the form's section, form.PrefaceID for what stands before
	// the first heading, and "" where the heading is none of the form's.
	ID      string
	Heading string // as content.Section has it; "" for the preface
	Stretch
	Sentences []Sentence
}

// Sentence is a sentence with the mark that ends it.
type Sentence struct {
	Stretch
	Heading bool      // the line is a heading of level three or deeper
	Clauses []Stretch // each with the mark that ends it; together they are the sentence
}

// Stretch is a stretch of Text.Norm: offsets in bytes, the end exclusive. It begins
// and ends between characters.
type Stretch struct{ From, To int }

// mark says that the characters of Norm from an offset on are read from an
// offset of the file on, byte for byte until the next mark.
type mark struct{ norm, file int32 }

// Of returns the prose of a report. There is none where the prose is not the
// document's own (text: summary): then the text has no parts.
func Of(r *archive.Report) *Text {
	if r.Summary || r.Body == nil {
		return &Text{}
	}
	return Read(r.Body, r.Form)
}

// Read returns the prose of a body, whose headings are those of the form.
func Read(body *content.Body, f *form.Form) *Text {
	size := len(body.Source) - body.Start
	w := writer{marks: make([]mark, 0, size/24)} // punctuation, which takes fewer bytes than in the file, is that dense
	w.norm.Grow(size)
	t := &Text{body: body, Parts: make([]Part, 0, len(body.Sections))}
	run := w.run
	for i := range body.Sections {
		s := &body.Sections[i]
		p := Part{ID: form.PrefaceID, Heading: s.Heading}
		if s.Heading != "" {
			p.ID = ""
			if section, _, ok := f.Section(s.Heading); ok {
				p.ID = section.ID
			}
		}
		p.From = w.norm.Len()
		w.lines = w.lines[:0]
		body.Runs(s.Blocks, run)
		w.end(false)
		p.To = w.norm.Len()
		p.Sentences = divide(w.norm.String(), w.lines, f.Language.Prose)
		t.Parts = append(t.Parts, p)
	}
	t.Norm, t.marks = w.norm.String(), w.marks
	return t
}

// In returns the text of a stretch in the one spelling.
func (t *Text) In(s Stretch) string { return t.Norm[s.From:s.To] }

// Place returns where a stretch stands in the file.
func (t *Text) Place(s Stretch) source.Place {
	from, to := t.offsets(s)
	return t.body.Span(from, to).In(t.body.File)
}

// Raw returns a stretch as the file spells it, with the marks of Markdown and
// white space that stand within it.
func (t *Text) Raw(s Stretch) string {
	from, to := t.offsets(s)
	return string(t.body.Source[from:to])
}

// offsets returns the stretch of the file.
func (t *Text) offsets(s Stretch) (from, to int) {
	from = t.offset(s.From)
	if s.From >= s.To {
		return from, from
	}
	_, size := utf8.DecodeLastRuneInString(t.Norm[s.From:s.To])
	to = t.offset(s.To - size)
	_, size = utf8.DecodeRune(t.body.Source[to:])
	return from, max(from, to+size)
}

// offset returns where a character of Norm begins in the file.
func (t *Text) offset(norm int) int {
	i := sort.Search(len(t.marks), func(i int) bool { return int(t.marks[i].norm) > norm }) - 1
	if i < 0 {
		return t.body.Start
	}
	m := t.marks[i]
	return min(int(m.file)+norm-int(m.norm), len(t.body.Source))
}
