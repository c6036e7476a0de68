package generator

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func reportPages(agency string, from, to int) []string {
	list := []string{"agencies/" + agency + "/index.html"}
	for y := from; y <= to; y++ {
		list = append(list, fmt.Sprintf("agencies/%s/%d/index.html", agency, y), fmt.Sprintf("agencies/%s/%d/report.json", agency, y))
	}
	return list
}

// TestRemovalsAreReported tests removals just below and just above each limit.
func TestRemovalsAreReported(t *testing.T) {
	small := reportPages("county/a", 2001, 2020)   // 20
	large := reportPages("county/b", 2001, 2021)   // 21
	others := reportPages("other/gov", 1900, 1999) // 100
	assets := make([]string, 500)
	for i := range assets {
		assets[i] = fmt.Sprintf("assets/style.%010d.css", i)
	}
	for _, c := range []struct {
		name      string
		was, gone []string
		want      string
	}{
		{"all of twenty", small, small, ""},
		{"all of twenty-one", large, large, "county"},
		{"an agency of an archive", slices.Concat(large, others, others), large, "county"},
		{"two small ones, less than a fifth", slices.Concat(small[:30], reportPages("x/y", 2001, 2010), reportPages("x/z", 1800, 1999)), slices.Concat(small[:30], reportPages("x/y", 2001, 2010)), ""},
		{"hashed files", slices.Concat(large, assets), assets, ""},
		{"a fifth", others, others[1:41], ""}, // 20 of 100
		{"more than a fifth", others, others[1:43], "other/gov"},
		{"more than twenty, not a fifth", slices.Concat(others, reportPages("third", 1800, 1999)), others[1:53], ""},
		{"an agency of which a report is left", slices.Concat(large, others, reportPages("third", 1800, 1999)), large[3:], ""},
		{"pages of an agency alone", others, others[:1], ""},
	} {
		var told []string
		for _, d := range removals(c.gone, slices.Values(c.was)) {
			told = append(told, strings.TrimPrefix(d.Place.File, "content/agencies/"))
		}
		if got := strings.Join(told, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
