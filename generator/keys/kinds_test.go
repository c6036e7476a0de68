package keys

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestKinds: what lists the kinds of agencies outside of the program lists
// those of the table: the schema of published reports, the words of the pages
// and of their search, and the choice on the page of figures.
func TestKinds(t *testing.T) {
	read := func(name string) string {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	enum, err := json.Marshal(Kinds())
	if err != nil {
		t.Fatal(err)
	}
	if schema := strings.ReplaceAll(read("../export/report.schema.json"), ", ", ","); !strings.Contains(schema, `"kind": {"enum": `+string(enum)+`}`) {
		t.Errorf("report.schema.json has other kinds than %s", enum)
	}
	pages, search, figures := read("../../layouts/words.json"), read("../../layouts/search.html"), read("../../layouts/explore.html")
	for i, kind := range Kinds() {
		if !strings.Contains(pages, `"`+kind+`": {"zh": `) {
			t.Errorf("words.json has no word for %s", kind)
		}
		if !strings.Contains(search, fmt.Sprintf(`data-word-kind-%s="{{word "%[1]s"}}"`, kind)) {
			t.Errorf("search.html does not give its script the word for %s", kind)
		}
		option := fmt.Sprintf(`<option value="%s">{{word "%[1]s"}}</option>`, kind)
		if strings.Contains(figures, option) != (i > 0) {
			t.Errorf("explore.html offers %s: %t", kind, i == 0)
		}
	}
}
