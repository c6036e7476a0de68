package render

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/lang"
	"annals/layouts"
)

// A site can change single words, in one language or both. Anything else in its file
// is reported at its place.
func TestOwnWords(t *testing.T) {
	read := func(files map[string]string) (*layoutSet, []string) {
		t.Helper()
		own := fstest.MapFS{}
		for name, text := range files {
			own[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
		}
		set, diags, err := readLayouts(own)
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, d := range diags {
			told = append(told, fmt.Sprintf("%s:%d:%d %s", d.Place.File, d.Place.Line, d.Place.Column, d.Rule)+" "+d.Message.EN)
		}
		return set, told
	}
	builtIn, told := read(nil)
	if len(told) > 0 || builtIn.words.in("skip", lang.ZH) == "skip" {
		t.Fatal(told)
	}
	set, told := read(map[string]string{
		"words.json": "{\n\t\"skip\": {\"zh\": \" 到正文\\u3002\"},\n  \"year-title\": {\"en\": \"The year {year}\"},\n  \"motto\": {\"zh\": \"为民\"}\n}\n",
		"404.html":   `{{define "main"}}{{word "motto"}}{{end}}`,
	})
	if len(told) > 0 {
		t.Error(told)
	}
	for _, x := range []struct {
		key  string
		tag  lang.Tag
		want string
	}{
		{"skip", lang.ZH, " 到正文。"}, {"skip", lang.EN, builtIn.words["skip"].EN},
		{"year-title", lang.EN, "The year {year}"}, {"year-title", lang.ZH, builtIn.words["year-title"].ZH},
		{"motto", lang.ZH, "为民"}, {"home", lang.ZH, builtIn.words["home"].ZH},
	} {
		if got := set.words.in(x.key, x.tag); got != x.want {
			t.Errorf("%s %s: %q", x.key, x.tag, got)
		}
	}
	if set.sum == builtIn.sum {
		t.Error("pages of other words have the key of these")
	}
	for text, want := range map[string]string{
		"{\n  \"skpi\": {\"zh\": \"x\"}\n}":                       "layouts/words.json:2:3 unknown-key unknown key “skpi”; did you mean “skip”?",
		"{\n  \"skip\": {\"fr\": \"x\"}\n}":                       "layouts/words.json:2:12 unknown-key unknown key “fr”",
		"{\n  \"skip\": \"x\"\n}":                                 "layouts/words.json:2:11 value nested “key: value” lines",
		"{\n  \"skip\": {\"zh\": \"\"}\n}":                        "layouts/words.json:2:18 value nothing is written here",
		"{\"skip\": {\"zh\": [\"x\"]}}":                           "layouts/words.json:1:17 value a single value",
		"{\"year-title\": {\"zh\": \"年\"}}":                       "layouts/words.json:1:23 value {year} is missing here",
		"{\"year-title\": {\"zh\": \"{year} {yaer}\"}}":           "layouts/words.json:1:23 value there is no value to put in for {yaer}",
		"{\"skip\": {\"zh\": \"x\"},\n\"skip\": {\"zh\": \"x\"}}": "layouts/words.json:2:1 duplicate-key",
		"{\n  \"skip\": {\"zh\": \"x\"\n":                         "layouts/words.json:1:1 front-matter",
		"[]":                                                      "layouts/words.json:1:1 ",
	} {
		set, told := read(map[string]string{"words.json": text})
		if len(told) != 1 || !strings.HasPrefix(told[0], want) {
			t.Errorf("%s: %q", text, told)
		}
		if set.words["year-title"] != builtIn.words["year-title"] {
			t.Errorf("%s: a word that was reported is taken", text)
		}
	}
}

// Every text of pages has only one key, so that changing it there changes it
// everywhere.
func TestOneKeyAWord(t *testing.T) {
	data, err := layouts.Files.ReadFile(wordsFile)
	if err != nil {
		t.Fatal(err)
	}
	words, err := lang.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	keys := map[lang.Text]string{}
	for key, text := range words {
		if other, twice := keys[text]; twice {
			t.Errorf("%s and %s are one word: %s", key, other, text.EN)
		}
		keys[text] = key
		if text.ZH == "" || text.EN == "" {
			t.Errorf("%s is not in both languages", key)
		}
		if !sameNames(text) {
			t.Errorf("%s has other values in the other language", key)
		}
	}
}

func sameNames(x lang.Text) bool {
	names := func(s string) string {
		list := valueName.FindAllString(s, -1)
		return strings.Join(list, "")
	}
	zh, en := names(x.ZH), names(x.EN)
	for _, n := range valueName.FindAllString(zh, -1) {
		if !strings.Contains(en, n) {
			return false
		}
	}
	return len(zh) == len(en)
}
