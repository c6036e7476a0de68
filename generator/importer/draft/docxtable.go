package draft

// startTable opens a table. A table inside a cell means that the outer one only
// lays out the page: the texts of its cells become paragraphs, in the document's
// order.
func (w *word) startTable() {
	if g := w.table(); g != nil {
		if !g.outer {
			w.flatten(g)
		}
		w.flattenCell(g)
		g.outer = true
	}
	w.grids = append(w.grids, &wordGrid{above: map[int]*Cell{}})
}

// flatten turns the rows read so far of a table that only lays out the page into
// paragraphs.
func (w *word) flatten(g *wordGrid) {
	for _, row := range append(g.rows, g.row) {
		for _, c := range row {
			w.add(c.Text, w.role, c.At)
		}
	}
	g.rows, g.row = nil, nil
}

func (w *word) flattenCell(g *wordGrid) {
	if g.cell != nil {
		w.add(g.cell.text.String(), w.role, w.here())
		g.cell.text.Reset()
	}
}

func (w *word) endCell() {
	g := w.table()
	if g == nil || g.cell == nil {
		return
	}
	if g.outer {
		w.flattenCell(g)
		g.cell = nil
		return
	}
	c := g.cell
	g.cell = nil
	text := tidyCell(c.text.String())
	column := g.column
	g.column += c.span
	if c.vmerge == "continue" && g.above[column] != nil {
		g.above[column].RowSpan++
		if text != "" { // Word shows the first cell of a merge only
			w.add(text, Hidden, w.here())
		}
		return
	}
	if len(g.row) >= MaxColumns {
		w.refuse("too-wide", "limit", MaxColumns)
		return
	}
	at := w.here()
	g.row = append(g.row, Cell{Text: text, RowSpan: 1, ColSpan: c.span, Column: column, At: at})
	delete(g.above, column)
	if c.vmerge != "" {
		g.above[column] = &g.row[len(g.row)-1]
	}
}

func (w *word) endTable() {
	g := w.table()
	if g == nil {
		return
	}
	w.grids = w.grids[:len(w.grids)-1]
	switch {
	case g.outer:
	case w.role != Body || w.boxes > 0:
		role := w.role
		if w.boxes > 0 {
			role = Box
		}
		for _, row := range g.rows {
			for _, c := range row {
				w.add(c.Text, role, c.At)
			}
		}
	default:
		for _, row := range g.rows {
			for i := range row {
				row[i].At = Origin{} // grid numbers the rows and cells
			}
		}
		w.grid(g.rows, true, Origin{})
	}
}
