package draft

import (
	"errors"

	"annals/generator/importer/layout"
	"annals/generator/importer/pdf"
)

// pdf reads the pages of a PDF.
func (r *reader) pdf(data []byte) {
	pages, err := pdf.Read(data)
	switch {
	case errors.Is(err, pdf.ErrEncrypted):
		r.refuse("pdf-encrypted")
	case errors.Is(err, pdf.ErrTooLarge):
		r.refuse("pdf-too-large", "pages", pdf.MaxPages, "glyphs", pdf.MaxGlyphs)
	case errors.Is(err, pdf.ErrTooSlow):
		r.refuse("pdf-too-slow", "seconds", int(pdf.Limit.Seconds()))
	case errors.Is(err, pdf.ErrDamaged):
		r.refuse("pdf-damaged")
	case err != nil:
		r.refuse("pdf-engine", "problem", err.Error())
	default:
		r.pages(layout.Read(pages, isPageNumber))
	}
}

// pages makes blocks of what the pages hold.
func (r *reader) pages(d *layout.Document) {
	for _, b := range d.Blocks {
		if r.full() {
			return
		}
		if b.Table != nil {
			r.printed(b)
			continue
		}
		r.paras++
		at := Origin{Page: b.Page, Paragraph: r.paras}
		role := Body
		switch {
		case b.Edge:
			role = Margin
		case b.Lines[0].Hidden:
			role = Hidden
		}
		if text := layout.Join(b.Lines); r.countText(len(text)) {
			r.add(text, role, at)
		}
	}
	if len(r.Blocks) == 0 && len(d.Scans) > 0 {
		r.refuse("pdf-scan")
		return
	}
	for _, n := range d.Scans {
		r.Pictures++
		r.warn("scan", Origin{Page: n})
	}
	for _, n := range d.Recognised {
		r.warn("recognised", Origin{Page: n})
	}
}

// printed adds a table of printed pages.
func (r *reader) printed(b layout.Block) {
	var rows [][]Cell
	for i, cells := range b.Table.Rows {
		var row []Cell
		for j, c := range cells {
			if !r.countCell(len(c.Text)) {
				return
			}
			row = append(row, Cell{
				Text: tidyCell(c.Text), RowSpan: c.RowSpan, ColSpan: c.ColSpan, Column: c.Column,
				At: Origin{Page: c.Page, Row: i + 1, Cell: j + 1},
			})
		}
		rows = append(rows, row)
	}
	r.grid(rows, true, Origin{Page: b.Page})
}
