package render

import (
	"slices"
	"strconv"
	"strings"

	"annals/generator/site"
)

// What stands at a mark on the page of an agency, and is no text.
const (
	slotTrend   = slotPart               // + index of the trend
	slotValues  = slotTrend + mostSlots  // + index of the year
	slotWord    = slotValues + mostSlots // + number of the text that is a key among the words
	slotDataset = slotWord + mostSlots
)

// plainAgency reports whether a page has nothing but what shapes know: it is
// that of an agency without others below it.
func plainAgency(p *site.AgencyPage) bool {
	return len(p.Children)+len(p.Rollups)+len(p.Parts)+len(p.Meta) == 0 && p.Body == nil && p.Coverage == "" &&
		max(len(p.Trends), len(p.Years)) <= mostSlots
}

// agencyTexts lists the texts of a page, as reportTexts does.
func agencyTexts(p *site.AgencyPage, visit func(s *string, address bool)) {
	visit(&p.Window, false)
	visit(&p.Description, false)
	visit(&p.Canonical, true)
	visit(&p.Name, false)
	visit(&p.Short, false)
	for i := range p.FormerNames {
		visit(&p.FormerNames[i], false)
	}
	if p.Parent != nil {
		visit(&p.Parent.Href, true)
		visit(&p.Parent.Text, false)
	}
	for i := range p.Crumbs {
		visit(&p.Crumbs[i].Href, true)
		visit(&p.Crumbs[i].Text, false)
	}
	for _, s := range []*string{&p.Contact.Office, &p.Contact.Address, &p.Contact.Postcode, &p.Contact.Phone, &p.Contact.Email} {
		visit(s, false)
	}
	for i := range p.Figures {
		visit(&p.Figures[i].Label, false)
		visit(&p.Figures[i].Unit, false)
	}
	for i := range p.Years {
		visit(&p.Years[i].Href, true)
		visit(&p.Years[i].Date, false)
		if p.Years[i].Filing != site.NotExpected.Name() { // of which the layout says nothing
			visit(&p.Years[i].Filing, false)
		}
	}
}

// agencyPage appends the page of an agency by its shape. It is false where the
// page has none.
func (r *Renderer) agencyPage(b []byte, o *outline, p *site.AgencyPage) ([]byte, bool, error) {
	if r.shapes == nil || !plainAgency(p) {
		return b, false, nil
	}
	o.begin("agency")
	o.name(p.AgencyKind)
	o.flags(p.Reporting, p.Breaks, p.Parent != nil)
	for _, n := range [...]int{len(p.FormerNames), len(p.Crumbs), len(p.Figures), len(p.Trends), p.ChildCount, p.Part} {
		o.number(n)
	}
	for i := range p.Years {
		o.number(p.Years[i].Year)
		o.flags(p.Years[i].Filing != site.NotExpected.Name(), len(p.Years[i].Values) > 0)
	}
	agencyTexts(p, o.text)
	if !o.safe {
		return b, false, nil
	}
	s, err := r.shape(o, r.kinds[p.Kind], func() any { return markedAgency(p) })
	if s == nil || err != nil {
		return b, false, err
	}
	b, err = s.fill(b, o, p.Root, func(b []byte, n int) ([]byte, error) {
		switch {
		case n < slotValues:
			return r.appendTrend(b, p.Trends[n-slotTrend]), nil
		case n < slotWord:
			return r.appendValues(b, p.Years[n-slotValues].Values), nil
		case n < slotDataset:
			return appendEscaped(b, r.words.in(o.texts[n-slotWord], r.tag)), nil
		}
		return r.appendDataset(b, p)
	})
	return b, true, err
}

// markedAgency is a page like p with marks for its texts.
func markedAgency(p *site.AgencyPage) *site.AgencyPage {
	x := *p
	x.Path = shapeMark
	if p.Parent != nil {
		parent := *p.Parent
		x.Parent = &parent
	}
	x.FormerNames, x.Crumbs, x.Figures = slices.Clone(p.FormerNames), slices.Clone(p.Crumbs), slices.Clone(p.Figures)
	x.Years = slices.Clone(p.Years)
	agencyTexts(&x, marker())
	for i := range x.Years {
		if len(x.Years[i].Values) > 0 {
			x.Years[i].Values = []site.Value{{Text: slot(slotValues + i)}}
		}
	}
	x.Trends = make([]site.Trend, len(p.Trends))
	for i := range x.Trends {
		x.Trends[i].ID = slot(slotTrend + i)
	}
	return &x
}

// markedWord is the mark of the word whose key is a text's mark.
func markedWord(key string) (string, bool) {
	digits, ok := strings.CutPrefix(key, shapeMark)
	if !ok {
		return "", false
	}
	n, err := strconv.Atoi(strings.TrimSuffix(digits, shapeMarkEnd))
	return slot(slotWord + n), err == nil
}
