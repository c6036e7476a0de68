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
// table. The id is that of the image; it must be unique in the page. A track is
// as long as all parts together: a bar fills the share of it that its part is of
// the whole. Where a part is unknown there is no whole, and there are no tracks:
// the longest bar is that of the largest number.
func AppendBars(b []byte, id, title string, w Words, bars []Bar) []byte {
	title = htmltext.Of(title)
	b = appendOpen(b, "bars", htmltext.Of(id), title, len(bars)*barRow)
	most, whole, complete := 0.0, 0.0, true
	for i, x := range bars {
		if i > 0 {
			b = append(b, "; "...)
		}
		b = htmltext.Join(b, htmltext.Of(x.Label), " ", x.number(w))
		complete = complete && x.Known
		if x.Known {
			most, whole = max(most, float64(x.N)), whole+float64(x.N)
		}
	}
	b = append(b, `</desc>`...)
	if !complete {
		whole = most
	}
	for i, x := range bars {
		top := i * barRow
		b = appendLabel(b, "label", "start", 0, top+13, htmltext.Of(x.Label))
		value := x.number(w)
		if x.Share != "" {
			value += " · " + htmltext.Of(x.Share)
		}
		b = appendLabel(b, "value", "end", Width, top+13, value)
		if complete {
			b = appendRect(b, "track", 0, top+barTop, Width, barHeight)
		}
		if n := length(x.N, whole); x.Known && n > 0 {
			b = appendRect(b, "bar", 0, top+barTop, n, barHeight)
		}
	}
	b = htmltext.Join(b, `</svg><details><summary>`, htmltext.Of(w.Numbers), `</summary><table class="data"><caption class="sr">`, title,
		`</caption><thead><tr><th scope="col">`, htmltext.Of(w.Part), `</th><th scope="col" class="n">`, htmltext.Of(w.Number),
		`</th><th scope="col" class="n">`, htmltext.Of(w.Share), `</th></tr></thead><tbody>`)
	for _, x := range bars {
		b = htmltext.Join(b, `<tr><th scope="row">`, htmltext.Of(x.Label), `</th><td class="n">`, x.number(w),
			`</td><td class="n">`, htmltext.Of(x.Share), `</td></tr>`)
	}
	return append(b, `</tbody></table></details></figure>`...)
}

// number returns the bar's number as markup, or the word for none if it is unknown.
func (x Bar) number(w Words) string {
	if x.Known {
		return htmltext.Of(x.Text)
	}
	return htmltext.Of(w.None)
}

// length returns the length of a bar for n of a whole that is as long as a
// chart is wide. A number above zero has at least one unit.
func length(n int64, whole float64) int {
	if n <= 0 || whole <= 0 {
		return 0
	}
	return max(1, int(float64(n)/whole*Width+0.5))
}

// The functions below append markup; the texts that they are given are markup
// already.

// appendOpen opens a figure, its drawing and the description.
func appendOpen(b []byte, class, id, title string, height int) []byte {
	return appendDrawing(b, class, id, title, Width, height)
}

func appendDrawing(b []byte, class, id, title string, width, height int) []byte {
	return htmltext.Join(b, `<figure class="chart"><figcaption>`, title, `</figcaption><svg class="`, class,
		`" role="img" viewBox="0 0 `, strconv.Itoa(width), " ", strconv.Itoa(height), `" aria-labelledby="`, id, `-title `, id, `-desc">`,
		`<title id="`, id, `-title">`, title, `</title><desc id="`, id, `-desc">`)
}

func appendRect(b []byte, class string, x, y, w, h int) []byte {
	return htmltext.Join(b, `<rect class="`, class, `" x="`, strconv.Itoa(x), `" y="`, strconv.Itoa(y),
		`" width="`, strconv.Itoa(w), `" height="`, strconv.Itoa(h), `"/>`)
}

func appendLabel(b []byte, class, anchor string, x, y int, text string) []byte {
	return htmltext.Join(b, `<text class="`, class, `" x="`, strconv.Itoa(x), `" y="`, strconv.Itoa(y),
		`" text-anchor="`, anchor, `">`, text, `</text>`)
}
