package bind

import "annals/generator/form"

// splitGrids splits the grids that hold several tables of the form one below
// the other, as in a workbook or a CSV file.
func (b *binder) splitGrids() {
	var blocks []*block
	for _, k := range b.blocks {
		if k.grid == nil {
			blocks = append(blocks, k)
			continue
		}
		blocks = append(blocks, b.parts(k)...)
	}
	b.blocks = blocks
}

// parts splits a grid before each row that belongs to another table than the
// rows before it.
func (b *binder) parts(k *block) []*block {
	var parts []*block
	var current *form.Table
	for _, row := range k.rows {
		t := b.tableOf(row)
		if len(parts) == 0 || t != nil && current != nil && t != current {
			parts = append(parts, &block{grid: k.grid})
		}
		if t != nil {
			current = t
		}
		last := parts[len(parts)-1]
		last.rows = append(last.rows, row)
	}
	return parts
}

// tableOf returns the table to which a row belongs: the only one that has some of
// the row's labels. It returns nil if there is none or more than one.
func (b *binder) tableOf(row []*Piece) *form.Table {
	var table *form.Table
	for _, p := range row {
		text := string(p.fold())
		if text == "" || b.isValue(p.Text) {
			continue
		}
		var only *form.Table
		count := 0
		for _, t := range b.Form.Tables {
			if b.tables[t].words[text] {
				only, count = t, count+1
			}
		}
		switch {
		case count != 1:
		case table != nil && table != only:
			return nil
		default:
			table = only
		}
	}
	return table
}
