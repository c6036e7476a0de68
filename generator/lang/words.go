package lang

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"
)

// Words are texts by key, as a JSON file of them holds: {"key": {"zh": …, "en": …}}.
type Words map[string]Text

// Read reads a file of words. Anything else in it is an error.
func Read(data []byte) (Words, error) {
	w := Words{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(&w)
	return w, err
}

// Embedded returns the words of a file that is part of the program. They are read
// when they are first needed. A test makes sure that they can be read.
func Embedded(name string, data []byte) func() Words {
	return sync.OnceValue(func() Words {
		w, err := Read(data)
		if err != nil {
			panic(name + ": " + err.Error())
		}
		return w
	})
}

// Join joins texts with a separator between them.
func Join(list []Text, between Text) Text {
	zh, en := make([]string, len(list)), make([]string, len(list))
	for i, t := range list {
		zh[i], en[i] = t.In(ZH), t.In(EN)
	}
	return Text{ZH: strings.Join(zh, between.ZH), EN: strings.Join(en, between.EN)}
}
