package acceptance

import (
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	"annals/generator/diag"
	"annals/generator/explain"
	"annals/generator/format"
	"annals/generator/lang"
	"annals/layouts"
)

// conflicted replaces the lines of a text from first on by two versions between
// git's conflict marks, and returns the line numbers of the marks.
func conflicted(text string, first int, base bool) (string, string) {
	lines := strings.SplitAfter(text, "\n")
	first = min(first, len(lines)-1)
	version := lines[first]
	if !strings.HasSuffix(version, "\n") {
		version += "\n"
	}
	middle := ""
	if base {
		middle = "||||||| 3f2a1c0\n" + version
	}
	mark := "<<<<<<< HEAD\n" + version + middle + "=======\n" + version + ">>>>>>> 修订\n"
	return strings.Join(lines[:first], "") + mark + strings.Join(lines[first+1:], ""),
		span(first+1, first+strings.Count(mark, "\n"))
}

func span(from, to int) string {
	return fmt.Sprintf("第 %d–%d 行", from, to)
}

// TestMergeConflict: in every kind of file a conflict is reported once, with its
// lines, and nothing else is reported.
func TestMergeConflict(t *testing.T) {
	base := explain.Base()
	base["content/about.md"] = "---\ntitle: 关于\n---\n\n甲\n乙\n"
	base["content/site.yaml"] = base["content/site.yaml"] + "header: partials/header.html\n"
	base["partials/header.html"] = "<p>甲</p>\n"
	form, err := os.ReadFile("../form/forms/cn-2008.yaml")
	if err != nil {
		t.Fatal(err)
	}
	base["content/forms/own.yaml"] = strings.Replace(strings.Replace(string(form), "cn-2008", "own", 1), "2008", "1998", -1)
	for _, name := range []string{"report.html", "words.json"} {
		data, err := layouts.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		base["layouts/"+name] = string(data)
	}
	report := "content/agencies/anping/government/2024.md"
	index := "content/agencies/anping/government/education/_index.md"
	if list := checkFiles(t, base, explain.Example{}); len(list) > 0 {
		t.Fatal(first(list, lang.ZH))
	}
	for _, name := range []string{
		report, index, "content/about.md", "content/site.yaml", "content/forms/own.yaml", "layouts/report.html", "layouts/words.json", "partials/header.html",
	} {
		for _, at := range []int{0, 1, 4, strings.Count(base[name], "\n") - 1} {
			archive := maps.Clone(base)
			var where string
			archive[name], where = conflicted(base[name], at, at%2 == 0)
			list := checkFiles(t, archive, explain.Example{})
			if len(list) != 1 || list[0].Rule != "merge-conflict" || list[0].Place.File != name || !strings.Contains(list[0].Message.ZH, where) {
				for _, d := range list {
					t.Log(d.Place.File, d.Rule, d.Message.ZH)
				}
				t.Errorf("%s, line %d: not reported once, as %s", name, at, where)
			}
			if _, found := format.Source(name, []byte(archive[name]), nil, format.Options{}); strings.HasSuffix(name, ".md") && (len(found) != 1 || found[0].Rule != "merge-conflict") {
				t.Errorf("%s: fmt says %v", name, found)
			}
		}
	}
}

// TestNoMergeConflict: text that only looks like a conflict is content.
func TestNoMergeConflict(t *testing.T) {
	for _, body := range []string{
		"\n信息公开报告\n=======\n\n文\n", "a|b|c|d|e|f\n-|-|-|-|-|-\n|||||||\n", "甲 <<<<<<< 乙\n", "<<<<<<<<\n", "======= =======\n", "》》》》》》》\n",
	} {
		archive := explain.Base()
		archive["content/about.md"] = "---\ntitle: 关于\n---\n" + body
		for _, d := range checkFiles(t, archive, explain.Example{}) {
			if d.Severity == diag.Error {
				t.Errorf("%q: %s", body, d.Message.ZH)
			}
		}
	}
}
