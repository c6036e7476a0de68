package render

import (
	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/site"
)

// What stands at a mark on the page of a report, and is no text.
const (
	slotTable = slotPart              // + index of the table
	slotProse = slotTable + mostSlots // + index of the section
	slotChart = slotProse + mostSlots // + index of the chart
)

// plainReport reports whether a page has nothing but what shapes know.
func plainReport(p *site.ReportPage) bool {
	if len(p.Faults)+len(p.Accepted)+len(p.Corrections)+len(p.Footnotes)+len(p.Attachments) > 0 || p.SourceHref != "" ||
		max(len(p.Source.Form.Tables), len(p.Sections), len(p.Charts)) > mostSlots {
		return false
	}
	for i := range p.Sections {
		if p.Sections[i].Own {
			return false
		}
	}
	return true
}

// reportTexts lists the texts of a page in a fixed order, and says which of
// them are addresses. It is the one place that knows them all: the page whose
// texts are marks is made with it too.
func reportTexts(p *site.ReportPage, visit func(s *string, address bool)) {
	visit(&p.Title, false)
	visit(&p.Window, false)
	visit(&p.Canonical, true)
	visit(&p.Published, false)
	visit(&p.Citation, false)
	for _, l := range []*site.Link{&p.Agency, &p.YearPage, &p.Origin, p.Previous, p.Next} {
		if l != nil {
			visit(&l.Href, true)
			visit(&l.Text, false)
		}
	}
	for i := range p.Crumbs {
		visit(&p.Crumbs[i].Href, true)
		visit(&p.Crumbs[i].Text, false)
	}
	for i := range p.Meta {
		visit(&p.Meta[i].Content, false)
	}
}

// reportPage appends the page of a report by its shape. It is false where the
// page has none.
func (r *Renderer) reportPage(b []byte, o *outline, p *site.ReportPage) ([]byte, bool, error) {
	if r.shapes == nil || !plainReport(p) {
		return b, false, nil
	}
	o.begin("report")
	o.name(p.Source.Form.ID)
	o.name(p.Filing)
	o.flags(p.CSV != "", p.Last != nil, p.Previous != nil, p.Next != nil)
	for i := range p.Sections {
		o.name(p.Sections[i].ID)
		o.flags(p.Sections[i].Blocks != nil, p.Sections[i].Absent)
	}
	for i := range p.Charts {
		o.name(p.Charts[i].ID)
	}
	for _, m := range p.Meta {
		o.name(m.Name)
	}
	reportTexts(p, o.text)
	if !o.safe {
		return b, false, nil
	}
	s, err := r.shape(o, r.kinds[p.Kind], func() any { return markedReport(p) })
	if s == nil || err != nil {
		return b, false, err
	}
	b, err = s.fill(b, o, p.Root, func(b []byte, n int) ([]byte, error) {
		switch {
		case n < slotProse:
			return r.appendTable(b, p, n-slotTable)
		case n < slotChart:
			return r.appendProse(b, p.Path, p.Source.Body, p.Sections[n-slotProse].Blocks), nil
		}
		return r.appendChart(b, p.Charts[n-slotChart]), nil
	})
	return b, true, err
}

// markedReport is a page like p with marks for its texts.
func markedReport(p *site.ReportPage) *site.ReportPage {
	x := *p
	x.Path = shapeMark // tells the functions of layouts to leave a mark
	x.Source = &archive.Report{Form: p.Source.Form}
	for _, l := range []**site.Link{&x.Previous, &x.Next} {
		if *l != nil {
			c := **l
			*l = &c
		}
	}
	x.Crumbs = append([]site.Link(nil), p.Crumbs...)
	x.Meta = append([]site.Meta(nil), p.Meta...)
	reportTexts(&x, marker())
	x.Sections = append([]site.Section(nil), p.Sections...)
	for i := range x.Sections {
		if x.Sections[i].Blocks != nil {
			x.Sections[i].Blocks = &content.Section{Heading: slot(slotProse + i)}
		}
	}
	x.Charts = make([]site.Chart, len(p.Charts))
	for i := range x.Charts {
		x.Charts[i].ID = slot(slotChart + i)
	}
	return &x
}
