package render

import (
	"fmt"
	"strings"

	"annals/generator/lang"
)

// words are the texts of the interface by key.
type words lang.Words

// in returns a word; an unknown key is shown as it is, so that it is seen.
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
