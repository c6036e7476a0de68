package chart

import (
	"strconv"
	"unicode/utf8"

	"annals/generator/htmltext"
)

// Column is a total in a year.
type Column struct {
	Year  int
	N     int64
	Known bool
	Text  string
	Break bool   // counted differently
	Part  bool   // made of a part of what it is to be made of
	Note  string // says of how much: 38/40
}

// ColumnsWidth is the width of a drawing of columns, which stands beside others
// of the same years, in units of its view box.
const ColumnsWidth = 240

const (
	columnsHeight = 124
	columnsTop    = 22 // the end of the longest column
	columnsBase   = 98
	columnsYear   = 117 // the line on which the years stand
	signWidth     = 8   // room for a sign of a number
	lineHeight    = 17
	valueGap      = 4 // between a number and its column
)

// AppendColumns appends a figure that draws totals of successive years as
// columns from zero, so that their lengths compare as the numbers do. A column
// of a part is drawn as one. Each column has its number above it unless that
// of a newer one is in its place; all of them are in the description.
func AppendColumns(b []byte, id, title, broken, none string, columns []Column) []byte {
	b = appendDrawing(b, "columns", htmltext.Of(id), htmltext.Of(title), ColumnsWidth, columnsHeight)
	most, least := int64(0), int64(0)
	for i, c := range columns {
		if i > 0 {
			b = append(b, "; "...)
		}
		value := none
		switch {
		case c.Known:
			value = c.Text
			most, least = max(most, c.N), min(least, c.N)
		case c.Break:
			value = broken
		}
		b = htmltext.Join(b, strconv.Itoa(c.Year), " ", htmltext.Of(value), " (", htmltext.Of(c.Note), ")")
	}
	b = append(b, `</desc>`...)
	scale := func(n int64) int {
		if n == 0 {
			return 0
		}
		return max(1, int(float64(max(n, -n))/(float64(most)-float64(least))*(columnsBase-columnsTop)+0.5))
	}
	zero := columnsBase - scale(least)
	bars := make([]box, len(columns))
	for i, c := range columns {
		width := min(32, ColumnsWidth/len(columns)*2/3)
		bars[i] = box{(2*i+1)*ColumnsWidth/(2*len(columns)) - width/2, zero, width, 0}
		if c.Known {
			bars[i].h = scale(c.N)
			if c.N > 0 {
				bars[i].y -= bars[i].h
			}
		}
	}
	values := labels(columns, bars)
	for i, c := range columns {
		class := "bar"
		if c.Part {
			class = "bar part"
		}
		if x := bars[i]; x.h > 0 {
			b = appendRect(b, class, x.x, x.y, x.w, x.h)
		}
		if x := values[i]; x.w > 0 {
			b = appendLabel(b, "value", "middle", x.x+x.w/2, x.y+x.h-valueGap, htmltext.Of(c.Text))
		}
		middle := bars[i].x + bars[i].w/2
		if c.Break {
			b = appendLabel(b, "label", "middle", middle, zero-valueGap, "≠")
		}
		b = appendLabel(b, "label", "middle", middle, columnsYear, strconv.Itoa(c.Year))
	}
	b = appendLine(b, "axis", 0, zero, ColumnsWidth, zero)
	return append(b, `</svg></figure>`...)
}

// box is a part of a drawing.
type box struct{ x, y, w, h int }

func (a box) meets(b box) bool {
	return a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h
}

// labels finds room for the numbers above the columns, for the newest first. A
// number without room has an empty box.
func labels(columns []Column, bars []box) []box {
	list := make([]box, len(columns))
	for i := len(columns) - 1; i >= 0; i-- {
		if !columns[i].Known {
			continue
		}
		w := utf8.RuneCountInString(columns[i].Text) * signWidth
		x := max(0, min(ColumnsWidth-w, bars[i].x+bars[i].w/2-w/2))
		label := box{x, bars[i].y - lineHeight, w, lineHeight}
		free := true
		for k := range columns {
			free = free && (k == i || !label.meets(bars[k]) && !label.meets(list[k]))
		}
		if free {
			list[i] = label
		}
	}
	return list
}
