package keys

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"annals/generator/lang"
)

var update = flag.Bool("update", false, "write the tables of keys into the manual")

var tables = map[string]Table{"site": Site(), "agency": Agency(), "report": Report()}

// TestManual: the tables of the manual are those of this package.
func TestManual(t *testing.T) {
	place := regexp.MustCompile(`(?s)(<!-- keys: (\w+) -->\n).*?(<!-- end -->)`)
	for name, tag := range map[string]lang.Tag{"content-format.md": lang.EN, "content-format.zh.md": lang.ZH} {
		file := "../docs/" + name
		have, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		want := place.ReplaceAllStringFunc(string(have), func(s string) string {
			m := place.FindStringSubmatch(s)
			found++
			return m[1] + manual(tables[m[2]], tag) + m[3]
		})
		if found != len(tables) {
			t.Errorf("%s has %d tables of keys", name, found)
		}
		if *update {
			if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if want != string(have) {
			t.Errorf("%s has other keys than tables/; run this test with -update", name)
		}
	}
}

// words are those of the manual's tables in a language.
var words = map[lang.Tag]struct{ key, meaning, start, required, below, comma string }{
	lang.ZH: {"键", "含义", "默认", "，必填", "。下级键：", "，"},
	lang.EN: {"key", "meaning", "default", ". Required", ". Keys: ", ", "},
}

func manual(t Table, tag lang.Tag) string {
	w := words[tag]
	var b strings.Builder
	defaults := false
	for _, k := range t {
		defaults = defaults || k.Default != ""
	}
	columns := []string{w.key, w.meaning}
	if defaults {
		columns = append(columns, w.start)
	}
	fmt.Fprintf(&b, "| %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
	for _, k := range t {
		name, text, start := "`"+k.Name+"`", k.About.In(tag), k.Default
		if k.Type == Tables {
			name, text = text, ""
		}
		if k.Required {
			text += w.required
		}
		var below, days []string
		for _, sub := range k.Keys {
			below = append(below, strings.TrimSpace("`"+sub.Name+"` "+sub.About.In(tag)))
			days = append(days, sub.Name+": "+sub.Default)
		}
		if k.Type == Map && k.Keys[0].Type == Day {
			start = "{" + strings.Join(days, ", ") + "}"
		} else if k.Type == Map {
			text += w.below + strings.Join(below, w.comma)
			if first := k.Keys[0]; first.Default != "" { // of a list
				start = "{" + first.Name + ": [" + first.Default + "]}"
			}
		}
		if start != "" {
			start = "`" + start + "`"
		}
		row := []string{name, text, start}[:len(columns)]
		b.WriteString(strings.ReplaceAll("| "+strings.Join(row, " | ")+" |\n", "|  |", "| |"))
	}
	return b.String()
}

// TestTables: every key has a name, a meaning in both languages and a type
// that the reader knows, and the kinds of agencies with a deadline are kinds.
func TestTables(t *testing.T) {
	types := []string{"", URL, File, Cell, Form, SHA256, Word, Flag, Year, Date, Day, Map, Any, Tables}
	known := map[string]bool{}
	for _, x := range types {
		known[x] = true
	}
	count := 0
	var walk func(name string, t Table)
	walk = func(name string, table Table) {
		seen := map[string]bool{}
		for _, k := range table {
			count++
			if seen[k.Name] || !known[k.Type] || (k.Name == "") != (k.Type == Tables) || (k.Type == Word) != (k.Words != nil) || (k.Type == Map) != (k.Keys != nil) {
				t.Errorf("%s: the row of %q contradicts itself: %+v", name, k.Name, k)
			}
			if k.Type != Day && (k.About.ZH == "" || k.About.EN == "") {
				t.Errorf("%s: nothing is said about %s in both languages", name, k.Name)
			}
			for _, word := range k.Words {
				if !strings.Contains(k.About.ZH, "`"+word+"`") || !strings.Contains(k.About.EN, "`"+word+"`") {
					t.Errorf("%s: nothing is said about %s: %s", name, k.Name, word)
				}
			}
			seen[k.Name] = true
			walk(name+"."+k.Name, k.Keys)
		}
	}
	for name, table := range tables {
		walk(name, table)
	}
	walk("page", Page())
	if count < 40 {
		t.Errorf("only %d keys are there", count)
	}
	days := map[string]bool{}
	for _, k := range Site().Key("deadlines").Keys {
		days[k.Name] = true
	}
	for i, kind := range Kinds() {
		if days[kind] == (i == 0) {
			t.Errorf("the kind %s has a deadline: %t", kind, days[kind])
		}
	}
}
