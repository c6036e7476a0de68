package site

import (
	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/lang"
)

// keyFigures is how many figures a report's page begins with: the first of
// those that summaries of its form use.
const keyFigures = 5

// KeyFigure is one of the figures that a report's page begins with.
type KeyFigure struct {
	Cell        string // id of the cell on the page
	Label, Unit string
	Text        string // "" where there is no number
	Change      string // against the year before: +3, −5, 0; "" where one of the two is no number
}

func (x *ReportPage) figures(tag lang.Tag) {
	f := x.Source.Form
	cells := f.Figures[:min(keyFigures, len(f.Figures))]
	x.Figures = make([]KeyFigure, len(cells))
	for i, c := range cells {
		cell := f.Cells[c]
		k := KeyFigure{Cell: cell.ID, Label: cell.Short.In(tag), Unit: cell.Column.Unit.In(tag)}
		if this := at(x.Source.Facts, c); this.Known() {
			k.Text = cell.Column.Type.Grouped(this.Value)
			if last := at(x.Last, c); last.Known() {
				k.Change = change(cell.Column.Type, this.Value-last.Value)
			}
		}
		x.Figures[i] = k
	}
}

func at(facts []archive.Fact, cell int) archive.Fact {
	if cell < len(facts) {
		return facts[cell]
	}
	return archive.Fact{}
}

func change(t form.Type, n int64) string {
	switch {
	case n > 0:
		return "+" + t.Grouped(n)
	case n < 0:
		return "−" + t.Grouped(-n)
	}
	return "0"
}
