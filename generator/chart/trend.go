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
	digitWidth  = 8              // at most, of a label's text
	yearWidth   = 4 * digitWidth // of a year
	labelGap    = 6              // between two labels
)

// AppendTrend appends a figure that draws points of successive years as a
// line. A break is a dashed line between two years. Where the labels have no
// room beside each other only every second year, or fewer, has one; the last has.
func AppendTrend(b []byte, id, title, broken, none string, points []Point) []byte {
	b = appendOpen(b, "trend", htmltext.Of(id), htmltext.Of(title), trendHeight)
	most, least, widest := int64(0), int64(0), yearWidth
	for i, p := range points {
		if i > 0 {
			b = append(b, "; "...)
		}
		value := none
		switch {
		case p.Known:
			value = p.Text
			most, least, widest = max(most, p.N), min(least, p.N), max(widest, len(p.Text)*digitWidth)
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
	// What labels need beside each other, and what those at the two ends move inwards.
	room, step := widest+labelGap+max(0, widest-2*trendSide), 1
	for step < len(points)-1 && step*(Width-2*trendSide)/(len(points)-1) < room {
		step++
	}
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
		if (len(points)-1-i)%step != 0 {
			continue
		}
		switch {
		case p.Known:
			b = appendLabel(b, "value", "middle", within(x(i), len(p.Text)*digitWidth), y(p.N)-8, htmltext.Of(p.Text))
		case p.Break:
			b = appendLabel(b, "label", "middle", x(i), trendBase-8, "≠")
		}
		b = appendLabel(b, "label", "middle", x(i), trendBase+20, strconv.Itoa(p.Year))
	}
	return append(b, `</svg></figure>`...)
}

// within returns the middle of a label of some width for the point at x: the
// point itself, or as near to it as the label stays within the chart.
func within(x, width int) int {
	return max(width/2, min(x, Width-width/2))
}

func appendLine(b []byte, class string, x1, y1, x2, y2 int) []byte {
	return htmltext.Join(b, `<line class="`, class, `" x1="`, strconv.Itoa(x1), `" y1="`, strconv.Itoa(y1),
		`" x2="`, strconv.Itoa(x2), `" y2="`, strconv.Itoa(y2), `"/>`)
}
