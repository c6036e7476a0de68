package acceptance

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"annals/generator"
	"annals/generator/diag"
	"annals/generator/lang"
)

// A form of another country and kind is a YAML file of the archive. It is read,
// checked and shown without any Go code for it.

// leftOpen is a relation across years, added to the form: cases that were not
// answered last year must be counted again this year.
const leftOpen = `  - id: left-open
    table: caseload
    each: column
    equation: received >= previous.received - previous.released - previous.withheld
    label: {zh: 上年未办结, en: Cases left open}
    formula: {zh: 收到 ≥ 上年收到 − 上年答复, en: received ≥ received − answered last year}
    message:
      zh: "{where}：收到 {left}，{previous} 年未办结 {right}"
      en: "{where}: {left} received, {right} left open in {previous}"

figures:`

const foreignReport = `---
published: 2017-02-01
caseload:
  received: [5, 2, 7, 1.25]
  released: [2, 1, 3, 0.5]
  Refused: [1, 0, 1, 0]
---

## Summary

A quiet year.

## Caseload

Nothing more to say.
`

// foreignArchive writes an archive with two years of an office.
func foreignArchive(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	data, err := os.ReadFile("../form/testdata/foreign.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"site.yaml":                      "title: Returns\nlanguage: en\n",
		"forms/foi.yaml":                 strings.Replace(string(data), "figures:", leftOpen, 1),
		"agencies/county/_index.md":      "---\nname: County Council\nkind: government\n---\n",
		"agencies/county/port/_index.md": "---\nname: Port Office\nkind: department\n---\n",
		"agencies/county/2016.md":        foreignReport,
		"agencies/county/port/2016.md":   foreignReport,
		"agencies/county/port/2017.md":   strings.Replace(foreignReport, "2017-", "2018-", 1),
	} {
		// The office's years are covered by built-in forms too.
		text = strings.Replace(text, "---\npublished:", "---\nform: foi-return\npublished:", 1)
		writeFile(t, filepath.Join(dir, "content", name), text)
	}
	return dir
}

func TestForeignFormChecks(t *testing.T) {
	const port = "content/agencies/county/port/"
	for _, c := range []struct {
		name, file, old, now string
		want                 []string
	}{
		{name: "clean"},
		{
			"a total", port + "2017.md", "received: [5, 2, 7, 1.25]", "received: [5, 2, 8, 1.25]",
			[]string{port + "2017.md:5:20: error: Port Office 2017 · part B · Received · Overall: overall is 8, the channels add up to 7 [channel-total]"},
		},
		{
			"an inequality", port + "2017.md", "Refused: [1, 0, 1, 0]", "Refused: [1, 2, 3, 0]",
			[]string{port + "2017.md:7:16: error: Port Office 2017 · part B · Answered · Withheld · By post: 2 received, 3 answered [answered]"},
		},
		{
			"two years", port + "2017.md", "received: [5, 2, 7, 1.25]", "received: [5, 2, 7, 0.5]",
			[]string{port + "2017.md:5:23: error: Port Office 2017 · part B · Received · Cost: 0.5 received, 0.75 left open in 2016 [left-open]"},
		},
		{
			"two levels", "content/agencies/county/2016.md", "released: [2, 1, 3, 0.5]", "released: [1, 1, 2, 0.5]",
			[]string{"content/agencies/county/2016.md:6:14: warning: County Council 2016 · part B · Answered · Released: Online: 1, the children have 2; Overall: 2, the children have 3 (all agencies below have reported: 1) [region]"},
		},
		{
			"a missing row", port + "2016.md", "  released: [2, 1, 3, 0.5]\n", "",
			[]string{port + "2016.md:6:3: error: Port Office 2016 · part B · Answered · Released: the row is missing (key caseload.released) [missing-row]"},
		},
		{
			"an unknown row", port + "2016.md", "  released:", "  relaesed:",
			[]string{port + "2016.md:6:3: error: Port Office 2016: the form foi-return has no “relaesed” in “caseload”; did you mean “released”? [unknown-row]"},
		},
		{
			"an unknown table", port + "2016.md", "caseload:", "casload:",
			[]string{port + "2016.md:4:1: error: Port Office 2016: unknown key “casload”; did you mean “caseload”? [unknown-key]"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := foreignArchive(t)
			if c.file != "" {
				name := filepath.Join(dir, c.file)
				data, err := os.ReadFile(name)
				if err != nil || !strings.Contains(string(data), c.old) {
					t.Fatalf("%v: %q is not in %s", err, c.old, c.file)
				}
				writeFile(t, name, strings.Replace(string(data), c.old, c.now, 1))
			}
			res, err := generator.Check(t.Context(), generator.Options{Dir: dir})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range res.Diagnostics {
				got = append(got, first([]diag.Diagnostic{d}, lang.EN))
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("said:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestForeignFormRenders(t *testing.T) {
	dir := foreignArchive(t)
	out := filepath.Join(dir, "public")
	res, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: out})
	if err != nil || !res.Published {
		t.Fatal(err, res)
	}
	page := parsePage(t, filepath.Join(out, "agencies/county/port/2017/index.html"))
	table := element(page, "caseload")
	if table == nil {
		t.Fatal("the page has no table with the form's id")
	}
	var rows []string
	for n := range table.Descendants() {
		if n.Type == html.ElementNode && n.Data == "tr" {
			var cells []string
			for c := range n.ChildNodes() {
				cells = append(cells, text(c))
			}
			rows = append(rows, strings.Join(cells, " | "))
		}
	}
	want := []string{
		"Item | Channel | Overall | Cost",
		"Online | By post",
		"Received | 5 | 2 | 7 | 1.25",
		"Answered | Released | 2 | 1 | 3 | 0.5",
		"Withheld | 1 | 0 | 1 | 0",
	}
	if strings.Join(rows, "\n") != strings.Join(want, "\n") {
		t.Errorf("the table is\n%s\nwant\n%s", strings.Join(rows, "\n"), strings.Join(want, "\n"))
	}
	csv, err := os.ReadFile(filepath.Join(out, "agencies/county/port/2017/tables.csv"))
	if err != nil || !strings.Contains(string(csv), "caseload.withheld,Answered · Withheld,1,0,1,0\r\n") {
		t.Errorf("%v: the figures are not in tables.csv:\n%s", err, csv)
	}
	rules := parsePage(t, filepath.Join(out, "rules/index.html"))
	if rule := element(rules, "rule-channel-total"); rule == nil || !strings.Contains(text(rule), "overall = online + by post") {
		t.Error("the form's relations are not on the page of rules")
	}
}

func parsePage(t *testing.T, name string) *html.Node {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	page, err := html.Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// element finds the element with an id.
func element(root *html.Node, id string) *html.Node {
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "id" && a.Val == id {
				return n
			}
		}
	}
	return nil
}

// text returns all text below a node.
func text(root *html.Node) string {
	if root.Type == html.TextNode {
		return root.Data
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return strings.TrimSpace(b.String())
}
