package config

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzLoad: whatever is in site.yaml, Load returns settings, and diagnostics with
// places in the file.
func FuzzLoad(f *testing.F) {
	for _, seed := range []string{
		"title: x\nbase_url: https://a.example/b\ndeadlines: {department: 01-20}\non_error: mark\nheader: partials/header.html\n",
		"\ufefflanguage: [x\nheader: ../x\n", "a: &b\nowner: \"\\u202e\"\n", "<<<<<<< a\n=======\n>>>>>>> b\n", "deadlines:\n  - 1\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, diags := Load(site(string(data)))
		if s == nil || s.Deadlines == nil || s.Language == "" || s.Title.ZH == "" && s.Title.EN == "" {
			t.Fatalf("%q: %+v", data, s)
		}
		lines := strings.Split(string(data), "\n")
		for _, d := range diags {
			if p := d.Place; p.File != File || p.Line < 1 || int(p.Line) > len(lines) || p.Column < 1 || int(p.Column) > utf8.RuneCountInString(lines[p.Line-1])+1 {
				t.Fatalf("%s is said of %v, which %q does not have", d.Rule, d.Place, data)
			}
		}
	})
}
