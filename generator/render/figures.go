package render

import (
	"html/template"
	"strings"

	"annals/generator/chart"
	"annals/generator/site"
)

// chart draws a chart, with its numbers as a table.
func (r *Renderer) chart(c site.Chart) template.HTML {
	if strings.HasPrefix(c.ID, shapeMark) {
		return trusted([]byte(c.ID))
	}
	return trusted(r.appendChart(nil, c))
}

func (r *Renderer) appendChart(b []byte, c site.Chart) []byte {
	words := chart.Words{Numbers: r.words.in("chart-numbers", r.tag), Part: r.words.in("part", r.tag),
		Number: r.words.in("number", r.tag), Share: r.words.in("share", r.tag), None: r.words.in("no-number", r.tag)}
	var keep [16]chart.Bar
	bars := keep[:0]
	for _, x := range c.Bars {
		bars = append(bars, chart.Bar{Label: x.Label, N: x.N, Known: x.Known, Text: x.Text, Share: x.Share})
	}
	return chart.AppendBars(b, "chart-"+c.ID, c.Title, words, bars)
}

// trend draws a figure through the years. Its numbers stand in the table of
// the years on the same page.
func (r *Renderer) trend(t site.Trend) template.HTML {
	if strings.HasPrefix(t.ID, shapeMark) {
		return trusted([]byte(t.ID))
	}
	return trusted(r.appendTrend(make([]byte, 0, 4096), t))
}

// idSigns are those of a figure's id that are not usual in the id of an element.
var idSigns = strings.NewReplacer(".", "-", "_", "-")

func (r *Renderer) appendTrend(b []byte, t site.Trend) []byte {
	var keep [16]chart.Point
	points := keep[:0]
	for _, p := range t.Points {
		points = append(points, chart.Point{Year: p.Year, N: p.N, Known: p.Known, Text: p.Text, Break: p.Break})
	}
	label := t.Label
	if t.Unit != "" {
		label += " (" + t.Unit + ")"
	}
	return chart.AppendTrend(b, "trend-"+idSigns.Replace(t.ID), label, r.words.in("break-title", r.tag), r.words.in("no-number", r.tag), points)
}
