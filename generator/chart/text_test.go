package chart

import (
	"strings"
	"testing"
)

// TestTextStaysText: no text of a chart becomes markup, wherever it stands.
func TestTextStaysText(t *testing.T) {
	const evil = `<script>&"'`
	w := Words{Numbers: evil, Part: evil, Number: evil, Share: evil, None: evil}
	bars := AppendBars(nil, evil, evil, w, []Bar{{Label: evil, N: 3, Known: true, Text: evil, Share: evil}, {Label: evil}})
	parts(t, bars)
	trend := AppendTrend(nil, evil, evil, evil, evil, []Point{{Year: 2020, N: 1, Known: true, Text: evil}, {Year: 2021, N: 2, Known: true, Text: evil}, {Year: 2022}})
	parts(t, trend)
	for what, figure := range map[string][]byte{"bars": bars, "trend": trend} {
		if s := string(figure); strings.Contains(s, "<script") || strings.Contains(s, `&"`) || strings.Count(s, "&lt;script&gt;&amp;") < 4 {
			t.Errorf("%s: %s", what, s)
		}
	}
}

// TestUnknownNumberIsNowhere: a number that is not known is neither drawn nor
// printed, nor is another drawn by its measure.
func TestUnknownNumberIsNowhere(t *testing.T) {
	figure := AppendBars(nil, "x", "t", Words{None: "none"}, []Bar{{Label: "a", N: 360, Known: true, Text: "360"}, {Label: "b", N: 7200, Text: "7200"}})
	if n := parts(t, figure); n["bar"] != 1 {
		t.Errorf("%d bars", n["bar"])
	}
	if s := string(figure); strings.Contains(s, "7200") || !strings.Contains(s, `class="bar" x="0" y="18" width="360"`) {
		t.Error(s)
	}
}
