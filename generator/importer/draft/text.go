package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/generator/locale"
)

var (
	ruleLine  = regexp.MustCompile(`^[|+:\-=\s]*-{2,}[|+:\-=\s]*$`) // |---|---| and +---+---+
	mdHeading = regexp.MustCompile(`^#{1,6}\s+`)
)

// text reads a text that was pasted or converted. Lines with tabs, or with
// cells between bars, make a grid; every other line is a paragraph.
func (r *reader) text(text string) {
	var rows [][]Cell
	boxed := false // inside a table drawn with +---+, whose rows may take several lines
	open := false  // the last row goes on in the next line
	flush := func() {
		if len(rows) > 0 {
			r.grid(rows, false, rows[0][0].At)
		}
		rows, boxed, open = nil, false, false
	}
	n := 0
	var feeds []int // lines that begin a page
	for line := range strings.SplitSeq(text, "\n") {
		n++
		if strings.Contains(line, "\f") {
			feeds = append(feeds, n)
		}
		if r.full() {
			return
		}
		if strings.Count(line, fullBar) > 1 {
			line = strings.ReplaceAll(line, fullBar, "|")
		}
		bare := strings.TrimSpace(line)
		switch {
		case len(rows) > 0 && strings.Trim(bare, "|") == "" && strings.ContainsAny(line, "\t|"):
			cells := tabCells(line, n)
			if bare != "" {
				cells = barCells(line, n)
			}
			if len(cells) == len(rows[len(rows)-1]) && r.row(line, "|\t") {
				rows, open = append(rows, cells), false // of empty cells
			}
		case bare == "":
			flush()
		case strings.Trim(bare, "|") == "":
			// a line of bars parts the rows of a table that has one cell a line
		case len(rows) == 0 && !boxed && isLone(bare):
			bar := strings.IndexByte(line, '|')
			r.textLine(line[:bar]+" "+line[bar+1:], n)
		case ruleLine.MatchString(bare) && strings.ContainsAny(bare, "|+"):
			boxed = boxed || strings.Contains(bare, "+")
			open = false
		case strings.HasPrefix(bare, "|") || strings.Count(bare, "|") > 1:
			if !r.row(line, "|") {
				return
			}
			cells := barCells(line, n)
			if boxed && open {
				joinCells(rows[len(rows)-1], cells)
				continue
			}
			rows, open = append(rows, cells), true
		case strings.Contains(line, "\t") && !indented(line):
			if !r.row(line, "\t") {
				return
			}
			rows = append(rows, tabCells(line, n))
		default:
			flush()
			r.textLine(line, n)
		}
	}
	flush()
	r.margins(feeds)
}

// row counts the cells of a line before they are made, and reports whether the
// document is still within the limits.
func (r *reader) row(line, between string) bool {
	n := 0
	for _, b := range []byte(between) {
		n += strings.Count(line, string(b))
	}
	if n > MaxColumns+1 && strings.Trim(line, between+" ") != "" {
		r.refuse("too-wide", "limit", MaxColumns)
	}
	r.cells += n
	return r.countCell(len(line))
}

// fullBar is a bar as wide as a Chinese character.
const fullBar = string(rune('|' + 0xfee0))

// isLone reports whether a line is one cell of a table that has a bar before or
// behind each cell, and each on a line of its own.
func isLone(line string) bool {
	return strings.Count(line, "|") == 1 && (strings.HasPrefix(line, "|") || strings.HasSuffix(line, "|"))
}

// indented reports whether the tabs of a line only indent a line of prose.
func indented(line string) bool {
	rest := strings.TrimLeftFunc(line, unicode.IsSpace)
	return !strings.Contains(rest, "\t") && utf8.RuneCountInString(rest) > 40
}

func (r *reader) textLine(line string, n int) {
	column := utf8.RuneCountInString(line[:len(line)-len(strings.TrimLeftFunc(line, unicode.IsSpace))]) + 1
	if !r.countText(len(line)) {
		return
	}
	tidy := Tidy(line)
	role := Body
	if isPageNumber(tidy) {
		role = Margin
	}
	r.add(mdHeading.ReplaceAllString(tidy, ""), role, Origin{Line: n, Column: column})
}

// isPageNumber reports whether a line is only a page number, in any language.
func isPageNumber(line string) bool {
	return slices.ContainsFunc(locale.All(), func(l *locale.Locale) bool { return l.Document.PageNumber.Regexp().MatchString(line) })
}

func tabCells(line string, n int) []Cell {
	var cells []Cell
	column := 1
	for i, text := range strings.Split(line, "\t") {
		cells = append(cells, textCell(text, i, n, column))
		column += utf8.RuneCountInString(text) + 1
	}
	return cells
}

// escapedBar replaces \| while a line is split at its bars, and becomes a bar in
// the text of the cell. It has two characters, as \| has, so that the columns of
// the cells behind it are right.
const escapedBar = "\x00\x00"

func barCells(line string, n int) []Cell {
	start := len(line) - len(strings.TrimLeft(line, " \t"))
	column := utf8.RuneCountInString(line[:start]) + 1
	line = strings.TrimRight(line[start:], " \t")
	if strings.HasPrefix(line, "|") {
		line, column = line[1:], column+1
	}
	line = strings.TrimSuffix(line, "|")
	var cells []Cell
	for i, text := range strings.Split(strings.ReplaceAll(line, `\|`, escapedBar), "|") {
		cells = append(cells, textCell(text, i, n, column))
		column += utf8.RuneCountInString(text) + 1
	}
	return cells
}

func textCell(text string, i, line, column int) Cell {
	lead := utf8.RuneCountInString(text) - utf8.RuneCountInString(strings.TrimLeftFunc(text, unicode.IsSpace))
	return Cell{
		Text: strings.Trim(Tidy(strings.ReplaceAll(text, escapedBar, "|")), "*"), RowSpan: 1, ColSpan: 1, Column: i,
		At: Origin{Line: line, Column: column + lead},
	}
}

// joinCells appends the cells of a further line to those of the row, in a table
// drawn with +---+.
func joinCells(row, more []Cell) {
	for i := range min(len(row), len(more)) {
		row[i].Text += more[i].Text
	}
}

// grid adds a table, unless all its cells are empty.
func (r *reader) grid(rows [][]Cell, exact bool, at Origin) {
	r.tables++
	filled := false
	for i, row := range rows {
		if len(row) > MaxColumns {
			r.refuse("too-wide", "limit", MaxColumns)
			return
		}
		for j := range row {
			c := &row[j]
			c.At.Table, c.At.Sheet = r.tables, at.Sheet
			if c.At.Row == 0 {
				c.At.Row, c.At.Cell = i+1, j+1
			}
			if strings.ContainsAny(c.Text, marks) {
				r.unmarkCell(c)
			}
			filled = filled || c.Text != ""
			if len(c.Text) > MaxCell {
				r.refuse("cell-too-long", "limit", MaxCell)
				return
			}
		}
	}
	switch {
	case len(rows) > MaxRows:
		r.refuse("too-long", "limit", MaxRows)
	case filled:
		at.Table = r.tables
		r.Blocks = append(r.Blocks, Block{Grid: &Grid{Rows: rows, Exact: exact, At: at}, In: r.in})
	}
}
