package form

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// TestWeaker changes the official form in the ways that let a wrong number
// pass, and in ways that do not.
func TestWeaker(t *testing.T) {
	data, err := builtin.ReadFile("forms/cn-2021.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	swap := func(old, now string) string {
		t.Helper()
		if !strings.Contains(text, old) {
			t.Fatalf("the form has no %q", old)
		}
		return strings.Replace(text, old, now, 1)
	}
	cut := text[:strings.Index(text, "\nrelations:")]
	rest := text[strings.Index(text, "\nrelations:"):]
	if next := regexp.MustCompile(`\n[a-z]+:`).FindAllStringIndex(rest, 2); len(next) == 2 {
		cut += rest[next[1][0]:]
	}
	otherID := func(text string) string { return strings.Replace(text, "id: cn-2021", "id: own", 1) }
	all := []string{"row-total", "results-total", "balance", "review-total", "carry-over", "stock", "rollup"}
	for name, c := range map[string]struct {
		text string
		lost []string
	}{
		"the same":          {text, nil},
		"another title":     {swap("国办公开办函〔2021〕30号", "本级规定"), nil},
		"all of them":       {cut, all},
		"another id":        {otherID(cut), all},
		"another id, whole": {otherID(text), nil},
		"renamed":           {swap("id: row-total", "id: my-total"), nil},
		"one summand":       {swap("+ legal_service + other\n    derives", "+ other\n    derives"), []string{"row-total"}},
		"a warning":         {swap("  - id: results-total\n", "  - id: results-total\n    severity: warning\n"), []string{"results-total"}},
		"at least":          {strings.Replace(swap("equation: total = natural", "equation: total >= natural"), "    derives: total\n", "", 1), []string{"row-total"}},
		"another language":  {strings.Replace(otherID(cut), "language: zh", "language: en", 1), nil},
	} {
		_, found := Load(fstest.MapFS{"content/forms/own.yaml": {Data: []byte(c.text)}})
		said := ""
		for _, d := range found {
			if d.Rule != "form-weaker" || d.Place.File != "content/forms/own.yaml" || d.Place.Line != 2 {
				t.Errorf("%s: %v", name, d)
			} else if strings.Contains(d.Message.EN, "cn-2021") {
				said = d.Message.EN
			}
		}
		for _, id := range all {
			want := false
			for _, l := range c.lost {
				want = want || l == id
			}
			if strings.Contains(said, id+" (") != want {
				t.Errorf("%s: %s reported: %t\n%s", name, id, !want, said)
			}
		}
	}
}
