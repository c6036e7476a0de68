package render

import (
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

// idSigns are those of a figure's id that are not usual in the id of an element.
var idSigns = strings.NewReplacer(".", "-", "_", "-")

// trend draws a figure through the years. Its numbers stand in the table of
// the years on the same page.
func (x *run) trend(t site.Trend) error {
	var keep [16]chart.Point
	points := keep[:0]
	for _, p := range t.Points {
		points = append(points, chart.Point{Year: p.Year, N: p.N, Known: p.Known, Text: p.Text, Break: p.Break})
	}
	label := t.Label
	if t.Unit != "" {
		label += " (" + t.Unit + ")"
	}
	x.b = chart.AppendTrend(x.b, "trend-"+idSigns.Replace(t.ID), label, x.r.words.in("break-title", x.r.tag), x.r.words.in("no-number", x.r.tag), points)
	return nil
}
