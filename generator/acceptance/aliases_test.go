package acceptance

import (
	"os"
	"path/filepath"
	"testing"

	"annals/generator"
	"annals/generator/lang"
)

// Whatever stands among the aliases of agencies is reported in the file, or there
// is one page at each old address.
func TestAliases(t *testing.T) {
	for _, c := range []struct {
		name, own, other string // aliases of bureau-0 and of bureau-1 (other)
		above            string // of the region that holds them
		rule             string
		pages            []string // besides those without any alias
	}{
		{name: "a folder", own: "anping/old", pages: []string{"anping/old/index.html", "anping/old/2024/index.html"}},
		{name: "with slashes around", own: "/anping/old/", pages: []string{"anping/old/index.html"}},
		{name: "twice in one file", own: "anping/old, anping/old", pages: []string{"anping/old/index.html"}},
		{name: "another agency's folder of today", own: "anping/bureau-2"},
		{name: "a report's address", own: "anping/bureau-2/2024", rule: "value"},
		{name: "below a report", own: "anping/bureau-2/2024/x", rule: "value"},
		{name: "a file", own: "index.html", rule: "value"},
		{name: "another case", own: "anping/BUREAU-2", rule: "value"},
		{name: "a device", own: "anping/con", rule: "value"},
		{name: "another folder", own: "../x", rule: "value"},
		{name: "of two agencies", own: "anping/old", other: "anping/old", rule: "value"},
		{name: "below one of the region above", own: "before/bureau-0", above: "before", pages: []string{"before/bureau-0/index.html", "before/bureau-0/2024/index.html"}},
		{name: "another's below one of the region above", own: "before/bureau-1", above: "before", rule: "value"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			start(t, dir)
			alias := func(agency, kind, list string) {
				if list != "" {
					edit(t, filepath.Join(dir, "content/agencies", agency, "_index.md"), "kind: "+kind, "kind: "+kind+"\naliases: ["+list+"]")
				}
			}
			alias("anping/bureau-0", "department", c.own)
			alias("anping/bureau-1", "department", c.other)
			alias("anping", "region", c.above)
			out := filepath.Join(dir, "public")
			res, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: out})
			if err != nil {
				t.Fatal(err)
			}
			if c.rule != "" {
				if len(res.Diagnostics) != 1 || res.Diagnostics[0].Rule != c.rule {
					t.Errorf("want %s, got %v", c.rule, res.Diagnostics)
				}
				return
			}
			if !res.Published {
				t.Fatal(first(res.Diagnostics, lang.EN))
			}
			for _, name := range c.pages {
				if _, err := os.Stat(filepath.Join(out, "agencies", name)); err != nil {
					t.Error(err)
				}
			}
		})
	}
}
