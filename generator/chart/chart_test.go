package chart

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

// parts counts elements by class, and fails on what is not well formed or has
// a style.
func parts(t *testing.T, figure []byte) map[string]int {
	t.Helper()
	count := map[string]int{}
	d := xml.NewDecoder(strings.NewReader(string(figure)))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return count
		}
		if err != nil {
			t.Fatalf("%v in %s", err, figure)
		}
		if e, ok := tok.(xml.StartElement); ok {
			for _, a := range e.Attr {
				switch a.Name.Local {
				case "class":
					count[a.Value]++
				case "style", "onload":
					t.Errorf("attribute %s", a.Name.Local)
				}
			}
		}
	}
}

func TestUnknownIsNotDrawn(t *testing.T) {
	n := parts(t, AppendBars(nil, "x", "<b>&", Words{None: "none"}, []Bar{
		{Label: "a", N: 3, Known: true, Text: "3"}, {Label: "b"}, {Label: `"<script>`, Known: true, Text: "0"}}))
	if n["bar"] != 1 || n["track"] != 3 {
		t.Errorf("%v: one number is drawn, one is zero and one unknown", n)
	}
}

func TestBreakIsNotJoined(t *testing.T) {
	n := parts(t, AppendTrend(nil, "x", "t", "broken", "none", []Point{
		{Year: 2019, Break: true}, {Year: 2020, Break: true}, {Year: 2021, N: 5, Known: true, Text: "5"},
		{Year: 2022, N: 7, Known: true, Text: "7"}, {Year: 2023}, {Year: 2024, N: 1, Known: true, Text: "1"}}))
	if n["line"] != 1 || n["dot"] != 3 || n["break"] != 1 {
		t.Errorf("%v: want one line, three dots and one break", n)
	}
}

func TestOnePoint(t *testing.T) {
	n := parts(t, AppendTrend(nil, "x", "t", "", "", []Point{{Year: 2024, N: 9, Known: true, Text: "9"}}))
	if n["dot"] != 1 || n["line"] != 0 {
		t.Errorf("%v", n)
	}
	if n := parts(t, AppendTrend(nil, "x", "t", "", "", nil)); n["dot"] != 0 {
		t.Errorf("%v", n)
	}
}
