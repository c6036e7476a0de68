package site

import (
	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/lang"
)

// Chart is a picture of numbers, with the numbers.
type Chart struct {
	ID    string
	Title string
	Note  string // says what the chart leaves out; "" where nothing is missing
	Bars  []Bar
}

// Bar is one part of a chart.
type Bar struct {
	Label string
	N     int64
	Known bool // false where a number is missing; N then means nothing
	Text  string
	Share string // of the sum of all parts, as a percentage
}

// newChart makes a chart of sums, one for each part.
func newChart(c *form.Chart, tag lang.Tag, sum func(cells []int) Sum) Chart {
	x := Chart{ID: c.ID, Title: c.Label.In(tag), Bars: make([]Bar, len(c.Parts))}
	all, complete := int64(0), true
	for i, p := range c.Parts {
		s := sum(p.Cells)
		b := Bar{Label: p.Label.In(tag), N: s.N, Known: s.OK()}
		if b.Known {
			b.Text = form.Count.Grouped(s.N)
			all += s.N
		} else {
			complete = false
		}
		x.Bars[i] = b
	}
	if complete {
		for i := range x.Bars {
			x.Bars[i].Share = Share(x.Bars[i].N, all)
		}
	}
	return x
}

// Empty reports whether there is nothing to draw.
func (c Chart) Empty() bool {
	for _, b := range c.Bars {
		if b.Known && b.N != 0 {
			return false
		}
	}
	return true
}

// reportCharts are the charts of one report. A part with an unknown cell is
// unknown.
func reportCharts(r *archive.Report, tag lang.Tag) []Chart {
	list := make([]Chart, 0, len(r.Form.Charts))
	for _, c := range r.Form.Charts {
		x := newChart(c, tag, func(cells []int) Sum {
			var s Sum
			for _, n := range cells {
				if n >= len(r.Facts) || !r.Facts[n].Known() {
					return Sum{Unknown: 1}
				}
				s.AddSum(Sum{N: r.Facts[n].Value, Known: 1})
			}
			return s
		})
		if !x.Empty() {
			list = append(list, x)
		}
	}
	return list
}
