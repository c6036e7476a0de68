package bind

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"annals/generator/importer/draft"
)

// leastLine is the least width of a line that was broken by a layout. Widths are
// counted in Latin letters, two for each Chinese character.
const leastLine = 36

// pageNumber is a page's number that nothing marks as one.
var pageNumber = regexp.MustCompile(`^[0-9]{1,3}$`)

// proseLine is a line of a section's text.
type proseLine struct {
	block   int // of the section
	piece   *Piece
	width   int
	ended   bool  // a sentence ends with it
	item    bool  // a number or a mark begins it
	follows bool  // nothing but numbers of pages is between it and the line before
	pages   []int // the blocks of these
	joined  bool  // it is of the same paragraph as the line before
}

// Unwrap joins the lines of text into paragraphs if the layout of the document
// broke them, as in text that was copied from a PDF file. Such a line does not end
// a sentence, is about as wide as the others of its kind, and no line is wider.
func (b *Bound) Unwrap() {
	if len(b.Pieces) > 0 && b.Pieces[0].At.Page > 0 {
		return // the places on its pages tell which lines are one paragraph
	}
	sections := make([][]proseLine, len(b.Prose))
	var widths []int // of the lines that seem to go on in the next
	for i, s := range b.Prose {
		lines := b.proseLines(s.Blocks)
		for k := range lines {
			if k > 0 && lines[k].follows && !lines[k-1].ended && !lines[k].item && lines[k-1].width >= leastLine {
				widths = append(widths, lines[k-1].width)
			}
		}
		sections[i] = lines
	}
	if len(widths) == 0 {
		return
	}
	slices.Sort(widths)
	usual := widths[len(widths)/2]
	var first *Piece
	broken, paragraphs := 0, 0
	for i := range b.Prose {
		joinLines(sections[i], usual)
		more, in := b.Prose[i].join(sections[i])
		broken, paragraphs = broken+more, paragraphs+in
		if k := slices.IndexFunc(sections[i], func(l proseLine) bool { return l.joined }); first == nil && k > 0 {
			first = sections[i][k-1].piece
		}
	}
	if first != nil {
		(&binder{Bound: b}).report("import-read/wrapped", first, "count", broken, "paragraphs", paragraphs)
	}
}

// proseLines returns the lines of text of a section, without numbers of pages.
func (b *Bound) proseLines(blocks []Block) (list []proseLine) {
	in := &b.Form.Language.Document
	follows := false
	var pages []int
	for i, k := range blocks {
		switch {
		case k.Piece == nil:
			follows, pages = false, nil
		case follows && pageNumber.MatchString(k.Piece.Text):
			pages = append(pages, i)
		default:
			text := k.Piece.Text
			list = append(list, proseLine{block: i, piece: k.Piece, width: width(text), ended: in.Ended.Regexp().MatchString(text),
				item: in.Item.Regexp().MatchString(text), follows: follows, pages: pages})
			follows, pages = true, nil
		}
	}
	return list
}

// joinLines marks the lines that are of the same paragraph as the line before.
// usual is the width of lines that a layout broke. If the section has wider lines,
// its text was not broken.
func joinLines(lines []proseLine, usual int) {
	if slices.ContainsFunc(lines, func(l proseLine) bool { return l.width*10 > usual*13 }) {
		return
	}
	full := func(l *proseLine) bool { return l.width*20 >= usual*17 }
	for i := 1; i < len(lines); i++ {
		last, l := &lines[i-1], &lines[i]
		from, to := last.piece.At, l.piece.At
		switch {
		case !l.follows || l.item || !full(last) || !l.ended && !full(l):
		case to.Column > from.Column+1: // the first line of a paragraph is indented
		case last.ended:
			l.joined = last.width >= usual && len(l.pages) == 0 && to.Line <= from.Line+1
		default:
			l.joined = true
		}
	}
}

// join makes paragraphs of the lines, and returns how many lines were joined to
// others, and into how many paragraphs. The numbers of pages between them go to
// the margin.
func (s *Prose) join(lines []proseLine) (broken, paragraphs int) {
	head := 0
	for i, l := range lines {
		if !l.joined {
			head = l.block
			continue
		}
		if broken++; !lines[i-1].joined {
			paragraphs++
		}
		to := &s.Blocks[head]
		to.Rest = append(to.Rest, l.piece)
		s.Blocks[l.block].Piece = nil
		for _, n := range l.pages {
			s.Blocks[n].Piece.Use, s.Blocks[n].Piece.Role = Loose, draft.Margin
			s.Blocks[n].Piece = nil
		}
	}
	s.Blocks = slices.DeleteFunc(s.Blocks, func(k Block) bool { return k.Piece == nil && k.Rows == nil })
	return broken, paragraphs
}

// Scattered reports whether a text without tables has many numbers that could not
// be placed, as where the rows and columns of a PDF file's tables came apart.
func (b *Bound) Scattered() bool {
	lost := 0
	for _, p := range b.Pieces {
		if p.grid != nil || p.At.Line == 0 {
			return false
		}
		if p.Use == Reported && p.Role == draft.Body && b.isValue(p.Text) {
			lost++
		}
	}
	return lost >= 10
}

// width is the width of a text in Latin letters.
func width(text string) (n int) {
	for _, r := range text {
		if n++; r >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// Text is the text of a paragraph. Its lines are joined with a space where both
// sides are Latin.
func (k Block) Text() string {
	var text strings.Builder
	text.WriteString(k.Piece.Text)
	last := k.Piece.Text
	for _, p := range k.Rest {
		if a, b := last[len(last)-1], p.Text[0]; a < utf8.RuneSelf && b < utf8.RuneSelf && !strings.ContainsRune("([-/", rune(a)) && !strings.ContainsRune(")].,;:%", rune(b)) {
			text.WriteByte(' ')
		}
		text.WriteString(p.Text)
		last = p.Text
	}
	return text.String()
}
