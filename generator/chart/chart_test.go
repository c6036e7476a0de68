package chart

import (
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strconv"
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
	if n["bar"] != 1 || n["track"] != 0 {
		t.Errorf("%v: one number is drawn, one is zero and one unknown, so that there is no whole", n)
	}
}

// A bar fills as much of its track as its part is of the whole.
func TestBarsAreOnATrueScale(t *testing.T) {
	figure := string(AppendBars(nil, "x", "t", Words{}, []Bar{{N: 45, Known: true}, {N: 54, Known: true}, {N: 0, Known: true}, {N: 1, Known: true}}))
	if n := strings.Count(figure, `class="track" x="0"`); n != 4 {
		t.Errorf("%d tracks", n)
	}
	var widths []string
	for _, m := range regexp.MustCompile(`class="bar"[^>]* width="(\d+)"`).FindAllStringSubmatch(figure, -1) {
		widths = append(widths, m[1])
	}
	if want := []string{"162", "194", "4"}; !slices.Equal(widths, want) { // 45, 54 and 1 % of 360
		t.Errorf("bars of %v, want %v", widths, want)
	}
}

// A label stands over its point, within the chart, and beside the others.
func TestLabelsStandAtTheirPoints(t *testing.T) {
	for years := 1; years <= 25; years++ {
		for _, text := range []string{"7", "123,456", "1,234,567.8901"} {
			var points []Point
			for i := range years {
				points = append(points, Point{Year: 2000 + i, N: int64(i), Known: true, Text: text})
			}
			figure := string(AppendTrend(nil, "x", "t", "", "", points))
			var dots []int
			for _, m := range regexp.MustCompile(`cx="(\d+)"`).FindAllStringSubmatch(figure, -1) {
				dots = append(dots, number(t, m[1]))
			}
			right, labels := 0, 0
			for _, m := range regexp.MustCompile(`class="value" x="(\d+)" y="\d+" text-anchor="middle"`).FindAllStringSubmatch(figure, -1) {
				x, half := number(t, m[1]), len(text)*digitWidth/2
				if !slices.ContainsFunc(dots, func(dot int) bool { return dot >= x-half && dot <= x+half }) {
					t.Errorf("%d years: %q stands at %d, over no point of %v", years, text, x, dots)
				}
				if x-half < right || x+half > Width {
					t.Errorf("%d years: %q stands at %d, beside what ends at %d", years, text, x, right)
				}
				right = x + half
				labels++
			}
			if labels == 0 || !strings.Contains(figure, ">"+strconv.Itoa(1999+years)+"</text>") {
				t.Errorf("%d years: %d labels, or none of the last year", years, labels)
			}
		}
	}
}

func number(t *testing.T, s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
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
