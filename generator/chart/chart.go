// Package chart draws small charts as inline SVG.
//
// The rules are:
//
//   - Shapes have presentation attributes for their geometry and classes for
//     their looks; there are no style attributes, which a strict policy for
//     styles forbids, and no scripts.
//   - A chart is an image to assistive technology, with a title and a
//     description that holds its numbers.
//   - A number that is not known is not drawn: a gap is not a zero. Points on
//     two sides of a break in a series are never joined.
//   - Coordinates are whole numbers, so that the same numbers give the same
//     bytes on every machine.
//
// A chart is 360 units wide, which is the width of a small phone: it never
// has to be made smaller than its text can be read.
package chart

import (
	"strconv"

	"annals/generator/htmltext"
)

// Width of every chart, in units of its view box.
const Width = 360

// Words are the words around a chart.
type Words struct {
	Numbers, Part, Number, Share, None string
}

// Bar is one bar.
type Bar struct {
	Label string
	N     int64
	Known bool
	Text  string // the number as it is shown
	Share string // "" where there is none
}

const (
	barRow    = 34 // height of a label and its bar
	barHeight = 10
	barTop    = 18 // from the row's top to the bar's
)

// AppendBars appends a figure with one bar for each part and its numbers as a
// table. The id is that of the image; it must be unique in the page.
func AppendBars(b []byte, id, title string, w Words, bars []Bar) []byte {
	b = append(b, `<figure class="chart"><figcaption>`...)
	b = htmltext.Append(b, title)
	b = append(b, `</figcaption>`...)
	b = appendOpen(b, "bars", id, len(bars)*barRow)
	b = appendTitle(b, id, title)
	for i, x := range bars {
		if i > 0 {
			b = append(b, "; "...)
		}
		b = htmltext.Append(b, x.Label)
		b = append(b, ' ')
		b = htmltext.Append(b, x.number(w))
	}
	b = append(b, `</desc>`...)
	most := int64(0)
	for _, x := range bars {
		if x.Known {
			most = max(most, x.N)
		}
	}
	for i, x := range bars {
		top := i * barRow
		b = appendLabel(b, "label", "start", 0, top+13, x.Label)
		value := x.number(w)
		if x.Share != "" {
			value += " · " + x.Share
		}
		b = appendLabel(b, "value", "end", Width, top+13, value)
		b = appendRect(b, "track", 0, top+barTop, Width, barHeight)
		if n := length(x.N, most, Width); x.Known && n > 0 {
			b = appendRect(b, "bar", 0, top+barTop, n, barHeight)
		}
	}
	b = append(b, `</svg><details><summary>`...)
	b = htmltext.Append(b, w.Numbers)
	b = append(b, `</summary><table class="data"><caption class="sr">`...)
	b = htmltext.Append(b, title)
	b = append(b, `</caption><thead><tr>`...)
	for i, h := range [...]string{w.Part, w.Number, w.Share} {
		b = append(b, `<th scope="col"`...)
		if i > 0 {
			b = append(b, ` class="n"`...)
		}
		b = append(b, '>')
		b = htmltext.Append(b, h)
		b = append(b, `</th>`...)
	}
	b = append(b, `</tr></thead><tbody>`...)
	for _, x := range bars {
		b = append(b, `<tr><th scope="row">`...)
		b = htmltext.Append(b, x.Label)
		b = append(b, `</th><td class="n">`...)
		b = htmltext.Append(b, x.number(w))
		b = append(b, `</td><td class="n">`...)
		b = htmltext.Append(b, x.Share)
		b = append(b, `</td></tr>`...)
	}
	return append(b, `</tbody></table></details></figure>`...)
}

func (x Bar) number(w Words) string {
	if x.Known {
		return x.Text
	}
	return w.None
}

// length scales n to a width; what is not zero is at least one unit long.
func length(n, most int64, width int) int {
	if n <= 0 || most <= 0 {
		return 0
	}
	return max(1, int(float64(n)/float64(most)*float64(width)+0.5))
}

func appendOpen(b []byte, class, id string, height int) []byte {
	b = append(b, `<svg class="`...)
	b = append(b, class...)
	b = append(b, `" role="img" viewBox="0 0 `...)
	b = strconv.AppendInt(b, Width, 10)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(height), 10)
	b = append(b, `" aria-labelledby="`...)
	b = htmltext.Append(b, id)
	b = append(b, `-title `...)
	b = htmltext.Append(b, id)
	return append(b, `-desc">`...)
}

// appendTitle appends the title and opens the description.
func appendTitle(b []byte, id, title string) []byte {
	b = append(b, `<title id="`...)
	b = htmltext.Append(b, id)
	b = append(b, `-title">`...)
	b = htmltext.Append(b, title)
	b = append(b, `</title><desc id="`...)
	b = htmltext.Append(b, id)
	return append(b, `-desc">`...)
}

func appendRect(b []byte, class string, x, y, w, h int) []byte {
	b = append(b, `<rect class="`...)
	b = append(b, class...)
	b = appendAttr(b, `" x="`, x)
	b = appendAttr(b, `" y="`, y)
	b = appendAttr(b, `" width="`, w)
	b = appendAttr(b, `" height="`, h)
	return append(b, `"/>`...)
}

func appendLabel(b []byte, class, anchor string, x, y int, text string) []byte {
	b = append(b, `<text class="`...)
	b = append(b, class...)
	b = appendAttr(b, `" x="`, x)
	b = appendAttr(b, `" y="`, y)
	b = append(b, `" text-anchor="`...)
	b = append(b, anchor...)
	b = append(b, `">`...)
	b = htmltext.Append(b, text)
	return append(b, `</text>`...)
}

func appendAttr(b []byte, name string, n int) []byte {
	b = append(b, name...)
	return strconv.AppendInt(b, int64(n), 10)
}
