package generator

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
)

// That a program has checked equations is no certificate. No text of the program's own
// that a page may have uses the words of one.
func TestNoTextIsAStamp(t *testing.T) {
	data, err := os.ReadFile("../layouts/words.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]lang.Text
	if err := json.Unmarshal(data, &words); err != nil {
		t.Fatal(err)
	}
	for _, r := range diag.Rules() {
		words["the title of "+r.ID], words["the explanation of "+r.ID] = r.Title, r.Explain
		for key, m := range r.Messages {
			words["the message "+r.ID+"/"+key] = m
		}
	}
	set, _ := form.Load(fstest.MapFS{})
	for _, f := range set.Forms() {
		for _, r := range f.Relations {
			words[f.ID+" "+r.ID], words[f.ID+" "+r.ID+", explained"], words[f.ID+" "+r.ID+", the message"] = r.Label, r.Explain, r.Message
		}
	}
	for key, text := range words {
		for _, stamp := range []string{"通过", "认证", "权威", "certified", "authoritative", "guaranteed"} {
			if strings.Contains(strings.ToLower(text.ZH+text.EN), stamp) {
				t.Errorf("%s has %q: %s %s", key, stamp, text.ZH, text.EN)
			}
		}
	}
	if len(words) < 400 {
		t.Errorf("only %d texts were read", len(words))
	}
}
