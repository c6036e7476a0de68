package render

import (
	"fmt"
	"html/template"
	"slices"

	"annals/generator/site"
)

// rows prints the lines of a list of agencies, each by the template year-row
// or coverage-row of the page's own layout. They are most of what the pages
// that span the archive consist of, so that they are made by their shapes.
func (r *Renderer) rows(list any) (template.HTML, error) {
	var b []byte
	var err error
	var o outline
	switch list := list.(type) {
	case []site.YearRow:
		for i := 0; i < len(list) && err == nil; i++ {
			b, err = r.yearRow(b, &o, &list[i])
		}
	case []site.CoverageRow:
		for i := 0; i < len(list) && err == nil; i++ {
			b, err = r.coverageRow(b, &o, &list[i])
		}
	default:
		err = fmt.Errorf("rows: %T is no list of rows", list)
	}
	return trusted(b), err
}

func (r *Renderer) yearRow(b []byte, o *outline, x *site.YearRow) ([]byte, error) {
	o.begin("year-row")
	o.safe = x.More == "" // a branch has numbers
	o.number(x.Year)
	o.number(x.Depth)
	o.flags(x.Filing != site.NotExpected.Name(), len(x.Values) > 0)
	yearRowTexts(x, o.text)
	return r.row(b, site.KindYear, "year-row", x, o, x.Values, func() any {
		y := *x
		yearRowTexts(&y, marker())
		if len(x.Values) > 0 {
			y.Values = []site.Value{{Text: slot(slotValues)}}
		}
		return &y
	})
}

func yearRowTexts(x *site.YearRow, visit func(s *string, address bool)) {
	visit(&x.Href, true)
	visit(&x.Name, false)
	visit(&x.Report, true)
	if x.Filing != site.NotExpected.Name() { // of which the layout says nothing
		visit(&x.Filing, false)
	}
}

func (r *Renderer) coverageRow(b []byte, o *outline, x *site.CoverageRow) ([]byte, error) {
	o.begin("coverage-row")
	o.number(x.Depth)
	for i := range x.Cells {
		c := &x.Cells[i]
		o.safe = o.safe && !c.Branch // which has numbers
		o.flags(c.Filing != site.NotExpected.Name(), c.Corrected, c.Faulty)
	}
	coverageRowTexts(x, o.text)
	return r.row(b, site.KindCoverage, "coverage-row", x, o, nil, func() any {
		y := *x
		y.Cells = slices.Clone(x.Cells)
		coverageRowTexts(&y, marker())
		return &y
	})
}

func coverageRowTexts(x *site.CoverageRow, visit func(s *string, address bool)) {
	visit(&x.Href, true)
	visit(&x.Name, false)
	visit(&x.More, true)
	for i := range x.Cells {
		visit(&x.Cells[i].Href, true)
		visit(&x.Cells[i].Date, false)
		if x.Cells[i].Filing != site.NotExpected.Name() {
			visit(&x.Cells[i].Filing, false)
		}
	}
}

// row appends a line by its shape, or in full where it has none.
func (r *Renderer) row(b []byte, kind site.Kind, name string, row any, o *outline, values []site.Value, marked func() any) ([]byte, error) {
	t := r.kinds[kind].Lookup(name)
	if t == nil {
		return b, fmt.Errorf("rows: %s.html has no template %s", kind, name)
	}
	if r.shapes != nil && o.safe {
		s, err := r.shape(o, t, marked)
		if err != nil {
			return b, err
		}
		if s != nil {
			return s.fill(b, o, rootMark, func(b []byte, n int) ([]byte, error) {
				if n < slotWord {
					return r.appendValues(b, values), nil
				}
				return appendEscaped(b, r.words.in(o.texts[n-slotWord], r.tag)), nil
			})
		}
	}
	html, err := execute(t, row)
	return append(b, html...), err
}
