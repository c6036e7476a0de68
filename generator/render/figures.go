package render

import (
	"html/template"
	"strings"

	"annals/generator/chart"
	"annals/generator/site"
)

// chart draws a chart, with its numbers as a table.
func (r *Renderer) chart(c site.Chart) template.HTML {
	words := chart.Words{Numbers: r.words.in("chart-numbers", r.tag), Part: r.words.in("part", r.tag),
		Number: r.words.in("number", r.tag), Share: r.words.in("share", r.tag), None: r.words.in("no-number", r.tag)}
	bars := make([]chart.Bar, len(c.Bars))
	for i, b := range c.Bars {
		bars[i] = chart.Bar{Label: b.Label, N: b.N, Known: b.Known, Text: b.Text, Share: b.Share}
	}
	return trusted(chart.AppendBars(make([]byte, 0, 4096), "chart-"+c.ID, c.Title, words, bars))
}

// trend draws a figure through the years. Its numbers stand in the table of
// the years on the same page.
func (r *Renderer) trend(t site.Trend) template.HTML {
	points := make([]chart.Point, len(t.Points))
	for i, p := range t.Points {
		points[i] = chart.Point{Year: p.Year, N: p.N, Known: p.Known, Text: p.Text, Break: p.Break}
	}
	id := "trend-" + strings.NewReplacer(".", "-", "_", "-").Replace(t.ID)
	label := t.Label
	if t.Unit != "" {
		label += " (" + t.Unit + ")"
	}
	return trusted(chart.AppendTrend(make([]byte, 0, 4096), id, label, r.words.in("break-title", r.tag), r.words.in("no-number", r.tag), points))
}
