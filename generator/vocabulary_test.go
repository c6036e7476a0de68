package generator_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// rejected returns the words that docs/vocabulary.md rejects, with those to use in
// their place.
func rejected(t *testing.T) map[string]string {
	t.Helper()
	words := map[string]string{}
	for _, line := range strings.Split(readFile(t, "docs/vocabulary.md"), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || !strings.ContainsFunc(cells[2], han) {
			continue
		}
		for _, word := range strings.Split(cells[4], ",") {
			words[strings.TrimSpace(word)] = strings.TrimSpace(cells[2])
		}
	}
	if len(words) < 10 {
		t.Fatalf("docs/vocabulary.md lists %d words", len(words))
	}
	return words
}

// others removes phrases in which a rejected word has another meaning.
var others = strings.NewReplacer("科研机构", "", "法律服务机构", "", "工作机构", "", "机构调整", "", "主站的一个栏目", "", "`PubDate`、发布日期", "")

// synonyms lists the rejected words in a text.
func synonyms(text string, words map[string]string) (found []string) {
	text = others.Replace(text)
	for word, instead := range words {
		if strings.Contains(text, word) {
			found = append(found, word+", which is "+instead)
		}
	}
	return found
}

// TestVocabulary: all texts of the program for people use the words of
// docs/vocabulary.md.
func TestVocabulary(t *testing.T) {
	words := rejected(t)
	files := 0
	for _, pattern := range []string{"../layouts/words.json", "*/words.json", "*/*/words.json", "*/messages.json", "diag/rules/*.json", "keys/tables/*.yaml",
		"form/forms/*.yaml", "explain/examples/*.txt", "docs/*.zh.md", "docs/rules.md", "../README.md", "../content/*.md", "scaffold/init/content/*.md"} {
		list, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range list {
			files++
			quoted := false // what a form's key mentions has is how documents speak, not the program
			for i, line := range strings.Split(readFile(t, name), "\n") {
				if strings.HasPrefix(name, "form/forms/") && line != "" && line[0] >= 'a' && line[0] <= 'z' {
					quoted = line == "mentions:"
				}
				if quoted {
					continue
				}
				for _, s := range synonyms(line, words) {
					t.Errorf("%s:%d says %s", name, i+1, s)
				}
			}
		}
	}
	if files < 80 {
		t.Errorf("%d files were looked at", files)
	}
	if got := synonyms("科研机构的机构", words); len(got) != 1 {
		t.Errorf("of a label and a synonym %q is found", got)
	}
}

var (
	action  = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	comment = regexp.MustCompile(`(?s)<!--.*?-->|/\*.*?\*/`)
	tag     = regexp.MustCompile(`(?s)<[^>]*>`)
	name    = regexp.MustCompile(`[a-z]+(\.[a-z]+)*\.json|SHA-256`) // the same in any language
	told    = regexp.MustCompile(`(?:title|alt|placeholder|aria-label|aria-description|label)="([^"]*)"`)
)

// sentence matches an English text in a script, but not the name of a key of the
// keyboard.
var sentence = regexp.MustCompile(`["'\x60 ][A-Z][a-z]+(?:[ ,][a-zA-Z ,]+)?[.!?…:]?["'\x60]`)

// spelled returns the words that a layout itself contains: texts, and attributes
// that readers see or hear.
func spelled(layout string) string {
	text := action.ReplaceAllString(comment.ReplaceAllString(layout, ""), "")
	var own strings.Builder
	for _, m := range told.FindAllStringSubmatch(text, -1) {
		own.WriteString(m[1] + " ")
	}
	own.WriteString(name.ReplaceAllString(tag.ReplaceAllString(text, " "), ""))
	return strings.Join(strings.FieldsFunc(own.String(), func(r rune) bool { return !unicode.IsLetter(r) }), " ")
}

// TestPagesHaveKeysOnly: no layout, style or script contains a word for readers, so
// that every word can be changed in words.json.
func TestPagesHaveKeysOnly(t *testing.T) {
	for _, pattern := range []string{"../layouts/*.html", "../layouts/assets/*", "serve/live.*", "../layouts/assets/src/*.ts"} {
		list, err := filepath.Glob(pattern)
		if err != nil || len(list) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range list {
			if info, err := os.Stat(name); err != nil || info.IsDir() || strings.HasSuffix(name, ".test.ts") || strings.HasSuffix(name, ".go") {
				continue
			}
			text := readFile(t, name)
			if at := strings.IndexFunc(text, han); at >= 0 {
				t.Errorf("%s:%d spells a word in Chinese", name, 1+strings.Count(text[:at], "\n"))
			}
			if filepath.Ext(name) == ".ts" {
				for _, m := range sentence.FindAllString(comment.ReplaceAllString(regexp.MustCompile(`(?m)^\s*(//|\*).*$| // .*$`).ReplaceAllString(text, ""), ""), -1) {
					if m != `"Escape"` && m != `"Enter"` {
						t.Errorf("%s spells %s", name, m)
					}
				}
			}
			if filepath.Ext(name) == ".html" && spelled(text) != "" {
				t.Errorf("%s spells %q", name, spelled(text))
			}
		}
	}
	for text, want := range map[string]string{
		`<p title="Own">{{word "x"}}</p>`: "Own", "<p>own {{.}}</p>": "own", `<p class="x" title="{{word "x"}}">{{.}} · {{.}}</p>`: "", "<!-- why --><br>": "",
	} {
		if got := spelled(text); got != want {
			t.Errorf("%s spells %q", text, got)
		}
	}
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

func readFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
