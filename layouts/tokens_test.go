package layouts

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

var (
	roots   = regexp.MustCompile(`(?s):root[^{]*\{[^{}]*\}|/\*.*?\*/`)
	literal = regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(|[:\s,](?:white|black|red|green|blue|yellow|orange|gr[ae]y|silver|navy)\s*[;,}]|radius:\s*[^v\s][^;}]*`)
	size    = regexp.MustCompile(`\b(?:margin|padding|gap|font)[a-z-]*:[^;}]*?(?:\d*\.\d+|\d{2,}|[2-9])(?:rem|px)[^;}]*`)
	uses    = regexp.MustCompile(`var\((--[a-z0-9-]+)`)
)

// Colours and radii are tokens of :root, so that the dark and the high-contrast
// page, search, charts and the overlay of annals serve change together, and a
// site changes each in one place. So are sizes of type, and margins: pages have
// one scale and one grid.
func TestStylesUseTokens(t *testing.T) {
	read := func(name string) string {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	style := read("assets/style.css")
	for _, name := range []string{"assets/style.css", "../generator/serve/live.css", "assets/search.js", "assets/explore.js", "assets/hits.js", "assets/site.js", "assets/report.js", "../generator/serve/live.js"} {
		text := read(name)
		for _, use := range uses.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(style, use[1]+":") {
				t.Errorf("%s uses %s, which style.css does not set", name, use[1])
			}
		}
		if strings.HasSuffix(name, ".js") {
			if at := regexp.MustCompile(`\.style\.|setAttribute\("(?:style|fill|stroke)"|#[0-9a-fA-F]{6}\b`).FindString(text); at != "" {
				t.Errorf("%s paints by itself: %s", name, at)
			}
			continue
		}
		for _, at := range literal.FindAllString(roots.ReplaceAllString(text, ""), -1) {
			t.Errorf("%s: %s is no token", name, at)
		}
	}
	for _, at := range size.FindAllString(roots.ReplaceAllString(style, ""), -1) {
		t.Errorf("assets/style.css: %s is no token", at)
	}
	if strings.Contains(style, "@media (max-width") {
		t.Error("a sheet of A4 without its margins is as narrow as a phone: @media screen and (max-width: …)")
	}
	for text, want := range map[string]bool{
		"a{padding: .3rem}": true, "a{font-size: 18px}": true, "a{margin: 0 var(--g2) 2rem}": true,
		"a{padding: 0 1px}": false, "a{margin: 0 var(--g2) .5em}": false, "a{width: 3rem}": false, ":root{--g1: .25rem}": false,
	} {
		if size.MatchString(roots.ReplaceAllString(text, "")) != want {
			t.Errorf("%s: not as expected", text)
		}
	}
	for text, want := range map[string]bool{
		"a{color:#fff}": true, "a { border: 1px solid gray; }": true, "a{border-radius: 3px}": true, "a{border-radius: var(--radius)}": false, ":root{--ink:#000}": false,
	} {
		if literal.MatchString(roots.ReplaceAllString(text, "")) != want {
			t.Errorf("%s: not as expected", text)
		}
	}
}
