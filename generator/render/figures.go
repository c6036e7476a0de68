package render

import (
	"strconv"
	"strings"

	"annals/generator/chart"
	"annals/generator/site"
)

// chart draws a chart, with its numbers as a table.
func (x *run) chart(c site.Chart) error {
	r := x.r
	words := chart.Words{Numbers: r.words.in("chart-numbers", r.tag), Part: r.words.in("part", r.tag),
		Number: r.words.in("number", r.tag), Share: r.words.in("share", r.tag), None: r.words.in("no-number", r.tag)}
	var keep [16]chart.Bar
	bars := keep[:0]
	for _, b := range c.Bars {
		bars = append(bars, chart.Bar{Label: b.Label, N: b.N, Known: b.Known, Text: b.Text, Share: b.Share})
	}
	x.b = chart.AppendBars(x.b, "chart-"+c.ID, c.Title, words, bars)
	return nil
}

// idSigns replaces the characters of a figure's id that are unusual in the id of an
// element.
var idSigns = strings.NewReplacer(".", "-", "_", "-")

// multiple draws a figure of a branch in the last years.
func (x *run) multiple(m site.Multiple) error {
	var keep [8]chart.Column
	columns := keep[:0]
	for _, p := range m.Points {
		columns = append(columns, chart.Column{Year: p.Year, N: p.N, Known: p.Known, Text: p.Text, Break: p.Break,
			Part: p.Reported < p.Expected, Note: strconv.Itoa(p.Reported) + "/" + strconv.Itoa(p.Expected)})
	}
	x.b = chart.AppendColumns(x.b, "multiple-"+idSigns.Replace(m.ID), label(m.Figure),
		x.r.words.in("break-title", x.r.tag), x.r.words.in("no-number", x.r.tag), columns)
	return nil
}

// label names a figure with its unit.
func label(f site.Figure) string {
	if f.Unit != "" {
		return f.Label + " (" + f.Unit + ")"
	}
	return f.Label
}

// trend draws a figure through the years. Its numbers stand in the table of
// the years on the same page.
func (x *run) trend(t site.Trend) error {
	var keep [16]chart.Point
	points := keep[:0]
	for _, p := range t.Points {
		points = append(points, chart.Point{Year: p.Year, N: p.N, Known: p.Known, Text: p.Text, Break: p.Break})
	}
	x.b = chart.AppendTrend(x.b, "trend-"+idSigns.Replace(t.ID), label(t.Figure), x.r.words.in("break-title", x.r.tag), x.r.words.in("no-number", x.r.tag), points)
	return nil
}
