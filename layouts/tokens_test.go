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
	uses    = regexp.MustCompile(`var\((--[a-z0-9-]+)`)
)

// Colours and radii are tokens of :root, so that the dark and the high-contrast
// page, search, charts and the overlay of annals serve change together, and a
// site changes each in one place.
func TestStylesUseTokens(t *testing.T) {
	read := func(name string) string {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	style := read("assets/style.css")
	for _, name := range []string{"assets/style.css", "../generator/serve/live.css", "assets/search.js", "assets/explore.js", "assets/hits.js", "assets/site.js", "../generator/serve/live.js"} {
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
	for text, want := range map[string]bool{
		"a{color:#fff}": true, "a { border: 1px solid gray; }": true, "a{border-radius: 3px}": true, "a{border-radius: var(--radius)}": false, ":root{--ink:#000}": false,
	} {
		if literal.MatchString(roots.ReplaceAllString(text, "")) != want {
			t.Errorf("%s: not as expected", text)
		}
	}
}
