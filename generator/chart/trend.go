package chart

import (
	"strconv"

	"annals/generator/htmltext"
)

// Point is a figure in a year.
type Point struct {
	Year  int
	N     int64
	Known bool
	Text  string
	Break bool // counted differently: not to be joined with any other
}

const (
	trendHeight = 132
	trendTop    = 30 // the line of the largest value
	trendBase   = 104
	trendSide   = 24
	manyYears   = 8 // above it only every second year, or fewer, has a label
)

// AppendTrend appends a figure that draws points of successive years as a
// line. A break is a dashed line between two years.
func AppendTrend(b []byte, id, title, broken, none string, points []Point) []byte {
	b = appendOpen(b, "trend", htmltext.Of(id), htmltext.Of(title), trendHeight)
	most, least := int64(0), int64(0)
	for i, p := range points {
		if i > 0 {
			b = append(b, "; "...)
		}
		value := none
		switch {
		case p.Known:
			value = p.Text
			most, least = max(most, p.N), min(least, p.N)
		case p.Break:
			value = broken
		}
		b = htmltext.Join(b, strconv.Itoa(p.Year), " ", htmltext.Of(value))
	}
	b = append(b, `</desc>`...)
	x := func(i int) int {
		if len(points) == 1 {
			return Width / 2
		}
		return trendSide + i*(Width-2*trendSide)/(len(points)-1)
	}
	y := func(n int64) int {
		if most == least {
			return trendBase
		}
		return trendBase - int(float64(n-least)/float64(most-least)*(trendBase-trendTop)+0.5)
	}
	b = appendLine(b, "axis", 0, trendBase, Width, trendBase)
	step := (len(points) + manyYears - 1) / manyYears
	for i, p := range points {
		if i > 0 {
			q := points[i-1]
			switch {
			case p.Known && q.Known:
				b = appendLine(b, "line", x(i-1), y(q.N), x(i), y(p.N))
			case p.Break != q.Break:
				b = appendLine(b, "break", (x(i-1)+x(i))/2, trendTop-20, (x(i-1)+x(i))/2, trendBase)
			}
		}
		if p.Known {
			b = htmltext.Join(b, `<circle class="dot" r="3" cx="`, strconv.Itoa(x(i)), `" cy="`, strconv.Itoa(y(p.N)), `"/>`)
		}
		if (len(points)-1-i)%max(1, step) != 0 {
			continue
		}
		switch {
		case p.Known:
			b = appendLabel(b, "value", anchor(i, len(points)), edge(x(i), i, len(points)), y(p.N)-8, htmltext.Of(p.Text))
		case p.Break:
			b = appendLabel(b, "label", "middle", x(i), trendBase-8, "≠")
		}
		b = appendLabel(b, "label", "middle", x(i), trendBase+20, strconv.Itoa(p.Year))
	}
	return append(b, `</svg></figure>`...)
}

// The labels of the first and the last point keep within the chart.
func anchor(i, n int) string {
	switch {
	case n == 1 || i > 0 && i < n-1:
		return "middle"
	case i == 0:
		return "start"
	}
	return "end"
}

func edge(x, i, n int) int {
	switch anchor(i, n) {
	case "start":
		return 0
	case "end":
		return Width
	}
	return x
}

func appendLine(b []byte, class string, x1, y1, x2, y2 int) []byte {
	return htmltext.Join(b, `<line class="`, class, `" x1="`, strconv.Itoa(x1), `" y1="`, strconv.Itoa(y1),
		`" x2="`, strconv.Itoa(x2), `" y2="`, strconv.Itoa(y2), `"/>`)
}
