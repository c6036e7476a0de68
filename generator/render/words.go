package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"annals/generator/lang"
)

// words are the texts of the interface by key.
type words map[string]lang.Text

func readWords(data []byte) (words, error) {
	w := words{}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&w); err != nil {
		return nil, err
	}
	return w, nil
}

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
