package layouts

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// floor is the oldest Chromium that pages must work in: offices have browsers
// made from it. esbuild brings the syntax of scripts down to it, and tsc knows
// of no newer library of the language than ES2020; what a browser itself
// brings is in the table. That all of it is in the table a test in
// generator/render holds, which asks that browser about every rule of style.
const floor = 86

// newer lists what came after the floor, by the first Chromium that has it.
var newer = []struct {
	kind    string // extension of the files where it may stand
	pattern string
	since   int
	why     string // it may be used, for a page is whole without it
}{
	{".css", `(margin|padding|border)-(inline|block)\s*:`, 87, ""},
	{".css", `(?:^|[;{\s])inset(-inline|-block)?\s*:`, 87, ""},
	{".css", `text-underline-offset`, 87, "a line under a link is only placed less well"},
	{".css", `text-decoration-thickness`, 89, "a line under a link is only thicker"},
	{".css", `forced-color`, 89, "the system's colours hold anyway"},
	{".css", `:(is|where)\(`, 88, ""},
	{".css", `:not\([^()]*[\s,>+~][^()]*\)`, 88, ""},
	{".css", `aspect-ratio`, 88, ""},
	{".css", `overflow(-[xy])?\s*:\s*clip`, 90, ""},
	{".css", `accent-color`, 93, ""},
	{".css", `scrollbar-gutter`, 94, ""},
	{".css", `@layer`, 99, ""},
	{".css", `:has\(`, 105, ""},
	{".css", `@container|container-(type|name)`, 105, ""},
	{".css", `\d(dv|sv|lv)(h|w|min|max|b|i)\b`, 108, ""},
	{".css", `color-mix\(|oklch\(|oklab\(|\blab\(|\blch\(|color\(`, 111, ""},
	{".css", `@media[^{]*[<>]`, 104, ""},
	{".css", `&`, 112, ""},
	{".css", `text-wrap`, 114, "a heading is only broken less evenly"},
	{".css", `@(top|bottom|left|right)-`, 131, "paper has no page numbers"},
	{".css", `light-dark\(|field-sizing|interpolate-size|@scope|@starting-style|@property|anchor\(`, 118, ""},
	{".css", `subgrid|(^|[^-\w])scale\s*:|(^|[^-\w])rotate\s*:|(^|[^-\w])translate\s*:`, 104, ""},

	{".js", `\.at\(-?\w+\)`, 92, ""},
	{".js", `randomUUID`, 92, ""},
	{".js", `Object\.hasOwn\b`, 93, ""},
	{".js", `\{\s*cause\s*:`, 93, ""},
	{".js", `\.findLast`, 97, ""},
	{".js", `structuredClone`, 98, ""},
	{".js", `"deflate-raw"`, 103, "inflate.ts unpacks where it is not known"},
	{".js", `AbortSignal\.(timeout|any)`, 103, ""},
	{".js", `\.(toSorted|toReversed|toSpliced|with)\(`, 110, ""},
	{".js", `(Object|Map)\.groupBy`, 117, ""},
	{".js", `withResolvers`, 119, ""},
	{".js", `Array\.fromAsync`, 121, ""},
	{".js", `Intl\.Segmenter`, 87, ""},
	{".js", `checkVisibility|showPopover|\.setHTML|navigation\.`, 102, ""},
	{".js", `scheduler\.|\.isSubsetOf\(|Iterator\.`, 94, ""},

	{".html", `\binert\b`, 102, ""},
	{".html", `hidden="?until-found`, 102, ""},
	{".html", `\bpopover`, 114, ""},
	{".html", `<search\b`, 118, ""},
	{".html", `<details[^>]*\bname=`, 120, ""},
}

func TestNothingIsNewerThanTheFloor(t *testing.T) {
	files := map[string]string{}
	err := fs.WalkDir(Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(Files, name)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"../generator/serve/live.js", "../generator/serve/live.css"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(data)
	}
	used := map[string]bool{}
	comment := regexp.MustCompile(`(?s)/\*.*?\*/`)
	for name, text := range files {
		text = comment.ReplaceAllString(text, "")
		for _, n := range newer {
			at := regexp.MustCompile(n.pattern).FindString(text)
			if n.kind != path.Ext(name) || at == "" {
				continue
			}
			used[n.pattern] = true
			if n.why == "" {
				t.Errorf("%s: %s is of Chromium %d; pages must work in %d", name, strings.TrimSpace(at), n.since, floor)
			}
		}
	}
	for _, n := range newer {
		if n.since <= floor {
			t.Errorf("%s is no newer than the floor", n.pattern)
		}
		if n.why != "" && !used[n.pattern] {
			t.Errorf("%s is allowed (%s), but not used", n.pattern, n.why)
		}
	}
	if build := readNPM(t, "package.json").Scripts["build"]; !strings.Contains(build, "--target=chrome86 ") {
		t.Error("esbuild brings scripts down to another browser: ", build)
	}
}
