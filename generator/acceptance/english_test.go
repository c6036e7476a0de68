package acceptance

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"annals/generator"
)

// An archive in English with an English form of its own has only English pages,
// without the words of the official forms, which it does not use.

const englishForm = `id: returns
language: en
title: Annual return on requests
official: Guidance Note 7
report_title: '{agency}: return for {year}'
years: 2019-
sections:
  - {id: summary, number: A, label: Summary}
  - {id: cases, number: B, label: Requests, table: cases}
  - {id: remarks, number: C, label: Remarks}
tables:
  - id: cases
    corner: Item
    additive: true
    columns:
      - label: Channel
        columns:
          - {id: online, label: Online, unit: requests}
          - {id: postal, label: By post, unit: requests}
      - {id: overall, label: Overall, unit: requests}
    rows:
      - {id: received, label: 1. Received (in all)}
      - label: 2. Answered
        id: answered
        rows:
          - {id: released, label: Released}
          - {id: withheld, label: Withheld}
relations:
  - id: channels
    table: cases
    each: row
    equation: overall = online + postal
    derives: overall
    label: Overall is the sum
    formula: overall = online + by post
    explain: Every request came one way.
    basis: Guidance Note 7, section 2
    message: "{row}: overall is {left}, the channels add up to {right}"
figures: [cases.received.overall, cases.answered.released.overall]
ratios:
  - {id: rate, label: Release rate, formula: released / received, over: [cases.answered.released.overall], under: [cases.received.overall]}
charts:
  - {id: outcomes, label: Outcomes, parts: [{label: Released, cells: [cases.answered.released.overall]}, {label: Withheld, cells: [cases.answered.withheld.overall]}]}
`

const englishReport = `---
form: returns
published: %d-02-01
source: {url: "https://www.example.org/", file: original.pdf}
cases:
  received: [5, 2, 8]
  answered: {released: [2, "n/a", 3], withheld: [1, "", 1]}
accept:
  - {rule: channels, reason: as filed}
  - {rule: blank-cell, reason: as filed}
notes:
  - {cell: cases.received.online, note: counted twice}
corrections:
  - {date: %[1]d-03-01, cell: cases.received.postal, was: "3", note: misread}
---

## Summary

A quiet year, see [the county](../../_index.md).

## Remarks

None.
`

func englishArchive(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	const county = "agencies/county/"
	for name, text := range map[string]string{
		"site.yaml":                  "title: Returns\nlanguage: en\nbase_url: https://www.example.org/returns/\nowner: The County\nrepository: https://git.example.org/returns\n",
		"forms/returns.yaml":         englishForm,
		"about.md":                   "---\ntitle: About\n---\n\nWhat this is.\n",
		county + "_index.md":         "---\nname: County Council\nkind: government\nsince: 2021\n---\n\nThe council.\n",
		county + "2022/index.md":     fmt.Sprintf(englishReport, 2023),
		county + "2022/original.pdf": "%PDF-1.4\n",
		county + "port/_index.md":    "---\nname: Port Office\nkind: department\nsince: 2021\ncontact: {office: Front desk, phone: 555}\n---\n",
	} {
		writeFile(t, filepath.Join(dir, "content", name), text)
	}
	for year := 2021; year < 2024; year++ {
		folder := filepath.Join(dir, "content", county, "port", fmt.Sprint(year))
		writeFile(t, filepath.Join(folder, "index.md"), fmt.Sprintf(englishReport, year+1))
		writeFile(t, filepath.Join(folder, "original.pdf"), "%PDF-1.4\n")
	}
	return dir
}

// chinese finds a character of Han script or of its punctuation, or a
// declaration that something is Chinese.
func chinese(name, data string) (where int, found bool) {
	folds := strings.HasPrefix(name, "search/f/") // tables for folding full-width letters in a query
	if i := strings.Index(data, `lang="zh`); i >= 0 {
		return i, true
	}
	for i, r := range data {
		if unicode.Is(unicode.Han, r) || !folds && (r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef) {
			return i, true
		}
	}
	return 0, false
}

func TestEnglishArchive(t *testing.T) {
	dir := englishArchive(t)
	scan := func(name string) (files int, text map[string]string) {
		t.Helper()
		out := filepath.Join(dir, name)
		res, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: out})
		if err != nil || !res.Published {
			t.Fatal(err, res)
		}
		text = map[string]string{}
		err = filepath.WalkDir(out, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			rel, _ := filepath.Rel(out, p)
			rel = filepath.ToSlash(rel)
			text[rel] = string(data)
			if i, found := chinese(rel, string(data)); found {
				t.Errorf("%s: %q", rel, string(data)[max(0, i-60):min(len(data), i+60)])
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return len(text), text
	}
	files, text := scan("public")
	if files < 60 {
		t.Fatalf("only %d files", files)
	}
	page := text["agencies/county/port/2022/index.html"]
	for _, want := range []string{
		"<h1>Port Office: return for 2022</h1>", `<div class="prose" lang="en">`, "<h2>A. Summary</h2>", "counted twice", "as filed",
		"Port Office: Port Office: return for 2022, 2023-02-01",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the report's page has no %q", want)
		}
	}
	for file, want := range map[string]string{
		"years/2022/index.html":                 "Received · ",
		"rules/index.html":                      "Overall is the sum",
		"feed.xml":                              `xml:lang="en"`,
		"agencies/county/port/2022/report.json": `"language":"en"`,
		"data/forms/returns.json":               `"language": "en"`,
	} {
		if want = strings.TrimSuffix(want, " · "); !strings.Contains(text[file], want) {
			t.Errorf("%s has no %q", file, want)
		}
	}
	// Without a report the pages describe the archive's own form, and no other.
	if err := os.RemoveAll(filepath.Join(dir, "content/agencies/county/port")); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "content/agencies/county/2022")); err != nil {
		t.Fatal(err)
	}
	if _, text = scan("public"); !strings.Contains(text["rules/index.html"], "Overall is the sum") {
		t.Error("an archive without reports does not describe its form")
	}
}

// TestFormsInUse: the pages describe the forms that the reports use, in an
// incremental build as in a clean one.
func TestFormsInUse(t *testing.T) {
	dir := englishArchive(t)
	build := func(out string) {
		t.Helper()
		if res, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: filepath.Join(dir, out)}); err != nil || !res.Published {
			t.Fatal(err, res)
		}
	}
	writeFile(t, filepath.Join(dir, "content/agencies/office/_index.md"), "---\nname: Office\nkind: department\n---\n")
	build("public")
	prose := "---\nform: cn-2008\npublished: 2018-02-01\n---\n\nText.\n"
	for step, change := range []func() error{
		func() error {
			return os.WriteFile(filepath.Join(dir, "content/agencies/office/2017.md"), []byte(prose), 0o644)
		},
		func() error { return os.Remove(filepath.Join(dir, "content/agencies/office/2017.md")) },
	} {
		if err := change(); err != nil {
			t.Fatal(err)
		}
		build("public")
		_, err := os.Stat(filepath.Join(dir, "public/data/forms/cn-2008.json"))
		if used := step == 0; used != (err == nil) {
			t.Errorf("step %d: the form in use is described: %v", step, err)
		}
		clean := fmt.Sprint("clean", step)
		build(clean)
		if treeHash(t, filepath.Join(dir, clean)) != treeHash(t, filepath.Join(dir, "public")) {
			t.Errorf("step %d: the incremental build differs from a clean one", step)
		}
	}
}
