package draft

import (
	"path"
	"strconv"
	"strings"
)

// docx reads a document of WordprocessingML. Its relations to other parts are not
// followed: the parts that hold text are known by their names.
func (r *reader) docx(p parts) {
	styles := r.readStyles(p)
	body := &word{reader: r, role: Body, styles: styles}
	if !body.read(p, "word/document.xml") {
		return
	}
	for _, name := range p.matching("word/") {
		role, ok := marginRole(path.Base(name))
		if !ok {
			continue
		}
		margin := &word{reader: r, role: role, styles: styles}
		if !margin.read(p, name) {
			return
		}
	}
	r.coreTitle(p)
}

// marginRole returns the role of the text in a part other than the body, by the
// part's base name.
func marginRole(base string) (role Role, ok bool) {
	switch {
	case strings.HasPrefix(base, "header"), strings.HasPrefix(base, "footer"):
		return Margin, true
	case strings.HasPrefix(base, "footnotes"), strings.HasPrefix(base, "endnotes"), base == "comments.xml":
		return Footnote, true
	}
	return Body, false
}

// coreTitle takes the title from the document's properties.
func (r *reader) coreTitle(p parts) {
	in := false
	r.parse(p, "docProps/core.xml", func(e element) bool {
		in = e.name == "title"
		return true
	}, func(s string) {
		if s = Tidy(s); in && s != "" && len(r.Titles) < MaxTitles {
			r.Titles = append(r.Titles, s)
		}
	}, func(string) { in = false })
}

// word reads one part with text.
type word struct {
	*reader
	role   Role
	styles wordStyles
	open   []*wordParagraph // paragraphs that are open; those of text boxes are nested
	grids  []*wordGrid      // tables that are open
	dels   int              // open elements of deleted or moved text
	boxes  int              // open text boxes
	stack  []string
}

type wordParagraph struct {
	text     strings.Builder
	gone     strings.Builder // deleted
	hidden   strings.Builder
	numbered bool
	base     look // of its style
	look     look // of the current run
}

type wordGrid struct {
	rows   [][]Cell
	row    []Cell
	column int
	cell   *wordCell
	above  map[int]*Cell // by column: the cell that a vertical merge continues
	outer  bool          // holds a table itself: it is there for the layout
}

type wordCell struct {
	text   strings.Builder
	span   int
	vmerge string
}

func (w *word) read(p parts, name string) bool {
	return w.parse(p, name, w.start, w.chars, w.end)
}

func (w *word) paragraph() *wordParagraph {
	if len(w.open) == 0 {
		return nil
	}
	return w.open[len(w.open)-1]
}

func (w *word) table() *wordGrid {
	if len(w.grids) == 0 {
		return nil
	}
	return w.grids[len(w.grids)-1]
}

func (w *word) start(e element) bool {
	switch e.name {
	case "Fallback", "instrText", "delInstrText", "pPrChange", "rPrChange", "tblPrChange", "tcPrChange", "trPrChange":
		return false // holds the same text again, or none
	case "p":
		w.open = append(w.open, &wordParagraph{base: w.styles.paragraph(w.styles.ordinary)})
	case "tbl":
		w.startTable()
	case "tr":
		if g := w.table(); g != nil {
			g.row, g.column = make([]Cell, 0, MaxColumns), 0 // never moves: above points into it
		}
	case "tc":
		if g := w.table(); g != nil && w.countCell(1) {
			g.cell = &wordCell{span: 1}
		}
	case "gridBefore":
		if g := w.table(); g != nil && g.cell == nil {
			g.column += spanOf(e.attr("val"))
		}
	case "gridSpan":
		if g := w.table(); g != nil && g.cell != nil {
			g.cell.span = spanOf(e.attr("val"))
		}
	case "vMerge":
		if g := w.table(); g != nil && g.cell != nil {
			if g.cell.vmerge = e.attr("val"); g.cell.vmerge == "" {
				g.cell.vmerge = "continue"
			}
		}
	case "del", "moveFrom":
		w.dels++
	case "txbxContent":
		w.boxes++
	case "altChunk", "subDoc":
		w.warn("part", w.here())
	case "pic", "OLEObject", "imagedata":
		if w.role == Body {
			w.picture(w.here())
		}
	}
	w.startInline(e)
	w.stack = append(w.stack, e.name)
	return !w.full()
}

// startInline handles the elements within a run of text.
func (w *word) startInline(e element) {
	p := w.paragraph()
	if p == nil {
		return
	}
	switch e.name {
	case "r":
		p.look = p.base
	case "rStyle":
		p.look = w.styles.over(p.look, e.attr("val"))
	case "pStyle":
		p.base = w.styles.paragraph(e.attr("val"))
	case "strike", "dstrike", "vanish", "webHidden", "vertAlign", "position":
		p.look = p.look.with(e)
	case "numPr":
		p.numbered = true
	case "numId":
		p.numbered = p.numbered && e.attr("val") != "0"
	case "tab", "ptab":
		if w.parent() == "r" {
			w.put(" ")
		}
	case "br", "cr":
		w.put("\n")
	case "noBreakHyphen":
		w.put("-")
	case "sym":
		if n, err := strconv.ParseUint(e.attr("char"), 16, 32); err == nil {
			w.put(string(rune(n)))
		}
	}
}

func (w *word) parent() string {
	if len(w.stack) == 0 {
		return ""
	}
	return w.stack[len(w.stack)-1]
}

func (w *word) chars(s string) {
	if in := w.parent(); in == "t" || in == "delText" {
		w.put(s)
	}
}

// put adds text to the paragraph that is open, visible or not.
func (w *word) put(s string) {
	if !w.countText(len(s)) {
		return
	}
	p := w.paragraph()
	switch {
	case p == nil:
	case w.dels > 0 || w.parent() == "delText":
		p.gone.WriteString(s)
	case p.look.hidden:
		p.hidden.WriteString(s)
	default:
		p.text.WriteString(p.look.mark(s))
	}
}

func (w *word) end(name string) {
	if len(w.stack) > 0 {
		w.stack = w.stack[:len(w.stack)-1]
	}
	switch name {
	case "p":
		w.endParagraph()
	case "tc":
		w.endCell()
	case "tr":
		if g := w.table(); g != nil {
			g.rows, g.row = append(g.rows, g.row), nil
			if len(g.rows) > MaxRows {
				w.refuse("too-long", "limit", MaxRows)
			}
		}
	case "tbl":
		w.endTable()
	case "del", "moveFrom":
		w.dels = max(w.dels-1, 0)
	case "txbxContent":
		w.boxes = max(w.boxes-1, 0)
	}
}

// here returns the place in the document that is being read.
func (w *word) here() Origin {
	if g := w.table(); g != nil {
		return Origin{Table: w.tables + 1, Row: len(g.rows) + 1, Cell: len(g.row) + 1}
	}
	return Origin{Paragraph: w.paras + 1}
}

func (w *word) endParagraph() {
	p := w.paragraph()
	if p == nil {
		return
	}
	w.open = w.open[:len(w.open)-1]
	role := w.role
	if w.boxes > 0 {
		role = Box
	}
	at := w.here()
	if g := w.table(); g != nil && g.cell != nil && role == Body {
		if g.cell.text.Len() > 0 {
			g.cell.text.WriteByte('\n')
		}
		g.cell.text.WriteString(p.text.String())
	} else {
		w.paras++
		at = Origin{Paragraph: w.paras}
		w.addParagraph(p, role, at)
	}
	w.add(p.gone.String(), Deleted, at)
	w.add(p.hidden.String(), Hidden, at)
}

func (w *word) addParagraph(p *wordParagraph, role Role, at Origin) {
	n := len(w.Blocks)
	w.add(p.text.String(), role, at)
	for i, b := range w.Blocks[n:] {
		b.Paragraph.Numbered = p.numbered && i == 0
		if role == Body && isPageNumber(b.Paragraph.Text) {
			b.Paragraph.Role = Margin
		}
	}
}

func spanOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 1
	}
	return min(n, MaxSpan)
}
