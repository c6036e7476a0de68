package render

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/keys"
	"annals/generator/lang"
	"annals/generator/yamlpos"
)

// wordsFile holds the texts of the interface, those of scripts too.
const wordsFile = "words.json"

// words are the texts of the interface by key.
type words lang.Words

func readWords(data []byte) (words, error) {
	w, err := lang.Read(data)
	return words(w), err
}

var (
	valueName = regexp.MustCompile(`\{[a-z]+\}`)
	wordUse   = regexp.MustCompile(`\b(?:word|say) "([a-z0-9-]+)"`)
)

// override puts a site's own words in the place of the program's, each key and
// language for itself. The site may add keys for its own layouts. The file is
// read as YAML, of which JSON is a part, for the places.
func (set *layoutSet) override(text string) []diag.Diagnostic {
	name := folder + wordsFile
	root, diags := yamlpos.Parse(name, text, 1)
	if root == nil {
		return diags
	}
	var found diag.Collector
	r := keys.Into(&found, name)
	known := map[string]bool{}
	for key := range set.words {
		known[key] = true
	}
	for _, layout := range set.files {
		for _, m := range wordUse.FindAllStringSubmatch(layout, -1) {
			known[m[1]] = true
		}
	}
	all := r.Fields(root)
	for _, key := range slices.Sorted(maps.Keys(known)) {
		item := all.Get(key)
		if item == nil {
			continue
		}
		texts := r.Fields(item)
		if texts == nil {
			continue
		}
		word, builtIn := set.words[key]
		for _, x := range []struct {
			tag lang.Tag
			to  *string
		}{{lang.ZH, &word.ZH}, {lang.EN, &word.EN}} {
			n := texts.Get(string(x.tag))
			if n == nil {
				continue
			}
			own, ok := r.Line(n)
			if ok && builtIn {
				ok = sameValues(r, n, *x.to, own)
			}
			if ok {
				*x.to = n.Text
			}
		}
		texts.Close()
		set.words[key] = word
	}
	all.Close()
	return append(diags, found.List()...)
}

// sameValues reports {placeholders} that the site's text of a word lacks or has
// in excess, compared with the program's own text.
func sameValues(r keys.Reader, n *yamlpos.Node, word, own string) bool {
	want, have := valueName.FindAllString(word, -1), valueName.FindAllString(own, -1)
	for _, name := range want {
		if !slices.Contains(have, name) {
			r.Fault("word-lacks", n, "name", name)
			return false
		}
	}
	for _, name := range have {
		if !slices.Contains(want, name) {
			r.Fault("word-extra", n, "name", name)
			return false
		}
	}
	return true
}

// in returns a word in a language. For an unknown key it returns the key
// itself, so that the mistake shows on the page.
func (w words) in(key string, tag lang.Tag) string {
	t, ok := w[key]
	if !ok {
		return key
	}
	return t.In(tag)
}

// say fills the {placeholders} of a word: pairs of a name and a value.
func (w words) say(tag lang.Tag, key string, args ...any) (string, error) {
	text := w.in(key, tag)
	if len(args)%2 != 0 {
		return "", fmt.Errorf("say %q: a value has no name", key)
	}
	for i := 0; i < len(args); i += 2 {
		mark := fmt.Sprintf("{%v}", args[i])
		if !strings.Contains(text, mark) {
			return "", fmt.Errorf("say %q: the word has no %s", key, mark)
		}
		text = strings.ReplaceAll(text, mark, fmt.Sprint(args[i+1]))
	}
	return text, nil
}
